"""The bibliography: every source of the cases and of the models, and whether somebody has read it.

A case has its entries in ``docs/sources.bib``; a case of somebody else may bring its own ``sources.bib`` in its folder.
"""

import logging
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from cocreate_teach.cases.files import entries

LIBRARY: Final = "bibtexparser"  # an extra: a case is loaded without it, and checked without its bibliography
NEEDED: Final = ("verified", "seen", "licence")
# A licence is told with how it is known; one wording each.
LICENCE_WORDINGS: Final = ("nobody saw a licence line", "from memory", "seen in", "ours")
_PACKAGE: Final = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What the checks need of one entry of the bibliography.

    Parameters
    ----------
    key : str
        What a source names in ``case.toml``.
    family, year, title, url : str
        Family name of the first author, year, title, and the page that was read; empty where there is none.
    is_verified : bool
        Whether the work, its first page, its abstract or the wording in question was read.
    """

    key: str
    family: str
    year: str
    title: str
    url: str
    is_verified: bool

    def is_named_in(self, text: str) -> bool:
        """Say whether a citation names the first author and the year; without an author, the title."""
        folded = fold(text)
        wanted = (fold(self.family or self.title), self.year)
        return all(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded) for word in wanted if word)


def fold(text: str) -> str:
    """Return a text without accents, braces and capitals, so that two spellings of a name are the same.

    Examples
    --------
    >>> fold("Barabási, {A.-L.}") == fold("Barabasi, A.-L.")
    True
    """
    bare = unicodedata.normalize("NFKD", re.sub(r"[{}\\]", "", text))
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).casefold()


def bibliography_of(folder: Path) -> Path:
    """Return the file that holds the entries of a case: its own, or that of the package or the repository."""
    shipped = _PACKAGE / "_data" / "docs" / "sources.bib"
    ours = shipped if shipped.is_file() else _PACKAGE.parent / "docs" / "sources.bib"
    own = folder / "sources.bib"
    return own if own.is_file() else ours


def can_read() -> bool:
    """Say whether the library that reads a bibliography is installed."""
    return find_spec(LIBRARY) is not None


def read_bibliography(path: Path) -> tuple[dict[str, Entry], list[str]]:
    """Return the entries of a bibliography by key, and one sentence for each that is not in order."""
    if not path.is_file():
        return {}, [f"{path.name} is missing in {path.parent.name}/; restore the file"]
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts

    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return {}, [f"{path.name} cannot be read: {error}; save it as UTF-8"]
    log = logging.getLogger(LIBRARY)
    level = log.level
    log.setLevel(logging.CRITICAL)  # what it would print, a fault says
    try:
        library = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    finally:
        log.setLevel(level)
    faults = []
    for block in library.failed_blocks:
        told = getattr(block.error, "abort_reason", str(block.error)).partition(". Note")[0]
        faults.append(f"{path.name}: line {(block.start_line or 0) + 1} cannot be read: {told}; mend that entry")
    for comment in library.comments:
        if "@" in (comment.comment or ""):  # an entry whose first line is broken is a comment for the library
            place = f"{path.name}: line {(comment.start_line or 0) + 1}"
            faults.append(f"{place} holds an entry that is none: {comment.comment[:40]!r}; write @type{{key, ...}}")
    found = {}
    for raw in library.entries:
        fields = {name: field.value for name, field in raw.fields_dict.items()}
        faults += [f"{path.name}: {raw.key}.{fault}" for fault in _entry_faults(fields)]
        first = next(iter(fields.get("author", ())), None)
        found[raw.key] = Entry(
            key=raw.key,
            family=re.sub(r"[{}]", "", " ".join([*first.von, *first.last])) if first else "",
            year=str(fields.get("year", "")),
            title=str(fields.get("title", "")),
            url=str(fields.get("url", "")),
            is_verified=fields.get("verified") == "yes",
        )
    return found, faults


def _entry_faults(fields: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{name} is missing or empty; fill it" for name in NEEDED if not fields.get(name))
    if not fields.get("author") and not fields.get("title"):
        yield "title is missing, and so is author; an entry needs one of them: add it"
    if fields.get("verified") not in {"yes", "no", "", None}:
        yield f"verified is {fields['verified']!r}; it must be yes or no: change it"
    if fields.get("licence"):
        yield from licence_faults("licence", fields["licence"])


def licence_faults(place: str, licence: str) -> Iterator[str]:
    """Give a sentence if a licence does not say how it is known."""
    if not re.search(rf"\b(?:{'|'.join(LICENCE_WORDINGS)})\b", licence, flags=re.IGNORECASE):
        choice = ", ".join(map(repr, LICENCE_WORDINGS))
        yield f"{place} is {licence!r}; it must say how it is known, in one of the words {choice}: add them"


def bibliography_faults(folder: Path, raw: Mapping[str, Any]) -> Iterator[str]:
    """Give one sentence per source of a case that does not resolve in the bibliography, or disagrees with it.

    Without the library nothing is checked, and ``cocreate doctor`` says so.

    Parameters
    ----------
    folder : Path
        The case folder.
    raw : Mapping
        The content of its ``case.toml``.
    """
    if not can_read():
        return
    path = bibliography_of(folder)
    bibliography, faults = read_bibliography(path)
    yield from faults
    if not path.is_file():
        return
    for place, source in entries(raw.get("sources")):
        yield from (f"case.toml: sources.{place}.{fault}" for fault in _source_faults(source, bibliography))


def _source_faults(source: Mapping[str, Any], bibliography: Mapping[str, Entry]) -> Iterator[str]:
    """Hold one source of a case against its entries; keys of several works stand in one text, with commas."""
    citation, address, verified = (source.get(key) for key in ("citation", "address", "verified"))
    if verified is True and source.get("status") == "unverified":
        yield "verified is true, but its status is 'unverified'; only one can hold: change one of them"
    if isinstance(source.get("licence"), str):
        yield from licence_faults("licence", source["licence"])
    if not isinstance(source.get("key"), str):
        return
    works = []
    for key in source["key"].split(","):
        work = bibliography.get(key.strip())
        if work is None:
            near = get_close_matches(key.strip(), bibliography, n=1, cutoff=0.6)
            hint = f"did you mean {near[0]!r}?" if near else "add the entry"
            yield f"key is {key.strip()!r}; it must be the key of an entry of sources.bib: {hint}"
            continue
        works.append(work)
        if isinstance(citation, str) and not work.is_named_in(citation):
            wanted = " ".join(filter(None, (work.family or work.title, work.year)))
            yield f"citation does not name {wanted!r}, which sources.bib has for {work.key}; change one of them"
    urls = [work.url for work in works if work.url]
    if address and urls and address not in urls:
        told = " or ".join(map(repr, urls))
        yield f"address is {address!r}; sources.bib has {told} for {source['key']}: make them the same"
    if verified is True and works and not any(work.is_verified for work in works):
        yield f"verified is true, but sources.bib says no for {source['key']}; change one of them"
