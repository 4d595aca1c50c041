"""The result files: one JSON per submission, written whole or not at all, and one gradebook for all."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from cocreate_teach.writing import write_whole

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def result_path(results: Path, student: str, exercise: str) -> Path:
    """Return where a student's result lies; `student` is a checked, normalised id."""
    return results / student / f"{exercise}.json"


def read_result(path: Path) -> dict[str, Any] | None:
    """Return a result, or None if there is none or it cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("questions"), list) else None


def write_result(path: Path, result: Mapping[str, Any]) -> None:
    """Write one result."""
    write_whole(path, json.dumps(result, indent=1, ensure_ascii=False, allow_nan=False) + "\n")


def keep_manual(result: dict[str, Any], earlier: Mapping[str, Any] | None) -> None:
    """Carry a person's marks over from an earlier result; say so if the text they were given for has changed."""
    before = {entry.get("id"): entry for entry in (earlier or {}).get("questions", []) if isinstance(entry, dict)}
    for entry in result["questions"]:
        old = before.get(entry["id"])
        if entry["status"] != "manual" or old is None or old.get("marks") is None:
            continue
        if old.get("text", entry["text"]) == entry["text"]:
            entry.update({name: value for name, value in old.items() if name not in {"id", "max_marks", "text"}})
        else:
            result["warnings"].append(f"{entry['id']} changed since it was given {old['marks']:g} marks; mark it again")
    result["marks"] = round(sum(entry["marks"] or 0.0 for entry in result["questions"]), 4)


def write_gradebook(results: Path, names: Mapping[str, str]) -> None:
    """Write ``gradebook.csv``: one row per student, sums over exercises, then each exercise's questions.

    Parameters
    ----------
    results : Path
        Folder of the result files.
    names : mapping
        Names for people, by student; these students have a row even without a result.
    """
    found: dict[str, list[dict[str, Any]]] = {student: [] for student in names}
    for path in sorted(results.glob("*/*.json")):
        result = read_result(path)
        if result is not None and result.get("student") == path.parent.name:
            found.setdefault(path.parent.name, []).append(result)
    columns = ["student", "name", "marks", "max_marks", "to_mark", "warnings"]
    rows = []
    for student, entries in sorted(found.items()):
        questions = {f"{e['exercise']}.{q['id']}": q for e in entries for q in e["questions"]}
        columns += [name for name in questions if name not in columns]
        row: dict[str, object] = {"student": _cell(student), "name": _cell(names.get(student, ""))}
        if entries:
            row["marks"] = round(sum(entry["marks"] for entry in entries), 4)
            row["max_marks"] = sum(entry["max_marks"] for entry in entries)
            row["to_mark"] = sum(question["marks"] is None for question in questions.values())
            row["warnings"] = sum(len(entry["warnings"]) for entry in entries)
            row |= {name: question["marks"] for name, question in questions.items()}
        rows.append(row)
    page = io.StringIO()
    writer = csv.DictWriter(page, [_cell(name) for name in columns], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_whole(results / "gradebook.csv", page.getvalue())


def _cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
