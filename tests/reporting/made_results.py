"""Results as the grader writes them, for tests to change one thing in."""

import json
from html.parser import HTMLParser
from pathlib import Path

EXERCISE = "02_inside_first"


def question(id="q1", marks=1.0, max_marks=1.0, status="correct", reason="", concept="A12", **more):
    return {"id": id, "marks": marks, "max_marks": max_marks, "status": status, "reason": reason,
            "concept": concept, **more}  # fmt: skip


def memo(text="My memo.", marks=None, reason="To be marked by a person."):
    return question("memo", marks, 8.0, "manual", reason, "", text=text)


ONE_OF_EACH = (
    question("q1", 1.0, 1.0, "correct"),
    question("q2", 0.5, 2.0, "partial", "A part of this is right."),
    question("q3", 0.0, 1.0, "wrong", "You counted whole lines.", "A11"),
    question("q4", 0.0, 2.0, "not_attempted", "The dots are still there.", "A8"),
    question("q5", 0.0, 1.0, "error", "There is no answer: the cell stopped with ZeroDivisionError: division by zero"),
    memo(),
)


def made(student="anna", questions=ONE_OF_EACH, **changes):
    """Return a result whose sums are right."""
    return {
        "student": student,
        "exercise": EXERCISE,
        "course": "mkt-2027",
        "marks": sum(one["marks"] or 0.0 for one in questions if isinstance(one, dict)),
        "max_marks": sum(one["max_marks"] for one in questions if isinstance(one, dict)),
        "questions": list(questions),
        "warnings": [],
        "sandbox": "bubblewrap",
        "hashes": {"submission": "7229144708b0274b"},
    } | changes


def put(results: Path, result, student=None) -> Path:
    """Write a result where the grader would."""
    path = results / (student or result["student"]) / f"{EXERCISE}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(result if isinstance(result, str) else json.dumps(result), encoding="utf-8")
    return path


class Shape(HTMLParser):
    """What a page is made of: its elements with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    @property
    def skeleton(self) -> list[tuple[str, ...]]:
        """Return elements and names of attributes, without texts."""
        return [(tag, *sorted(attributes)) for tag, attributes in self.elements]
