"""Presets of a case, or built-in examples, as the scenarios of an explorer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from cocreate_teach.errors import CaseError, ParameterError
from cocreate_teach.widgets.controls import Scenario

_CUSTOMERS: Final = ("customer", "consumer", "client", "patient", "reader", "student")
_FIRMS: Final = ("management", "firm", "producer", "bank", "hospital")
_OTHERS: Final = ("other_1", "other_2", "reference")


class Preset(Protocol):
    """What an explorer needs of a preset of a case."""

    @property
    def name(self) -> str:
        """Its key."""

    @property
    def label(self) -> str:
        """What a reader sees."""

    @property
    def status(self) -> str:
        """One of `style.STATUSES`."""

    @property
    def source(self) -> str:
        """Where the numbers come from."""

    @property
    def values(self) -> Mapping[str, Any]:
        """Stakeholders and parameters, by name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A built-in preset, for an explorer without a case."""

    name: str
    label: str
    values: Mapping[str, Any]
    status: str = "illustrative"
    source: str = "chosen for this explorer"


def find_presets(model: str, case: str | None, preset: str | None, examples: Sequence[Preset]) -> tuple[Preset, ...]:
    """Return the presets of a case for one model, or the examples if there is no case.

    Raises
    ------
    CaseError
        If the case is unknown or has no preset for the model.
    ParameterError
        If none of them has the name `preset`.
    """
    if case is None:
        found = tuple(examples)
    else:
        from cocreate_teach.cases import load_case

        found = tuple(entry for entry in load_case(case).presets.values() if entry.model == model)
        if not found:
            raise CaseError(
                f"the case {case!r} has no preset for the model {model!r}; "
                "leave out case= to explore the built-in example"
            )
    names = [entry.name for entry in found]
    if preset is not None and preset not in names:
        where = f"the case {case!r}" if case else "the built-in example"
        raise ParameterError(
            f"{where} has no preset {preset!r} for this explorer; it has {', '.join(names)}: choose one"
        )
    return found


def scenario_of(preset: Preset, values: Mapping[str, float | str]) -> Scenario:
    """Return a preset as a scenario that sets these controls."""
    return Scenario(
        name=preset.name, label=preset.label, status=preset.status, source=preset.source,
        values={**values, "scenario": preset.name},
    )  # fmt: skip


def check_same_stakeholders(presets: Sequence[Preset]) -> None:
    """Refuse presets of different stakeholders.

    Raises
    ------
    ParameterError
        If they do not share one list.
    """
    names = {tuple(preset.values["stakeholders"]) for preset in presets}
    if len(names) != 1:
        raise ParameterError(
            "the presets of this explorer must share the same stakeholders; "
            f"got {' and '.join(', '.join(one) for one in sorted(names))}; give them the same list"
        )


def named_pairs(entries: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], float]:
    """Turn ``[{between = [a, b], value = x}, ...]`` into a mapping of pairs."""
    return {(str(entry["between"][0]), str(entry["between"][1])): float(entry["value"]) for entry in entries}


def roles_of(stakeholders: Sequence[str]) -> dict[str, str]:
    """Give each stakeholder a role of `style.ROLES`: customers, the firm, and the others in their order.

    Examples
    --------
    >>> roles_of(["customer", "junior adviser", "management"])
    {'customer': 'customer', 'junior adviser': 'other_1', 'management': 'firm'}
    """
    roles: dict[str, str] = {}
    others = 0
    for name in stakeholders:
        if any(word in name.lower() for word in _CUSTOMERS):
            roles[name] = "customer"
        elif any(word in name.lower() for word in _FIRMS):
            roles[name] = "firm"
        else:
            roles[name] = _OTHERS[min(others, len(_OTHERS) - 1)]
            others += 1
    return roles
