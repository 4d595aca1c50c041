"""Write files so that nothing is half-written, and nothing of somebody else is lost."""

import os
from pathlib import Path

from cocreate_teach.errors import CocreateError


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader, or a kill at any moment, meets the old one or the new one; text as UTF-8.

    Raises
    ------
    OSError
        If it cannot be written; what was there before stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def write_new(path: Path, content: str | bytes) -> None:
    """Write a file that is not there yet, or that holds this content already.

    Raises
    ------
    CocreateError
        If there is another file of this name, or the folder cannot be written.
    """
    wanted = content.encode() if isinstance(content, str) else content
    try:
        if path.exists() and path.read_bytes() != wanted:
            raise CocreateError(f"{path} is there already, with another content; name a new file")
        write_whole(path, wanted)
    except OSError as error:
        raise CocreateError(f"cannot write {path} ({error.strerror}); name another folder") from None
