"""Check a case folder and report all its faults at once, each with its place.

The format is data: which keys ``case.toml`` needs, of which type. A fault reads
``case.toml: tables.advisers.sha256 is missing; ...``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from cocreate_teach.cases.files import entries, file_faults
from cocreate_teach.errors import CaseError
from cocreate_teach.style import STATUSES

FILES: Final = ("case.toml", "case.md", "short.md", "teaching_note.md", "dictionary.csv")
NAMES: Final[dict[type, str]] = {
    str: "a text", float: "a number", int: "a whole number", bool: "true or false", list: "a list", dict: "a table",
}  # fmt: skip

CASE_KEYS: Final[dict[str, type]] = dict.fromkeys(
    ("title", "question", "period", "place", "protagonist", "decision", "deadline"), str
)
STAKEHOLDER_KEYS: Final[dict[str, type]] = {
    "name": str, "role": str, "power": float, "interest": float, "is_internal": bool, "status": str,
}  # fmt: skip
TIMELINE_KEYS: Final[dict[str, type]] = {"when": str, "what": str, "status": str}
SOURCE_KEYS: Final[dict[str, type]] = {
    "number": int, "citation": str, "licence": str, "address": str, "status": str, "verified": bool,
}  # fmt: skip
TABLE_KEYS: Final[dict[str, type]] = {"file": str, "sha256": str, "status": str, "description": str}
PRESET_KEYS: Final[dict[str, type]] = {"model": str, "label": str, "status": str, "source": str}
EXHIBIT_KEYS: Final[dict[str, type]] = {
    "number": int, "kind": str, "table": str, "title": str, "caption": str, "alt": str, "source": str, "status": str,
}  # fmt: skip
# Per kind of exhibit: the settings it needs. Settings are texts except for those of SETTING_TYPES.
EXHIBIT_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "table": ("columns",),
    "lines": ("x", "y", "group", "x_label", "y_label"),
    "bars": ("y", "group", "y_label", "n_label"),
    "panels": ("columns", "group"),
    "before_after": ("time", "start", "y", "group", "treated", "cluster", "x_ticks", "y_label"),
}
SETTING_TYPES: Final[dict[str, type]] = {"columns": dict, "group": list, "start": int, "x_ticks": list}


def check_case(folder: Path, *, hashes: bool = True) -> None:
    """Check one case folder.

    Parameters
    ----------
    folder : Path
        The folder that holds ``case.toml``.
    hashes : bool
        Also compare the sha256 of every table with the one in ``case.toml``.

    Raises
    ------
    CaseError
        With one sentence for each fault.
    """
    faults = [
        f"{name} is missing in {folder.name}/; restore the file" for name in FILES if not (folder / name).is_file()
    ]
    if (folder / "case.toml").is_file():
        try:
            raw = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.append(f"case.toml cannot be read: {error}; mend that place")
        else:
            faults += [f"case.toml: {fault}" for fault in _metadata_faults(raw)]
            faults += file_faults(folder, raw, hashes=hashes)
    if faults:
        raise CaseError(faults)


def _metadata_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    yield from _keys("", raw, CASE_KEYS)
    for section, keys in (("stakeholders", STAKEHOLDER_KEYS), ("timeline", TIMELINE_KEYS), ("sources", SOURCE_KEYS)):
        yield from _entries(section, raw.get(section), keys)
    for section, keys in (("tables", TABLE_KEYS), ("presets", PRESET_KEYS)):
        yield from _entries(section, raw.get(section), keys)
    yield from _entries("exhibits", raw.get("exhibits"), EXHIBIT_KEYS)
    yield from _exhibit_faults(raw)
    for name, preset in entries(raw.get("presets")):
        yield from _preset_faults(f"presets.{name}", preset)


def _entries(section: str, given: object, keys: Mapping[str, type]) -> Iterator[str]:
    found = entries(given)
    if not found:
        yield f"{section} is missing or empty; add at least one entry with {', '.join(keys)}"
    for place, entry in found:
        yield from _keys(f"{section}.{place}.", entry, keys)


def _keys(place: str, entry: Mapping[str, Any], keys: Mapping[str, type]) -> Iterator[str]:
    for key, kind in keys.items():
        value = entry.get(key)
        if value is None:
            yield f"{place}{key} is missing; it must be {NAMES[kind]}: add it"
        elif not _is(value, kind):
            yield f"{place}{key} is {value!r}; it must be {NAMES[kind]}: change it"
        elif key == "status" and value not in STATUSES:
            yield f"{place}status is {value!r}; it must be one of {', '.join(STATUSES)}: choose one"
        elif key in {"power", "interest"} and not 0 <= value <= 1:
            yield f"{place}{key} is {value!r}; it must be between 0 and 1 (share): change it"


def _is(value: object, kind: type) -> bool:
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def _exhibit_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    tables = dict(entries(raw.get("tables")))
    seen: list[object] = []
    for place, exhibit in entries(raw.get("exhibits")):
        number, kind, table = exhibit.get("number"), exhibit.get("kind"), exhibit.get("table")
        if number is not None and number in seen:
            yield f"exhibits.{place}.number is {number!r}, which is taken; numbers must differ: choose another"
        seen.append(number)
        if isinstance(kind, str) and kind not in EXHIBIT_KINDS:
            yield f"exhibits.{place}.kind is {kind!r}; it must be one of {', '.join(EXHIBIT_KINDS)}: choose one"
        needed = EXHIBIT_KINDS.get(str(kind), ())
        yield from _keys(f"exhibits.{place}.", exhibit, {key: SETTING_TYPES.get(key, str) for key in needed})
        for i, link in entries(exhibit.get("where")):
            if "is" not in link and not {"from", "to"} <= set(link):
                has = ", ".join(link)
                yield f"exhibits.{place}.where.{i} has {has}; it needs column with is, or with from and to: add them"
        if isinstance(table, str) and table not in tables:
            yield f"exhibits.{place}.table is {table!r}; the tables are {', '.join(tables) or 'none'}: choose one"


def _preset_faults(place: str, preset: Mapping[str, Any]) -> Iterator[str]:
    names = preset.get("stakeholders")
    if not isinstance(names, list) or not names:
        yield f"{place}.stakeholders is {names!r}; it must be a list of names: add it"
        return
    for key in ("cost", "power", "interest", "is_internal"):
        given = preset.get(key)
        if isinstance(given, dict) and set(given) != set(names):
            yield f"{place}.{key} is given for {', '.join(given)}; it must be given for {', '.join(names)}: match them"
    for key in ("synergy", "transfer"):
        for i, link in entries(preset.get(key)):
            ends = link.get("between")
            if not isinstance(ends, list) or len(ends) != 2 or not set(ends) <= set(names) or ends[0] == ends[1]:
                known = ", ".join(names)
                yield f"{place}.{key}.{i}.between is {ends!r}; it must be two different names of {known}: change it"
            if not _is(link.get("value"), float):
                yield f"{place}.{key}.{i}.value is {link.get('value')!r}; it must be a number: change it"
