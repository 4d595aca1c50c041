"""Find a case folder and load it."""

import tomllib
from difflib import get_close_matches
from pathlib import Path

from cocreate_teach.cases.case import Case
from cocreate_teach.cases.schema import check_case
from cocreate_teach.errors import CaseError

_PACKAGE = Path(__file__).resolve().parents[1]


def cases_root() -> Path:
    """Return the folder that holds the cases: inside the installed package, or else the repository's ``cases/``."""
    installed = _PACKAGE / "_data" / "cases"
    return installed if installed.is_dir() else _PACKAGE.parent / "cases"


def case_names(root: Path | None = None) -> tuple[str, ...]:
    """Return the names of the cases, in alphabetical order.

    Parameters
    ----------
    root : Path, optional
        Folder whose subfolders are cases; without it, the cases that come with the package.
    """
    folder = cases_root() if root is None else Path(root)
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.parent.name for path in folder.glob("*/case.toml")))


def load_case(name: str, *, root: Path | None = None) -> Case:
    """Load a case by its name.

    Metadata are checked at once; each table is read, and its sha256 verified, when it is first used.

    Parameters
    ----------
    name : str
        One of `case_names`.
    root : Path, optional
        Folder whose subfolders are cases; without it, the cases that come with the package.

    Raises
    ------
    CaseError
        If there is no such case, or with one sentence for each fault of its folder.

    Examples
    --------
    >>> bank = load_case("bank")
    >>> bank.presets["before"].label
    'Before the product'
    """
    folder = cases_root() if root is None else Path(root)
    names = case_names(folder)
    if name not in names:
        raise CaseError(_unknown(name, names, folder))
    check_case(folder / name, hashes=False)
    raw = tomllib.loads((folder / name / "case.toml").read_text(encoding="utf-8"))
    return Case(name=name, folder=folder / name, metadata=raw)


def _unknown(name: str, names: tuple[str, ...], folder: Path) -> str:
    if not names:
        return f"there are no cases in {folder.name}/; each case is a folder with a case.toml: choose another folder"
    near = get_close_matches(str(name), names, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else "choose one of these"
    return f"there is no case {name!r}; the cases are {', '.join(names)}: {hint}"
