"""Formulas of numbers: names, numbers, + - * / and brackets, read as a tree and never executed.

What cannot be read or computed is a ValueError whose text continues a sentence that begins with the place.
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

OPERATIONS: Final[dict[type, Callable[..., Any]]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.USub: operator.neg, ast.UAdd: operator.pos,
}  # fmt: skip


def parse_formula(formula: str) -> ast.expr:
    """Read a formula.

    Raises
    ------
    ValueError
        If it cannot be read, or has something else than names, numbers, + - * / and brackets.
    """
    try:
        tree = ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f".formula is {formula!r}, which cannot be read; mend it") from None
    for node in ast.walk(tree):
        is_number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
        is_allowed = isinstance(node, ast.BinOp | ast.UnaryOp | ast.Name | ast.Load) or type(node) in OPERATIONS
        if not is_number and not is_allowed:
            what = ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__
            raise ValueError(f".formula has {what}; it may have names, numbers, + - * / and ( ): change it")
    return tree


def names_in(formula: object) -> set[str]:
    """Return the names that a formula uses; none if it cannot be read.

    Examples
    --------
    >>> sorted(names_in("peak / start - 1"))
    ['peak', 'start']
    """
    try:
        tree = parse_formula(formula) if isinstance(formula, str) else None
    except ValueError:
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} if tree else set()


def evaluate(tree: ast.expr, values: Mapping[str, int | float | str]) -> int | float:
    """Compute a formula.

    Raises
    ------
    ValueError
        If a name stands for a text, or something is divided by zero.

    Examples
    --------
    >>> evaluate(parse_formula("2 * (peak - 1)"), {"peak": 4})
    6
    """
    match tree:
        case ast.Name(id=name):
            value = values[name]
            if isinstance(value, str):
                raise ValueError(f".formula uses {name}, which is the text {value!r}; use numbers only")
            return value
        case ast.UnaryOp():
            found: int | float = OPERATIONS[type(tree.op)](evaluate(tree.operand, values))
        case ast.BinOp():
            left, right = evaluate(tree.left, values), evaluate(tree.right, values)
            try:
                found = OPERATIONS[type(tree.op)](left, right)
            except ArithmeticError:
                raise ValueError(f".formula divides by zero in {ast.unparse(tree)}; change it") from None
        case _:
            found = ast.literal_eval(tree)
    return found


def circles(formulas: Mapping[str, object]) -> Iterator[list[str]]:
    """Give each circle of numbers that need each other, the first one again at its end.

    Examples
    --------
    >>> list(circles({"a": "b + 1", "b": "a - 1", "c": "a"}))
    [['a', 'b', 'a']]
    """
    order = {name: names_in(formula) for name, formula in formulas.items()}
    while True:
        try:
            TopologicalSorter(order).prepare()
        except CycleError as error:
            found = error.args[1][::-1]
            yield found
            order = {name: parts for name, parts in order.items() if name not in found}
        else:
            return


def in_order(formulas: Mapping[str, object]) -> Iterator[str]:
    """Give the names so that each comes after those that its formula uses; there is no circle."""
    yield from TopologicalSorter({name: names_in(formula) for name, formula in formulas.items()}).static_order()
