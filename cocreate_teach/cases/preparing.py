"""What every ``prepare.py`` does with its tables: write them, or say what differs from what it makes.

A case folder's script names its tables, the curated files it starts from, and what its synthetic data must reach::

    if __name__ == "__main__":
        sys.exit(run(FOLDER, sys.argv[1:], made=MADE, curated=CURATED, reached=calibration))
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def run(
    folder: Path,
    arguments: Iterable[str],
    *,
    made: Mapping[str, "Callable[[], pd.DataFrame]"],
    curated: Mapping[str, str] | None = None,
    content: Callable[[Path], bytes] = Path.read_bytes,
    reached: Callable[[], Mapping[str, float]] | None = None,
) -> int:
    """Write the tables of a case, or with ``--check`` only compare; print what differs; return the exit status.

    Parameters
    ----------
    folder : Path
        The case folder.
    arguments : iterable of str
        What the command line says after the script's name.
    made : Mapping
        File in ``data/`` -> what makes its table.
    curated : Mapping
        Path within the folder -> sha256 that the content of this file must have.
    content : Callable
        Returns the content of a curated file that the sha256 belongs to; its bytes without it.
    reached : Callable
        Returns what the synthetic data reach, for each ``[[calibration]]`` target of ``case.toml``.
    """
    tables = {file: make().to_csv(index=False, lineterminator="\n").encode() for file, make in made.items()}
    curated = curated or {}
    if "--check" not in arguments:
        write(folder, tables)
    targets = metadata(folder).get("calibration", [])
    found = [
        *_other_tables(folder, tables),
        *_other_files(folder, curated, content),
        *_missed(targets, reached() if reached else {}),
    ]
    done = [f"{len(tables)} tables made"]
    done += [f"{len(curated)} curated files checked"] if curated else []
    done += [f"{len(targets)} targets reached"] if targets else []
    print("\n".join(found) or f"{', '.join(done)}: all as stated")
    return 1 if found else 0


def metadata(folder: Path) -> dict[str, Any]:
    """Return the content of a folder's ``case.toml``."""
    return tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))


def write(folder: Path, tables: Mapping[str, bytes]) -> None:
    """Write the tables, and record the sha256 and the number of rows of every table in ``case.toml``."""
    for file, table in tables.items():
        (folder / "data" / file).write_bytes(table)
    path = folder / "case.toml"
    sections = re.split(r"(?m)^(?=\[)", path.read_text(encoding="utf-8"))
    entries = metadata(folder)["tables"]
    for i, section in enumerate(sections):
        head = re.match(r"\[tables\.(\w+)\]", section)
        if head:
            file = folder / "data" / entries[head[1]]["file"]
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            section = re.sub(r'(?m)^sha256 = ".*"$', f'sha256 = "{digest}"', section)
            sections[i] = re.sub(r"(?m)^rows = \d+$", f"rows = {_rows(file)}", section)
    path.write_text("".join(sections), encoding="utf-8")


def _rows(file: Path) -> int:
    from cocreate_teach.cases.files import read_table

    return len(read_table(file))


def _other_tables(folder: Path, tables: Mapping[str, bytes]) -> Iterable[str]:
    for file, table in tables.items():
        path = folder / "data" / file
        if not path.is_file() or path.read_bytes() != table:
            yield f"data/{file} is not what prepare.py makes; run prepare.py to write it again"


def _other_files(folder: Path, curated: Mapping[str, str], content: Callable[[Path], bytes]) -> Iterable[str]:
    for file, expected in curated.items():
        got = hashlib.sha256(content(folder / file)).hexdigest()
        if got != expected:
            yield f"{file} is not the curated file: sha256 {got} instead of {expected}; restore the file"


def _missed(targets: Iterable[Mapping[str, Any]], reached: Mapping[str, float]) -> Iterable[str]:
    for target in targets:
        value = reached[target["name"]]
        if not abs(value - target["target"]) <= target["tolerance"]:
            allowed = f"{target['target']} plus or minus {target['tolerance']}"
            yield f"{target['name']} is {value:.3f}; it must be {allowed}: change synthetic.py"
