"""A business model as a network of activities and transactions (docs/models/business_model.md, M5).

Text A wants a business model to "depict the content, structure, and governance of the transactions": content is which
activities there are, structure how they are linked, governance who controls them. `activity_network` reads these off.
The model *assumes* that activities, links and their values can be listed and judged; it says nothing about whether they
are the right ones.

Sources: Amit & Zott (2001), Strategic Management Journal 22, 493-520, whose definition Text A repeats (abstract seen);
Zott & Amit (2010), Long Range Planning 43, 216-226: activities, content, structure, governance (abstract seen). The
kinds of activities are those of Text A, and the customer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeAlias

import numpy as np

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.capability import STEPS
from cocreate_teach.models.parameters import (
    Array,
    Range,
    Value,
    name_faults,
    ranges,
    read_value,
    scenario_faults,
    value_faults,
)

Row: TypeAlias = Mapping[str, Any]

KINDS: Final = ("operations", "infrastructure", "hierarchy", "supplier", "partner", "customer")
"""Kinds of activities: the structural elements that Text A lists, and the customer."""

_OF_ACTIVITIES: Final = ("value", "cost", "capability")
_OF_LINKS: Final = ("volume", "transaction_cost", "synergy")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)  # arrays have no single truth value to compare by
class BusinessModel:
    """A business model; `business_model` builds one from names (docs/models/business_model.md, M5).

    n is the number of activities, m that of links (it may be 0); leading axes (...) are scenarios and only need to
    broadcast: afterwards all arrays have them, read-only. One number stands for every activity (or every link).

    Parameters
    ----------
    stakeholders, activities : tuple of str
        Names, each once.
    kinds : tuple of str
        Kind of each activity, one of `KINDS`.
    owners, controllers : tuple of str
        Which stakeholder carries out each activity, and which decides about it.
    steps : tuple of str
        Step of the chain that each activity is part of, one of `STEPS`, or "" for none.
    links : tuple of (str, str)
        Transactions pass from the first activity to the second; each ordered pair once.
    is_specific : tuple of bool
        Whether a link is made for this one relation and worth little outside of it.
    value, cost : array (..., n)
        Value that each activity creates by itself, and what it costs.
    capability : array (..., n)
        What the activity can handle; it counts only for activities that are part of a step.
    volume : array (..., m)
        Transactions on a link, its weight.
    transaction_cost : array (..., m)
        Cost of one transaction: search, haggling, checking, transport.
    synergy : array (..., m)
        Value that arises because the two activities are linked.

    Raises
    ------
    ParameterError
        With one sentence per fault: names, kinds, stakeholders, links, numbers, shapes.
    """

    stakeholders: tuple[str, ...]
    activities: tuple[str, ...]
    kinds: tuple[str, ...]
    owners: tuple[str, ...]
    controllers: tuple[str, ...]
    steps: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    is_specific: tuple[bool, ...]
    value: Annotated[
        Value, Range(0, 1e6, unit="value per period", label="value of an activity", symbol="v", each=None)
    ] = 0.0
    cost: Annotated[
        Value, Range(0, 1e6, unit="value per period", label="cost of an activity", symbol="k", each=None)
    ] = 0.0
    capability: Annotated[
        Value,
        Range(0, 1e6, unit="units per period", label="capability of an activity", symbol="s, p, d", step=1, each=None),
    ] = 0.0
    volume: Annotated[
        Value, Range(0, 1e6, unit="transactions per period", label="weight of a link", symbol="w", step=1, each=None)
    ] = 1.0
    transaction_cost: Annotated[
        Value, Range(0, 1e6, unit="value per transaction", label="cost of a transaction", symbol="t", each=None)
    ] = 0.0
    synergy: Annotated[
        Value, Range(0, 1e6, unit="value per period", label="value that a link adds", symbol="b", each=None)
    ] = 0.0

    def __post_init__(self) -> None:
        faults = _name_faults(self) + value_faults(self)
        sizes = dict.fromkeys(_OF_ACTIVITIES, len(self.activities)) | dict.fromkeys(_OF_LINKS, len(self.links))
        shapes = {field: np.shape(getattr(self, field)) for field in sizes}
        for field, shape in shapes.items():
            if shape and shape[-1] != sizes[field]:
                each = "activity" if field in _OF_ACTIVITIES else "link"
                faults.append(f"{field} must end in an axis of {sizes[field]}, one per {each}; got shape {shape}")
        faults.extend(scenario_faults([shape[:-1] for shape in shapes.values()]))
        if faults:
            raise ParameterError(faults)
        scenarios = np.broadcast_shapes(*(shape[:-1] for shape in shapes.values()))
        for field, size in sizes.items():
            object.__setattr__(self, field, np.broadcast_to(getattr(self, field), (*scenarios, size)))


def business_model(
    stakeholders: Sequence[str], activities: Mapping[str, Row], links: Mapping[tuple[str, str], Row]
) -> BusinessModel:
    """Build a business model from names, one line per activity and one per link.

    Parameters
    ----------
    stakeholders : sequence of str
        Who carries out activities or decides about them.
    activities : mapping of name to fields
        `kind` and `owner` are required; `controller` is the owner if not given; `step` and `capability` go together;
        `value` and `cost` are 0 if not given. An empty cell of a table (None or NaN) counts as not given, so that
        ``table.to_dict("index")`` of a pandas table will do.
    links : mapping of (from, to) to fields
        `volume` (1 if not given), `transaction_cost`, `synergy` (0) and `is_specific` (False).

    Returns
    -------
    BusinessModel
        Numbers may be arrays: their axes, broadcast together, become the leading axes (scenarios).

    Raises
    ------
    ParameterError
        With one sentence per fault.

    Examples
    --------
    >>> bakery = business_model(
    ...     ["baker", "mill"],
    ...     {
    ...         "grind": {"kind": "supplier", "owner": "mill", "value": 1},
    ...         "bake": {"kind": "operations", "owner": "baker"},
    ...     },
    ...     {("grind", "bake"): {"volume": 30, "transaction_cost": 0.01}},
    ... )
    >>> bakery.controllers, bakery.value.tolist()
    (('mill', 'baker'), [1.0, 0.0])
    """
    faults: list[str] = []
    does = _rows("activities", activities, ("kind", "owner", "controller", "step", *_OF_ACTIVITIES), faults)
    passes = _rows("links", links, ("is_specific", *_OF_LINKS), faults)
    for name, row in does.items():
        if ("step" in row) != ("capability" in row):
            absent = "capability" if "step" in row else "step"
            faults.append(f"{absent} of {name!r} is missing; step and capability go together: give both, or neither")
    flags = (row.get("is_specific", False) for row in passes.values())
    built: dict[str, Any] = {
        "stakeholders": tuple(stakeholders),
        "activities": tuple(does),
        "kinds": tuple(row.get("kind") for row in does.values()),
        "owners": tuple(row.get("owner") for row in does.values()),
        "controllers": tuple(row.get("controller", row.get("owner")) for row in does.values()),
        "steps": tuple(row.get("step", "") for row in does.values()),
        "links": tuple(passes),
        "is_specific": tuple(bool(flag) if isinstance(flag, np.bool_) else flag for flag in flags),
    }
    built |= {field: _column(field, does, faults) for field in _OF_ACTIVITIES}
    built |= {field: _column(field, passes, faults) for field in _OF_LINKS}
    try:
        model = BusinessModel(**built)
    except ParameterError as error:
        faults.extend(error.faults)
    if faults:
        raise ParameterError(faults)
    return model


def _name_faults(model: BusinessModel) -> list[str]:
    """Return what is wrong with names, kinds and links, one sentence each; raise if they cannot even be counted."""
    faults = name_faults(model.stakeholders)
    faults += name_faults(model.activities, "activities")
    if not isinstance(model.links, tuple):
        faults.append(f"links must be a tuple of pairs (from, to); got {model.links!r}")
    if not all(isinstance(named, tuple) for named in (model.stakeholders, model.activities, model.links)):
        raise ParameterError(faults)
    owners = model.owners if isinstance(model.owners, tuple) else ()
    choices = {"kinds": KINDS, "owners": model.stakeholders, "controllers": model.stakeholders, "steps": ("", *STEPS)}
    for field, allowed in choices.items():
        given = getattr(model, field)
        if not isinstance(given, tuple) or len(given) != len(model.activities):
            faults.append(f"{field} must be a tuple of {len(model.activities)}, one per activity; got {given!r}")
            continue
        for activity, choice in zip(model.activities, given, strict=True):
            if choice not in allowed and not (field == "controllers" and choice in owners):  # said before
                listed = ", ".join(str(name) for name in dict.fromkeys(allowed) if name)
                got = "it is missing" if choice is None else f"got {choice!r}"
                faults.append(f"{field[:-1]} of {activity!r} must be one of {listed}; {got}")
    flags = model.is_specific
    if not isinstance(flags, tuple) or len(flags) != len(model.links) or not set(map(type, flags)) <= {bool}:
        faults.append(f"is_specific must be a tuple of {len(model.links)} times True or False; got {flags!r}")
    return faults + [fault for place in range(len(model.links)) for fault in _link_faults(model, place)]


def _link_faults(model: BusinessModel, place: int) -> list[str]:
    link = model.links[place]
    if not isinstance(link, tuple) or [*map(type, link)] != [str, str]:
        return [f"links must be pairs (from, to); got {link!r}"]
    listed = ", ".join(map(str, model.activities))
    faults = [
        f"link {_spoken(link)} names {name!r}, which is not an activity; choose from {listed}"
        for name in dict.fromkeys(link)
        if name not in model.activities
    ]
    if link[0] == link[1]:
        faults.append(f"link {_spoken(link)} starts and ends at the same activity; link two different ones")
    if link in model.links[:place]:
        faults.append(f"link {_spoken(link)} is given twice; give it once, with the sum of both volumes")
    return faults


def _rows(what: str, given: Mapping[Any, Row], fields: tuple[str, ...], faults: list[str]) -> dict[Any, dict[str, Any]]:
    """Return the fields that are given, line by line, without empty cells."""
    if not isinstance(given, Mapping) or not all(isinstance(row, Mapping) for row in given.values()):
        raise ParameterError(f"{what} must map each name to its fields, such as {fields[0]!r}; got {given!r}")
    for label, row in given.items():
        faults += [
            f"{_spoken(label)} has no field {field!r}; choose from {', '.join(fields)}"
            for field in row
            if field not in fields
        ]
    return {label: {field: cell for field, cell in row.items() if not _is_empty(cell)} for label, row in given.items()}


def _is_empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, float) and cell != cell)  # NaN


def _column(field: str, rows: Mapping[Any, Row], faults: list[str]) -> Array:
    """Put one number of all lines on a last axis (..., lines); what is not given is 0, and a volume 1."""
    cells = []
    for label, row in rows.items():
        before = len(faults)
        given = row.get(field, float(field == "volume"))
        value = read_value(f"{field} of {_spoken(label)}", given, _RANGES[field], faults)
        cells.append(np.asarray(value if len(faults) == before else 0.0, dtype=np.float64))
    misfits = [f"{field}: {fault}" for fault in scenario_faults([cell.shape for cell in cells])]
    faults.extend(misfits)
    return np.zeros(len(rows)) if misfits or not cells else np.stack(np.broadcast_arrays(*cells), axis=-1)


def _spoken(label: Any) -> str:
    return " to ".join(map(repr, label)) if isinstance(label, tuple) else repr(label)


_RANGES: Final = ranges(BusinessModel)
