"""Check a case folder and report all its faults at once, each with its place.

The format is data: which keys ``case.toml`` needs, of which type. A fault reads
``case.toml: tables.advisers.sha256 is missing; ...``.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from cocreate_teach.cases import numbers
from cocreate_teach.cases.bibliography import bibliography_faults
from cocreate_teach.cases.files import entries, file_faults, read_table, table_headers, where_faults
from cocreate_teach.cases.references import reference_faults
from cocreate_teach.cases.taking import table_of
from cocreate_teach.errors import CaseError
from cocreate_teach.style import STATUSES

# What a folder must hold: a case is a decision with its texts; a vignette is a short one for ten minutes of a session;
# "tables" are data that belong to no case.
FILES: Final[dict[str, tuple[str, ...]]] = {
    "case": ("case.toml", "case.md", "short.md", "teaching_note.md", "dictionary.csv"),
    "vignette": ("case.toml", "case.md", "teaching_note.md", "dictionary.csv"),
    "tables": ("case.toml", "dictionary.csv"),
}
WITHHELD: Final = "teaching_note.md"  # not there where students' code is marked: a case is loaded without it
NAMES: Final[dict[type, str]] = {
    str: "a text", float: "a number", int: "a whole number", bool: "true or false", list: "a list", dict: "a table",
}  # fmt: skip

CASE_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "case": ("title", "question", "period", "place", "protagonist", "decision", "deadline"),
    "vignette": ("title", "question", "period", "place", "protagonist", "decision", "deadline", "session", "minutes"),
    "tables": ("title", "question", "period", "place"),
}
SESSIONS: Final = 8  # of the course
CASE_KEY_TYPES: Final[dict[str, type]] = {"session": int, "minutes": int}  # the others are texts
SECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "case": ("stakeholders", "timeline", "sources", "tables", "presets", "exhibits"),
    "vignette": ("stakeholders", "timeline", "sources", "tables", "exhibits"),
    "tables": ("sources", "tables"),
}
STAKEHOLDER_KEYS: Final[dict[str, type]] = {
    "name": str, "role": str, "power": float, "interest": float, "is_internal": bool, "status": str,
}  # fmt: skip
TIMELINE_KEYS: Final[dict[str, type]] = {"when": str, "what": str, "status": str}
SOURCE_KEYS: Final[dict[str, type]] = {
    "number": int, "key": str, "citation": str, "licence": str, "address": str, "status": str, "verified": bool,
}  # fmt: skip
TABLE_KEYS: Final[dict[str, type]] = {
    "file": str, "sha256": str, "rows": int, "key": list, "sources": list, "status": str, "description": str,
}  # fmt: skip
PRESET_KEYS: Final[dict[str, type]] = {"model": str, "label": str, "status": str, "source": str}
EXHIBIT_KEYS: Final[dict[str, type]] = {
    "number": int, "kind": str, "table": str, "title": str, "caption": str, "alt": str, "source": str, "status": str,
}  # fmt: skip
SECTION_KEYS: Final[dict[str, dict[str, type]]] = {
    "stakeholders": STAKEHOLDER_KEYS, "timeline": TIMELINE_KEYS, "sources": SOURCE_KEYS,
    "tables": TABLE_KEYS, "presets": PRESET_KEYS, "exhibits": EXHIBIT_KEYS,
}  # fmt: skip
WITH_STAKEHOLDERS: Final = ("participation", "engagement")  # models whose presets name who takes part
# Per kind of exhibit: the settings it needs. Settings are texts except for those of SETTING_TYPES.
EXHIBIT_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "table": ("columns",),
    "lines": ("x", "y", "group", "x_label", "y_label"),
    "bars": ("y", "group", "y_label", "n_label"),
    "panels": ("columns", "group"),
    "before_after": ("time", "start", "y", "group", "treated", "cluster", "x_ticks", "y_label"),
    "series": ("x", "columns", "x_label", "y_label", "shown"),
}
SETTING_TYPES: Final[dict[str, type]] = {"columns": dict, "group": list, "start": int, "x_ticks": list, "shown": list}


def check_case(folder: Path, *, hashes: bool = True) -> None:
    """Check one case folder.

    Parameters
    ----------
    folder : Path
        The folder that holds ``case.toml``.
    hashes : bool
        Also compare the sha256 of every table with the one in ``case.toml``, compute every number of the texts, ask
        for the teaching note, and hold references and sources against the bibliography.

    Raises
    ------
    CaseError
        With one sentence for each fault.
    """
    raw, unreadable = _metadata(folder)
    kind = kind_of(raw)
    faults = [
        f"{name} is missing in {folder.name}/; restore the file"
        for name in FILES[kind]
        if not (folder / name).is_file() and (hashes or name != WITHHELD)
    ]
    if unreadable:
        faults.append(unreadable)
    elif (folder / "case.toml").is_file():
        faults += [f"case.toml: {fault}" for fault in _metadata_faults(raw, kind)]
        headers, damages = table_headers(folder, raw, hashes=hashes)
        faults += [*damages, *file_faults(folder, raw, headers)]
        faults += _number_faults(folder, raw, headers, compute=hashes)
        if hashes:
            faults += [*reference_faults(folder, raw, headers), *bibliography_faults(folder, raw)]
    if faults:
        raise CaseError(faults)


def kind_of(raw: Mapping[str, Any]) -> str:
    """Return the kind of a folder: ``"case"``, ``"vignette"`` for a short one, or ``"tables"`` for no story at all."""
    kind = raw.get("kind")
    return kind if isinstance(kind, str) and kind in FILES else "case"


def _metadata(folder: Path) -> tuple[dict[str, Any], str]:
    """Return the content of case.toml; and a sentence if it is there but cannot be read."""
    path = folder / "case.toml"
    try:
        return (tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}), ""
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, f"case.toml cannot be read: {error}; mend that place"


def _metadata_faults(raw: Mapping[str, Any], kind: str) -> Iterator[str]:
    if raw.get("kind", kind) != kind:
        yield f"kind is {raw['kind']!r}; it must be one of {', '.join(CASE_KEYS)}: choose one, or leave it out"
    yield from _keys("", raw, {key: CASE_KEY_TYPES.get(key, str) for key in CASE_KEYS[kind]})
    for section, keys in SECTION_KEYS.items():
        if section in raw or section in SECTIONS[kind]:
            yield from _entries(section, raw.get(section), keys)
    yield from _source_faults(raw)
    yield from _exhibit_faults(raw)
    for name, preset in entries(raw.get("presets")):
        yield from _preset_faults(f"presets.{name}", preset)


def _number_faults(
    folder: Path, raw: Mapping[str, Any], headers: Mapping[str, tuple[str, ...]], *, compute: bool
) -> Iterator[str]:
    declared = raw.get("numbers", {})
    found = [f"case.toml: {fault}" for fault in numbers.number_faults(raw, headers)]
    for name, entry in entries(declared):
        keys = _keys(f"numbers.{name}.", entry, numbers.needed_keys(entry))
        found += [f"case.toml: {fault}" for fault in keys]
    yield from found
    texts = {}
    for path in (folder / name for name in numbers.TEXTS if (folder / name).is_file()):
        try:
            texts[path.name] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            yield f"{path.name} cannot be read: {error}; save it as UTF-8"
    all_there = {name for name in FILES[kind_of(raw)] if name in numbers.TEXTS} <= set(texts)
    for place, exhibit in entries(raw.get("exhibits")):
        for key in numbers.EXHIBIT_TEXTS:
            texts[f"case.toml: exhibits.{place}.{key}"] = str(exhibit.get(key, ""))
    if isinstance(declared, dict):
        yield from numbers.text_faults(declared, texts, all_there=all_there)
    if compute and not found:
        exhibits = [exhibit for _, exhibit in entries(raw.get("exhibits"))]
        whole = {
            name: entry
            for name, entry in entries(declared)
            if "formula" in entry or table_of(entry, exhibits) in headers
        }
        yield from numbers.compute(
            whole, lambda name: read_table(folder / "data" / raw["tables"][name]["file"]), exhibits
        )[1]


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
        elif key == "session" and not 1 <= value <= SESSIONS:
            yield f"{place}session is {value!r}; it must be between 1 and {SESSIONS}: change it"
        elif key in {"power", "interest"} and not 0 <= value <= 1:
            yield f"{place}{key} is {value!r}; it must be between 0 and 1 (share): change it"


def _is(value: object, kind: type) -> bool:
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def _source_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    known = [source.get("number") for _, source in entries(raw.get("sources"))]
    for name, table in entries(raw.get("tables")):
        given = table.get("sources")
        if isinstance(given, list) and (not given or any(number not in known for number in given)):
            told = ", ".join(map(str, known))
            yield f"tables.{name}.sources is {given!r}; it must name some of the sources {told}: change it"


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
        yield from where_faults(f"exhibits.{place}", exhibit)
        if isinstance(table, str) and table not in tables:
            yield f"exhibits.{place}.table is {table!r}; the tables are {', '.join(tables) or 'none'}: choose one"


def _preset_faults(place: str, preset: Mapping[str, Any]) -> Iterator[str]:
    names = preset.get("stakeholders")
    if names is None and preset.get("model") not in WITH_STAKEHOLDERS:
        return
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
