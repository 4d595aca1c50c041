"""An answer as plain data: JSON by exact type on the way out, strictly read on the way in.

Numbers, text, truth values, lists and None are themselves. Everything else is an object with one known name: a dict,
a table, an answer that was not attempted, a number that JSON cannot spell. Nothing is evaluated and nothing unpickled.
"""

import json
import math
import sys
from dataclasses import dataclass
from types import EllipsisType
from typing import Any, Final, TypeAlias

from cocreate_teach.errors import AnswerError

Scalar: TypeAlias = bool | int | float | str | None
_NOT_FINITE: Final = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large an answer may be: bytes of JSON, depth, digits of a whole number, keys of a dict, values in all."""

    bytes: int = 200_000
    depth: int = 8
    digits: int = 40
    keys: int = 200
    values: int = 20_000
    allows_nan: bool = False


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as plain data: names of columns, and rows of numbers, texts and truth values."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]


Answer: TypeAlias = Any  # bool, int, float, str, None, Ellipsis, list, dict with text keys, Table


def encode(value: object, limits: Limits = LIMITS) -> str:
    """Return an answer as JSON text.

    Parameters
    ----------
    value : object
        A number, a text, a truth value, None, Ellipsis (not attempted); a list, tuple or set of these; a dict with
        text keys; a `Table`; a numpy scalar or array; a pandas Series or DataFrame. Subclasses are refused.
    limits : Limits
        How large it may be.

    Raises
    ------
    AnswerError
        If it is anything else, or too large; in one sentence.

    Examples
    --------
    >>> encode([1, 2.5, "train"])
    '[1, 2.5, "train"]'
    >>> encode(...)
    '{"not_attempted": true}'
    """
    text = json.dumps(_Plain(limits).of(value, 0), ensure_ascii=False, allow_nan=False)
    if len(text.encode("utf-8")) > limits.bytes:
        raise AnswerError(f"the answer is longer than {limits.bytes:,} bytes; give only what the question asks for")
    return text


class _Plain:
    """Turn a value into what JSON can spell, counting what it is made of."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.count = 0

    def of(self, value: Any, depth: int) -> Any:
        self.count += 1
        if depth > self.limits.depth:
            raise AnswerError(f"the answer is nested more than {self.limits.depth} levels deep; give a flat list")
        if self.count > self.limits.values:
            raise AnswerError(f"the answer has more than {self.limits.values:,} values; give only what is asked for")
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int:
            return _short_enough(value, self.limits)
        if kind is float:
            return value if math.isfinite(value) else {"number": repr(value)}
        if kind is str:
            return _readable(value)
        if kind is EllipsisType:
            return {"not_attempted": True}
        if kind is list or kind is tuple:
            return [self.of(entry, depth + 1) for entry in value]
        if kind is set or kind is frozenset:
            return sorted((self.of(entry, depth + 1) for entry in value), key=json.dumps)
        if kind is dict:
            return {"dict": self._entries(value, depth)}
        if kind is Table:
            return self._table(value.columns, value.rows, depth)
        return self._scientific(value, depth)

    def _entries(self, value: dict[Any, Any], depth: int) -> dict[str, Any]:
        if len(value) > self.limits.keys:
            raise AnswerError(f"the answer has more than {self.limits.keys} keys; give only what is asked for")
        odd = next((key for key in value if type(key) is not str), None)
        if odd is not None:
            raise AnswerError(f"the keys of the answer must be texts; one is a {type(odd).__name__}; write it as text")
        return {_readable(key): self.of(entry, depth + 1) for key, entry in value.items()}

    def _table(self, columns: Any, rows: Any, depth: int) -> dict[str, Any]:
        names = [_readable(str(name)) for name in columns]
        if len(names) > self.limits.keys or len(set(names)) < len(names):
            raise AnswerError(f"the columns of a table must have different names, at most {self.limits.keys} of them")
        return {"table": {"columns": names, "rows": [[self.of(cell, depth + 2) for cell in row] for row in rows]}}

    def _scientific(self, value: Any, depth: int) -> Any:
        """Numpy and pandas, by exact type and only if they are loaded already."""
        kind, numpy, pandas = type(value), sys.modules.get("numpy"), sys.modules.get("pandas")
        if numpy and kind.__module__ == "numpy" and getattr(numpy, kind.__name__, None) is kind:
            if issubclass(kind, numpy.generic):
                return self.of(value.item(), depth)
            if kind is numpy.ndarray:
                return self.of(self._within(value).tolist(), depth)
        if pandas and kind is pandas.Series:
            return self.of(self._within(value).tolist(), depth)
        if pandas and kind is pandas.DataFrame:
            value = self._within(value)
            frame = value if type(value.index) is pandas.RangeIndex else value.reset_index()
            columns = [frame.iloc[:, place].tolist() for place in range(frame.shape[1])]
            return self._table(list(frame.columns), list(zip(*columns, strict=True)), depth)
        raise AnswerError(
            f"the answer is a {kind.__name__}, which cannot be sent; give a number, a text, a list, a dict or a table"
        )

    def _within(self, value: Any) -> Any:
        """Ask for the size before anything is copied."""
        if value.size > self.limits.values:
            raise AnswerError(f"the answer has more than {self.limits.values:,} values; give only what is asked for")
        return value


