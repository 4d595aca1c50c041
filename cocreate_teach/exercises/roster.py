"""The roster: a CSV file with one student per row. Ids are data; none reaches a path unless it is harmless there."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cocreate_teach.errors import ExerciseError
from cocreate_teach.exercises.expectations import shown
from cocreate_teach.exercises.variants import normalise

LONGEST: Final = 64
_ALLOWED_SIGNS: Final = "._-@+ "
_WINDOWS: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True, slots=True)
class Student:
    """A student: the normalised id, which is also the name of the folder, and a name for people."""

    id: str
    name: str = ""


def student_faults(student: str) -> list[str]:
    """Return why an id cannot be used, one sentence each; none for a harmless one.

    Allowed are letters and digits of every script and ``. _ - @ +`` and single spaces, up to 64 characters, beginning
    with a letter or digit and not ending with a point. So a normalised id is a safe name of a folder everywhere.

    Examples
    --------
    >>> student_faults("anna.mueller@uni.example")
    []
    >>> student_faults("../x")
    ['student "../x" must begin with a letter or a digit and may hold letters, digits and . _ - @ +; change the id']
    """
    id = normalise(student)
    if not id:
        return [f"student {shown(student)} is empty; give every student an id"]
    if len(id) > LONGEST:
        return [f"student {shown(student)} has {len(id)} characters; at most {LONGEST} are allowed: shorten the id"]
    is_plain = all(unicodedata.category(sign)[0] in "LMN" or sign in _ALLOWED_SIGNS for sign in id)
    is_plain = is_plain and unicodedata.category(id[0])[0] in "LN" and not id.endswith(".")
    if not is_plain or any(unicodedata.category(sign)[0] == "C" for sign in student.strip()):
        allowed = "must begin with a letter or a digit and may hold letters, digits and . _ - @ +"
        return [f"student {shown(student)} {allowed}; change the id"]
    if _WINDOWS.fullmatch(id):
        return [f"student {shown(student)} is a reserved name on Windows; change the id"]
    return []


def read_roster(path: Path) -> tuple[Student, ...]:
    """Read a roster: a CSV file with a column ``student`` and, if wanted, a column ``name``.

    Returns
    -------
    tuple of Student
        In the order of the file, ids normalised.

    Raises
    ------
    ExerciseError
        If the file cannot be read, has no such column or no student, or an id is empty, unusable or there twice: all
        faults at once, each with its line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ExerciseError(
            f"{path} cannot be read ({error.strerror}); name a CSV file with a column student"
        ) from None
    except UnicodeDecodeError:
        raise ExerciseError(f"{path} is not UTF-8; save it as CSV UTF-8") from None
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(text.splitlines(), delimiter=";" if ";" in first and "," not in first else ",")
    columns = [(column or "").strip().casefold() for column in reader.fieldnames or ()]
    if "student" not in columns:
        raise ExerciseError(f"{path.name} has no column student; it has {', '.join(columns) or 'none'}: add one")
    reader.fieldnames = columns
    rows = [(reader.line_num, row.get("student") or "", row.get("name") or "") for row in reader]
    faults = [f"{path.name}, line {line}: {fault}" for line, fault in _row_faults(rows)]
    if not rows:
        faults.append(f"{path.name} has no student; add one per line")
    if faults:
        raise ExerciseError(faults)
    return tuple(Student(normalise(student), " ".join(name.split())) for _, student, name in rows)


def _row_faults(rows: list[tuple[int, str, str]]) -> Iterator[tuple[int, str]]:
    seen: dict[str, int] = {}
    for line, student, _ in rows:
        for fault in student_faults(student):
            yield line, fault
        id = normalise(student)
        if id and id in seen:
            yield line, f"student {shown(student)} is already in line {seen[id]} (ids are compared in lower case)"
        seen.setdefault(id, line)
