"""Copy a picture or a table out of a case into a file of one's own."""

import gzip
from pathlib import Path

from cocreate_teach.cases.case import Case
from cocreate_teach.errors import CaseError


def copy_out(case: Case, to: Path, *, exhibit: int | None = None, table: str | None = None, force: bool = False) -> str:
    """Write the picture of an exhibit (PNG) or a table (CSV), and return a sentence that says so.

    Parameters
    ----------
    case : Case
        The case.
    to : Path
        The file; its folder must be there.
    exhibit, table
        The exhibit's number or the table's name: one of them.
    force : bool
        Replace a file of another content.

    Raises
    ------
    CaseError
        If neither is named, if it has no picture, if the ending does not fit, or if the file cannot be written.
    """
    if exhibit is not None:
        shown = case.exhibit(exhibit).picture
        if shown is None:
            raise CaseError(f"exhibit {exhibit} of {case.name!r} is a table and has no picture; show it without --to")
        what, ending, data = f"exhibit {exhibit}", ".png", shown.png
    elif table is not None:
        case.table(table)  # refuses a damaged file
        stored = case.folder / "data" / case.metadata["tables"][table]["file"]
        raw = stored.read_bytes()
        what, ending, data = f"table {table}", ".csv", gzip.decompress(raw) if stored.suffix == ".gz" else raw
    else:
        raise CaseError(f"nothing is named that could be written to {to}; add --exhibit NUMBER or --table NAME")
    if to.suffix.lower() != ending:
        raise CaseError(f"{to} ends with {to.suffix or 'nothing'}; {what} is written as {ending}: change the name")
    try:
        if to.exists() and to.read_bytes() != data and not force:
            raise CaseError(f"{to} is there already, with another content; name another file, or add --force")
        to.write_bytes(data)
    except OSError as error:
        raise CaseError(f"cannot write {to} ({error.strerror}); name another file") from None
    return f"{what} of {case.name} is in {to}"
