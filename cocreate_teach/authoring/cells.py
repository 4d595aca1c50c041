"""The cells of a master: their roles, and the metadata that nbgrader and everything that reads its format expect.

Anything of ours stands in the sibling ``metadata.cocreate``, never inside ``metadata.nbgrader``.
"""

from typing import Any, Final

import nbformat

BEGIN: Final = "### BEGIN SOLUTION"
END: Final = "### END SOLUTION"
MEMO: Final = "memo"
_FLAGS: Final = {  # cell type, solution, locked, grade
    "setup": ("code", False, True, False),
    "text": ("markdown", False, True, False),
    "answer": ("code", True, False, False),
    "check": ("code", False, True, True),
    "memo": ("markdown", True, False, True),
}
_NAMES: Final = {"setup": "setup", "text": "{}_text", "answer": "{}", "check": "{}_check", "memo": "{}"}
FOLDED: Final = ("setup", "check", "show")
HINT: Final = '<details><summary style="padding:0.2em 0">Hint'  # without the padding it is too small to touch


def grade_id(role: str, question: str = "") -> str:
    """Return the name of a cell of this role: ``q1`` for an answer, ``q1_check`` for its check."""
    return _NAMES[role].format(question)


def nbgrader_metadata(role: str, question: str = "", points: float | None = None) -> dict[str, Any]:
    """Return nbgrader's metadata (schema 3) of a cell of this role; points only where a cell is graded."""
    cell_type, solution, locked, grade = _FLAGS[role]
    metadata: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": grade_id(role, question),
        "cell_type": cell_type,
        "solution": solution,
        "locked": locked,
        "grade": grade,
        "task": False,
    }
    if grade:
        metadata["points"] = points
    return metadata


def make_cell(role: str, source: str, *, question: str = "", points: float | None = None, id: str = "") -> Any:
    """Return a new cell of a role.

    Parameters
    ----------
    role : str
        ``setup``, ``text``, ``answer``, ``check``, ``memo``; ``show`` for code that only shows something, ``prose`` for
        text outside questions.
    source : str
        Of the cell.
    question : str
        Id of the question it belongs to.
    points : float, optional
        For ``check`` and ``memo``.
    id : str
        Of the cell in the notebook; its grade_id if it has one.
    """
    is_code = role == "show" or (role in _FLAGS and _FLAGS[role][0] == "code")
    cell = nbformat.v4.new_code_cell(source) if is_code else nbformat.v4.new_markdown_cell(source)
    if role in _FLAGS:
        cell.metadata["nbgrader"] = nbgrader_metadata(role, question, points)
        cell.metadata["cocreate"] = {"role": role} | ({"question": question} if question else {})
        id = id or grade_id(role, question)
    if role in FOLDED:
        cell.metadata["jupyter"] = {"source_hidden": True}
    cell["id"] = id
    return cell


def question_cells(
    id: str, *, points: float, text: str, hints: tuple[str, str, str], solution: str, check: str
) -> list[Any]:
    """Return the three cells of a question: text with folded hints, answer, check.

    Parameters
    ----------
    id : str
        Also the variable's name.
    points : float
        For the right answer.
    text : str
        The question in Markdown.
    hints : three str
        From a nudge to the method; shown folded, one after the other.
    solution : str
        What stands after ``id =`` in the master.
    check : str
        The visible expectation as it stands in the check, such as ``number(0, 10)``.
    """
    ladder = [f"{HINT} {n}</summary>\n\n{hint}\n\n</details>" for n, hint in enumerate(hints, start=1)]
    return [
        make_cell("text", "\n\n".join([text, *ladder]), question=id),
        make_cell("answer", f"{BEGIN}\n{id} = {solution}\n{END}", question=id),
        make_cell("check", f'ex.check("{id}", {id}, {check})', question=id, points=points),
    ]


def role_of(cell: Any) -> tuple[str, str]:
    """Return role and question of a cell, both empty for any other cell."""
    ours = cell.metadata.get("cocreate", {})
    return str(ours.get("role", "")), str(ours.get("question", ""))