def _short_enough(value: int, limits: Limits) -> int:
    if value.bit_length() > limits.digits * 3.4:  # a digit is 3.3 bits; asked before the digits are written out
        raise AnswerError(f"the whole number has more than {limits.digits} digits; give the number that is asked for")
    return value


def _readable(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise AnswerError("the text holds half of a character; type it again") from None
    return text


def decode(text: str | bytes, limits: Limits = LIMITS) -> Answer:
    """Read an answer from JSON text; trust nothing.

    Parameters
    ----------
    text : str or bytes
        What `encode` wrote, or what somebody claims it wrote.
    limits : Limits
        How large it may be, and whether NaN and infinity are allowed.

    Returns
    -------
    bool, int, float, str, None, Ellipsis, list, dict with text keys, or Table

    Raises
    ------
    AnswerError
        If it is not valid UTF-8 or JSON, too large or deep, has a name twice or an unknown one, or holds NaN or
        infinity that are not asked for.

    Examples
    --------
    >>> decode('{"dict": {"a": [1, 2.5]}}')
    {'a': [1, 2.5]}
    """
    if len(text) > limits.bytes:
        raise AnswerError(f"the answer is longer than {limits.bytes:,} bytes; give only what the question asks for")
    try:
        spelled = text if isinstance(text, str) else text.decode("utf-8", errors="strict")
        if len(spelled.encode("utf-8")) > limits.bytes:
            raise AnswerError(f"the answer is longer than {limits.bytes:,} bytes; give only what the question asks for")
    except UnicodeError:
        raise AnswerError("the answer is not valid UTF-8; type it again") from None
    try:
        raw = json.loads(
            spelled,
            object_pairs_hook=_Pairs,
            parse_constant=_refuse_constant,
            parse_int=lambda digits: _whole(digits, limits),
            parse_float=_finite,
        )
    except json.JSONDecodeError:
        raise AnswerError("the answer is not JSON; it was damaged on its way") from None
    except RecursionError:
        raise AnswerError(f"the answer is nested more than {limits.depth} levels deep; give a flat list") from None
    return _Read(limits).of(raw, 0)


class _Pairs(list[tuple[str, Any]]):
    """The entries of an object in their order, with repetitions."""


def _refuse_constant(name: str) -> float:
    raise AnswerError(f"the answer is not JSON: {name} is no number; give a finite number")


def _whole(digits: str, limits: Limits) -> int:
    if len(digits.lstrip("-")) > limits.digits + 1:
        raise AnswerError(f"the whole number has more than {limits.digits} digits; give the number that is asked for")
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise AnswerError("a number of the answer is too large; give a finite number")
    return value


class _Read:
    """Turn checked JSON into an answer."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.count = 0

    def of(self, raw: Any, depth: int) -> Answer:
        self.count += 1
        if depth > self.limits.depth:
            raise AnswerError(f"the answer is nested more than {self.limits.depth} levels deep; give a flat list")
        if self.count > self.limits.values:
            raise AnswerError(f"the answer has more than {self.limits.values:,} values; give only what is asked for")
        if isinstance(raw, _Pairs):
            return self._tagged(raw, depth)
        if isinstance(raw, list):
            return [self.of(entry, depth + 1) for entry in raw]
        return _readable(raw) if isinstance(raw, str) else raw

    def _tagged(self, raw: _Pairs, depth: int) -> Answer:
        name, content = raw[0] if len(raw) == 1 else ("", None)
        if name == "not_attempted" and content is True:
            return ...
        if name == "number" and isinstance(content, str) and content in _NOT_FINITE:
            if not self.limits.allows_nan:
                raise AnswerError(f"the answer holds {content}, which is no number here; give a finite number")
            return _NOT_FINITE[content]
        if name == "dict" and isinstance(content, _Pairs):
            entries = self._entries(content)
            return {_readable(key): self.of(entry, depth + 1) for key, entry in entries.items()}
        if name == "table" and isinstance(content, _Pairs):
            return self._table(self._entries(content), depth)
        raise AnswerError("the answer has a part of an unknown kind; give a number, a text, a list, a dict or a table")

    def _entries(self, pairs: _Pairs) -> dict[str, Any]:
        if len(pairs) > self.limits.keys:
            raise AnswerError(f"the answer has more than {self.limits.keys} keys; give only what is asked for")
        entries = dict(pairs)
        if len(entries) < len(pairs):
            raise AnswerError("a key of the answer stands there twice; give each key once")
        return entries

    def _table(self, entries: dict[str, Any], depth: int) -> Table:
        columns, rows = entries.get("columns"), entries.get("rows")
        is_table = set(entries) == {"columns", "rows"} and type(columns) is list and type(rows) is list
        if not is_table or not all(type(name) is str for name in columns or ()):
            raise AnswerError("a table of the answer needs names of columns and rows, nothing else")
        width = len(columns or ())
        if width > self.limits.keys or len(set(columns or ())) < width:
            raise AnswerError(f"the columns of a table must have different names, at most {self.limits.keys} of them")
        if not all(type(row) is list and len(row) == width for row in rows or ()):
            raise AnswerError(f"each row of the table must have {width} cells, one per column")
        cells = [tuple(self.of(cell, depth + 2) for cell in row) for row in rows or ()]
        if any(isinstance(cell, list | dict | Table | EllipsisType) for row in cells for cell in row):
            raise AnswerError("a cell of the table is not a number, a text or a truth value; give plain cells")
        return Table(tuple(_readable(name) for name in columns or ()), tuple(cells))
