"""A canvas as a file: JSON of plain texts and PNG pictures, checked when it is read, written whole or not at all."""

import base64
import binascii
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from cocreate_teach.errors import CocreateError
from cocreate_teach.widgets.canvas_board import BOXES, Board, Result
from cocreate_teach.widgets.words import listed
from cocreate_teach.writing import write_whole

FORMAT: Final = "cocreate canvas"
VERSION: Final = 1
LONGEST: Final = {
    "group": 120, "answer": 2000, "remark": 500, "title": 200, "headline": 600, "note": 2000, "assumption": 600,
    "alt": 4000, "label": 200,
}  # fmt: skip
PAIRS: Final = 40  # key numbers, or settings, of one result
RESULTS: Final = 40
PICTURE: Final = 300_000  # bytes
PIXELS: Final = 4000  # a small file can hold a picture that fills the memory
FILE: Final = 5_000_000  # bytes
ROOM: Final = 250_000  # bytes that texts may still need in a file full of pictures
PNG: Final = b"\x89PNG\r\n\x1a\n"
_TEXTS: Final = ("box", "remark", "title", "headline", "note", "assumption", "alt", "png")


def plain(text: str) -> str:
    """Return a text without control characters; lines end in a line feed."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in unified if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))


def to_json(board: Board) -> bytes:
    """Return the file of a board."""
    results = [_entry(result) for result in board.results]
    content = {"format": FORMAT, "version": VERSION, "group": board.group, "answers": dict(board.answers)}
    return (json.dumps(content | {"results": results}, ensure_ascii=False, indent=1) + "\n").encode()


def _entry(result: Result) -> dict[str, Any]:
    return asdict(result) | {"png": in_base64(result.png)}


def in_base64(png: bytes) -> str:
    """Return a picture as a text."""
    return base64.b64encode(png).decode("ascii")


def read_board(content: bytes, name: str) -> Board:
    """Return the board of a file.

    Raises
    ------
    CocreateError
        With one sentence per fault, each with its place; nothing of a faulty file is used.
    """
    raw = _parsed(content, name)
    faults = [f"{name}: {fault}" for fault in board_faults(raw)]
    if faults:
        raise CocreateError(faults)
    results = tuple(
        Result(
            **{key: entry[key] for key in _TEXTS if key != "png"},
            key_numbers=tuple((label, text) for label, text in entry["key_numbers"]),
            settings=tuple((label, text) for label, text in entry["settings"]),
            png=base64.b64decode(entry["png"]),
        )
        for entry in raw["results"]
    )
    return Board(group=raw["group"], results=results).write(raw["answers"])


def _parsed(content: bytes, name: str) -> Mapping[str, Any]:
    if len(content) > FILE:
        raise CocreateError(
            f"{name} has {len(content):,} bytes; a canvas has at most {FILE:,}: choose a file that a canvas has saved"
        )
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, json.JSONDecodeError) else "it is not JSON"
        raise CocreateError(f"{name} cannot be read: {reason}; choose a file that a canvas has saved") from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        found = _shown(raw.get("format")) if isinstance(raw, dict) else f"a {type(raw).__name__}"
        raise CocreateError(
            f"{name} is no canvas: its format is {found}; it must be {FORMAT!r}: choose a file that a canvas has saved"
        )
    version = raw.get("version")
    if type(version) is int and version > VERSION:
        raise CocreateError(
            f"{name} was saved by a newer cocreate_teach: its version is {_shown(version)}, this one reads {VERSION}; "
            "update the package, then open it again"
        )
    return raw


def board_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    """Give one sentence per fault of the content of a file."""
    yield from _key_faults("the file", raw, ("format", "version", "group", "answers", "results"))
    if type(raw.get("version")) is not int or raw["version"] < 1:
        yield f"version is {_shown(raw.get('version'))}; it must be {VERSION}: write {VERSION}"
    yield from text_faults("group", raw.get("group"), "group")
    answers, results = raw.get("answers"), raw.get("results")
    if isinstance(answers, dict):
        for box, text in answers.items():
            if box not in BOXES:
                yield f"answers has the box {_shown(box)}; the boxes are {listed(list(BOXES))}: choose one of them"
            else:
                yield from text_faults(f"answers.{box}", text, "answer")
    else:
        yield f"answers is {_shown(answers)}; it must be texts by the names of boxes: write {{}}"
    if not isinstance(results, list) or len(results) > RESULTS:
        what = f"has {len(results)} entries" if isinstance(results, list) else f"is {_shown(results)}"
        yield f"results {what}; it must be a list of at most {RESULTS}: leave some out"
        return
    for number, entry in enumerate(results, start=1):
        yield from (f"results {number}: {fault}" for fault in _result_faults(entry))


def result_faults(result: Result) -> Iterator[str]:
    """Give one sentence per text of a result that a file cannot hold."""
    yield from _result_faults(_entry(result))


def _result_faults(entry: object) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"it is {_shown(entry)}; it must be a table of texts: leave it out"
        return
    yield from _key_faults("it", entry, (*_TEXTS, "key_numbers", "settings"))
    for key in _TEXTS[1:-1]:
        if key in entry:
            yield from text_faults(key, entry[key], key)
    box = entry.get("box")
    if "box" in entry and not (isinstance(box, str) and box in BOXES):
        yield f"box is {_shown(box)}; the boxes are {listed(list(BOXES))}: choose one"
    for key in ("key_numbers", "settings"):
        pairs = entry.get(key, [])
        if not isinstance(pairs, list | tuple) or len(pairs) > PAIRS or not all(map(_is_pair, pairs)):
            yield f"{key} is {_shown(pairs)}; it must be at most {PAIRS} pairs of two texts: write []"
            continue
        for place, pair in enumerate(pairs, start=1):
            for text in pair:
                yield from text_faults(f"{key} {place}", text, "label")
    if "png" in entry:
        yield from _picture_faults(entry["png"])


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list | tuple) and len(pair) == 2


def _picture_faults(given: object) -> Iterator[str]:
    try:
        if not isinstance(given, str):
            raise ValueError
        png = base64.b64decode(given, validate=True)
    except (binascii.Error, ValueError):
        yield "png is not base64; it must be a PNG picture in base64, or an empty text: write ''"
        return
    if len(png) > PICTURE:
        yield f"png has {len(png):,} bytes; it must have at most {PICTURE:,}: use a smaller picture, or write ''"
    elif png and (png[:8] != PNG or png[12:16] != b"IHDR" or len(png) < 33):
        yield "png is no PNG picture: it does not begin like one; use another picture, or write ''"
    elif png and max(int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) > PIXELS:
        yield f"png is wider or higher than {PIXELS:,} pixels; use a smaller picture, or write ''"


def text_faults(place: str, text: object, kind: str) -> Iterator[str]:
    """Give a sentence if a text is none, is too long, or holds characters that nobody can see."""
    longest = LONGEST[kind]
    if not isinstance(text, str):
        yield f"{place} is {_shown(text)}; it must be a text: write it in quotation marks"
    elif len(text) > longest:
        yield f"{place} has {len(text):,} characters; it must have at most {longest:,}: make it shorter"
    elif plain(text) != text:
        yield f"{place} holds control characters; only letters, signs, tabs and line feeds are allowed: remove them"


def _key_faults(place: str, entry: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        if key not in entry:
            yield f"{place} has no {key}; every canvas has it: add it"
    for key in entry:
        if key not in keys:
            yield f"{place} has the key {_shown(key)}, which no canvas has: remove it"


def _shown(value: object) -> str:
    if isinstance(value, str | None | bool):
        return repr(value if not isinstance(value, str) else value[:40])
    return f"a {type(value).__name__}" if not isinstance(value, int) or abs(value) > 10**9 else str(value)


def is_taken(path: Path, content: bytes, seen: bytes | None) -> bool:
    """Whether a file holds something else than what it is to hold, and than what we have seen there last."""
    return path.exists() and path.read_bytes() not in (content, seen)


def write(path: Path, content: bytes) -> None:
    """Write a canvas whole.

    Raises
    ------
    CocreateError
        If it cannot be written; what was there before stays.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CocreateError(
            f"{path.name} cannot be written in {path.parent}: {reason}; choose another folder, or download the canvas"
        ) from None


def set_aside(path: Path) -> Path:
    """Rename a file to the first free name beside it, such as ``canvas-before-1.json``, and return that."""
    number = 1
    while (kept := path.with_name(f"{path.stem}-before-{number}{path.suffix}")).exists():
        number += 1
    return path.rename(kept)
