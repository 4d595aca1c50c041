"""One case: its text, stakeholders, sources, tables, presets and exhibits, all read-only.

Whatever is a table comes back as a fresh pandas frame, so that a reader may change it without changing the case.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from cocreate_teach.cases.contents import damage_faults
from cocreate_teach.cases.exhibits import Exhibit
from cocreate_teach.cases.files import read_table
from cocreate_teach.cases.numbers import EXHIBIT_TEXTS, compute, fill
from cocreate_teach.cases.plain import case_text
from cocreate_teach.cases.reading import PARTS, Reading, exhibits_by_part, preface, section, uncut
from cocreate_teach.cases.rendering import case_html
from cocreate_teach.cases.schema import WITHHELD, kind_of
from cocreate_teach.errors import CaseError


@dataclass(frozen=True, slots=True)
class Preset:
    """A named set of parameters of one model.

    Parameters
    ----------
    name, label : str
        The key in ``case.toml`` and what a reader sees.
    model : str
        ``"participation"`` or ``"engagement"``.
    status, source : str
        One of ``style.STATUSES``, and where the numbers come from.
    values : Mapping
        The remaining content of the preset: stakeholders, costs, synergies ...
    """

    name: str
    model: str
    label: str
    status: str
    source: str
    values: Mapping[str, Any]


@dataclass(frozen=True, repr=False, eq=False)
class Case:
    """A case as `load_case` returns it.

    Parameters
    ----------
    name : str
        Name of its folder.
    folder : Path
        Where it is stored.
    metadata : Mapping
        The content of ``case.toml``; `check_case` has accepted it.
    """

    name: str
    folder: Path
    metadata: Mapping[str, Any]
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict, init=False, compare=False)

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.metadata["title"])

    @property
    def question(self) -> str:
        """The question it asks."""
        return str(self.metadata["question"])

    @property
    def period(self) -> str:
        """When it plays."""
        return str(self.metadata["period"])

    @property
    def place(self) -> str:
        """Where it plays."""
        return str(self.metadata["place"])

    @property
    def protagonist(self) -> str:
        """Who has to decide."""
        return str(self._part("protagonist"))

    @property
    def decision(self) -> str:
        """What has to be decided."""
        return str(self._part("decision"))

    @property
    def deadline(self) -> str:
        """By when."""
        return str(self._part("deadline"))

    @property
    def kind(self) -> str:
        """``"case"``, ``"vignette"`` for a short one, or ``"tables"`` for tables without a story."""
        return kind_of(self.metadata)

    @property
    def narrative(self) -> str:
        """The whole text, Part A and Part B, as Markdown, with its numbers in place."""
        return self._read("case.md")

    @property
    def invented(self) -> str:
        """What in it is invented and what is real, in its own words; empty for tables without a story."""
        return "" if self.kind == "tables" else preface(self.narrative)

    @property
    def has_parts(self) -> bool:
        """Whether a decision cuts its text into Part A and Part B."""
        return self.kind == "case"

    @property
    def short_version(self) -> str:
        """The case on one page, as Markdown, with its numbers in place."""
        return self._read("short.md")

    @property
    def teaching_note(self) -> str:
        """What a lecturer needs, as Markdown, with its numbers in place.

        Raises
        ------
        CaseError
            If it is not there, as where students' code is marked.
        """
        return self._read(WITHHELD)

    @property
    def numbers(self) -> Mapping[str, str]:
        """The numbers of its texts, computed from its tables and exhibits and formatted, by name.

        Raises
        ------
        CaseError
            If one of them cannot be computed, or if a table is damaged.
        """
        return self._numbers

    @cached_property
    def _numbers(self) -> Mapping[str, str]:
        texts, faults = compute(self.metadata.get("numbers", {}), self.table, self.metadata.get("exhibits", ()))
        if faults:
            raise CaseError(faults)
        return MappingProxyType(texts)

    def fill(self, text: str) -> str:
        """Return a text with the number in place of each ``{{name}}``."""
        return fill(text, lambda: self.numbers)

    def reading(self, part: str) -> Reading:
        """Return a part of the text to show in a notebook.

        Parameters
        ----------
        part : str
            ``"A"`` (before the decision), ``"B"`` (after it), ``"sources"``, or ``"short"`` (all on one page). A
            vignette has ``"A"``, which is its whole text, and ``"sources"``.

        Raises
        ------
        CaseError
            If there is no such part, or if the case is tables without a story.
        """
        if self.kind == "tables":
            raise self._without(f"part {part!r}")
        parts = (*PARTS, "short") if self.has_parts else ("A", "sources")
        if part not in parts:
            known = ", ".join(map(repr, parts))
            raise CaseError(f"the case {self.name!r} has no part {part!r}; its parts are {known}: choose one")
        if part == "short":
            return Reading(self.short_version.partition("\n")[2].strip())
        is_whole = part == "A" and not self.has_parts
        told = uncut(self.narrative) if is_whole else section(self.narrative, part)
        return Reading(re.sub(r"^#", "##", told, flags=re.M))

    @property
    def stakeholders(self) -> pd.DataFrame:
        """Columns name, role, power (share), interest (share), is_internal, status."""
        return pd.DataFrame(deepcopy(self._part("stakeholders")))

    @property
    def timeline(self) -> pd.DataFrame:
        """Columns when, what, status."""
        return pd.DataFrame(deepcopy(self._part("timeline")))

    @property
    def sources(self) -> pd.DataFrame:
        """Columns number, key (in ``sources.bib``), citation, licence, address, status, verified."""
        return pd.DataFrame(deepcopy(self.metadata["sources"]))

    def dictionary(self, table: str | None = None) -> pd.DataFrame:
        """Return what the columns of a table mean, one row each: column, type, unit, description, source, status ...

        Without a name it returns those of all tables, with the name of the table before each.

        Raises
        ------
        CaseError
            If there is no such table.
        """
        rows = pd.read_csv(self.folder / "dictionary.csv", keep_default_na=False)
        if table is not None:
            chosen: pd.DataFrame = rows[rows["file"] == self._table_entry(table)["file"]]
            return chosen.drop(columns="file").reset_index(drop=True)
        names = {entry["file"]: name for name, entry in self.metadata["tables"].items()}
        rows["file"] = rows["file"].map(names)
        return rows.rename(columns={"file": "table"})

    @property
    def presets(self) -> Mapping[str, Preset]:
        """The presets by name, in the order of ``case.toml``."""
        named = ("model", "label", "status", "source")
        found = {}
        for name, raw in self.metadata.get("presets", {}).items():
            values = MappingProxyType({key: deepcopy(value) for key, value in raw.items() if key not in named})
            found[name] = Preset(name=name, values=values, **{key: raw[key] for key in named})
        return MappingProxyType(found)

    @property
    def table_names(self) -> tuple[str, ...]:
        """Names that `table` knows."""
        return tuple(self.metadata["tables"])

    def table(self, name: str) -> pd.DataFrame:
        """Return a table: read on first use, its sha256 verified; a fresh copy each time.

        Raises
        ------
        CaseError
            If there is no such table, or if the file is damaged.
        """
        if name not in self._tables:
            entry = self._table_entry(name)
            path = self.folder / "data" / entry["file"]
            if found := damage_faults(self.folder, name, entry):
                raise CaseError(found)
            self._tables[name] = read_table(path)
        return self._tables[name].copy()

    @property
    def exhibit_numbers(self) -> tuple[int, ...]:
        """Numbers that `exhibit` knows, in order."""
        return tuple(sorted(entry["number"] for entry in self.metadata.get("exhibits", ())))

    def exhibit(self, number: int) -> Exhibit:
        """Return an exhibit: its finding, caption, alternative text, numbers and picture.

        Raises
        ------
        CaseError
            If there is no exhibit of that number, or if its table is damaged.
        """
        for entry in self._part("exhibits"):
            if entry["number"] == number:
                filled = entry | {key: self.fill(entry[key]) for key in EXHIBIT_TEXTS}
                return Exhibit(settings=MappingProxyType(filled), data=self.table(entry["table"]))
        known = ", ".join(map(str, self.exhibit_numbers))
        raise CaseError(f"the case {self.name!r} has no exhibit {number!r}; it has the exhibits {known}: choose one")

    def exhibits_of(self, part: str) -> tuple[int, ...]:
        """Return the numbers of the exhibits that belong to a part.

        Parameters
        ----------
        part : str
            ``"A"``, ``"B"``, or ``"epilogue"`` for those that neither part mentions. An exhibit of both belongs to
            Part A. Where no decision cuts the text, all belong to Part A.

        Raises
        ------
        CaseError
            If there is no such part.
        """
        found: Mapping[str, tuple[int, ...]] = {"A": self.exhibit_numbers}
        if self.has_parts:
            found = exhibits_by_part(self._stored("case.md"), self.exhibit_numbers)
        if part not in found:
            known = ", ".join(map(repr, found))
            raise CaseError(f"the case {self.name!r} has no exhibits of {part!r}; its parts are {known}: choose one")
        return found[part]

    def _table_entry(self, name: str) -> Mapping[str, Any]:
        tables: Mapping[str, Mapping[str, Any]] = self.metadata["tables"]
        if name not in tables:
            told = f"the case {self.name!r} has no table {name!r}; it has {', '.join(tables)}"
            near = get_close_matches(str(name), tables, n=1)
            raise CaseError(f"{told}: {f'did you mean {near[0]!r}?' if near else 'choose one'}")
        return tables[name]

    def _read(self, file: str) -> str:
        return self.fill(self._stored(file))

    def _stored(self, file: str) -> str:
        if self.kind == "tables":
            raise self._without("text")
        path = self.folder / file
        if not path.is_file():
            raise CaseError(f"{file} is missing in {self.name}/; restore the file")
        return path.read_text(encoding="utf-8")

    def _part(self, name: str) -> Any:
        if name not in self.metadata:
            raise self._without(name)
        return self.metadata[name]

    def _without(self, part: str) -> CaseError:
        names = ", ".join(self.table_names)
        told = f"{self.name!r} holds tables without a story and has no {part}; its tables are {names}: use table"
        return CaseError(told)

    def __repr__(self) -> str:
        return f"Case({self.name!r}: {self.title})"

    def __str__(self) -> str:
        return case_text(self)

    def _repr_html_(self) -> str:
        return case_html(self)
