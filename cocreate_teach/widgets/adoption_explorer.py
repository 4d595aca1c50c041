"""The explorer of adoption (M6): groups adopt at their own pace, and pairs between them are one-sided meanwhile."""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.errors import ParameterError
from cocreate_teach.widgets import adoption_story as story
from cocreate_teach.widgets.adoption_picture import (
    GRID,
    Adoption,
    Floats,
    Surveys,
    adoption_figure,
    adoption_marks,
    hidden,
)
from cocreate_teach.widgets.controls import Choice, Control, Scenario, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, scenario_of
from cocreate_teach.widgets.topic import Scene

_GROUPS: Final = models.ADOPTION_EXAMPLE.stakeholders
_P: Final = dict(zip(_GROUPS, np.asarray(models.ADOPTION_EXAMPLE.innovation).tolist(), strict=True))
_Q: Final = dict(zip(_GROUPS, np.asarray(models.ADOPTION_EXAMPLE.imitation).tolist(), strict=True))
EXAMPLES: Final = (
    Example(name="four", label="Four groups in health care", values={"innovation": _P, "imitation": _Q}),
    Example(
        name="two",
        label="Physicians and patients only",
        values={"innovation": _P, "imitation": _Q, "pairs": "physicians and patients"},
    ),
)
"""The model's own example, for an explorer without a case."""

_RANGES: Final = models.ranges(models.AdoptionParameters)
_ORIGINS: Final = models.Range(1986, 2000, unit="year", label="period 0 is the year", step=1)
ALL: Final = "all"
WITHIN: Final = "within"


def adoption(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore who adopts when: move the pace of each group, and see how many pairs are one-sided, and for how long.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "adoption". Without it, the model's own illustrative example.
    preset : str, optional
        The scenario to start with; the first if not given.

    Returns
    -------
    Explorer

    Raises
    ------
    CaseError
        If the case is unknown or has no preset for this model.
    ParameterError
        If there is no preset of this name, or the presets do not share their groups, at least two.

    Examples
    --------
    >>> adoption().headline
    'One-sided pairs are most frequent in period 10: 53 in 100. By then 25 in 100 are linked.'
    """
    presets = find_presets("adoption", case, preset, EXAMPLES)
    return Explorer(AdoptionTopic(presets, *_data_of(case)), preset)


@dataclass(frozen=True)
class AdoptionTopic:
    """What the explorer of adoption shows; `invented` maps a kind of pair to periods and one-sided shares."""

    presets: tuple[Preset, ...]
    surveys: Surveys | None = None
    invented: dict[str, Floats] | None = None
    name = "adoption"
    title = "Who adopts when, and how long do pairs stay one-sided?"
    assumption = (
        "This model assumes that groups adopt independently of each other, each at its own pace, that everybody adopts "
        "in the end, and that partners meet by chance."
    )

    def __post_init__(self) -> None:
        names = {tuple(preset.values["imitation"]) for preset in self.presets}
        if len(names) != 1 or len(self.stakeholders) < 2:
            raise ParameterError(
                "the presets of this explorer must share the same groups, at least two; "
                f"got {' and '.join(', '.join(one) for one in sorted(names))}; give them the same list"
            )

    @cached_property
    def stakeholders(self) -> tuple[str, ...]:
        """Names of the groups, in the order of the picture."""
        return tuple(self.presets[0].values["imitation"])

    @cached_property
    def pairs(self) -> dict[str, tuple[str, str]]:
        """Kinds of pairs between two groups, by name."""
        return {f"{one} and {other}": (one, other) for one, other in combinations(self.stakeholders, 2)}

    @cached_property
    def figure(self) -> LiveFigure:
        """Left the groups, right the pairs."""
        return adoption_figure(self.stakeholders, self.surveys, len(self._network[ALL]) if self._network else 0)

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, which pairs, the imitation of each group, the year of period 0; innovation folded."""
        kinds = ((ALL, "all kinds of pairs"), *((kind, kind) for kind in self.pairs))
        own = ((WITHIN, f"two {self.stakeholders[0]}"),)
        last = (slider("origin", _ORIGINS, 2000, help="When nobody had adopted: nobody knows it"),)
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            Choice(name="pairs", label="pairs counted", options=(kinds[0], *own, *kinds[1:]), value=ALL,
                   help="Only the groups of these pairs are drawn and matter"),
            *(slider(f"imitation_{group}", _RANGES["imitation"], 0.3, high=1.0, label=f"{group}: imitation q",
                     help="How strongly those who have adopted draw in others") for group in self.stakeholders),
            *(last if self.surveys is not None else ()),
            *(slider(f"innovation_{group}", _RANGES["innovation"], 0.01, low=0.001, high=0.1,
                     label=f"{group}: innovation p", fold="Who starts by itself") for group in self.stakeholders),
        )  # fmt: skip

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls."""
        found = []
        for preset in self.presets:
            values: dict[str, float | str] = {"pairs": str(preset.values.get("pairs", ALL))}
            for field in ("imitation", "innovation"):
                values |= {f"{field}_{group}": float(value) for group, value in preset.values[field].items()}
            if self.surveys is not None:
                values["origin"] = float(preset.values.get("origin", 2000))
            found.append(scenario_of(preset, values))
        return tuple(found)

    def parameters(self, values: Values) -> models.AdoptionParameters:
        """Turn control values into parameters of the model, with the groups of the chosen pairs."""
        groups = self._counted(str(values["pairs"]))
        names = groups if len(set(groups)) == len(groups) else (groups[0], f"other {groups[1]}")
        return models.AdoptionParameters(
            stakeholders=names,
            innovation=np.array([float(values[f"innovation_{group}"]) for group in groups]),
            imitation=np.array([float(values[f"imitation_{group}"]) for group in groups]),
        )

    def scene(self, values: Values) -> Scene:
        """Compute shares, states of pairs and waiting times; draw and tell them."""
        parameters = self.parameters(values)
        kind = str(values["pairs"])
        groups = self._counted(kind)
        shares = np.full((GRID.size, len(self.stakeholders)), np.nan)
        shares[:, [self.stakeholders.index(group) for group in groups]] = models.adoption_share(parameters, GRID)
        linked, one_sided = models.linked_pairs(parameters, GRID), models.one_sided_pairs(parameters, GRID)
        neither = np.maximum(models.unlinked_pairs(parameters, GRID) - one_sided, 0.0)
        origin = float(values["origin"]) if self.surveys is not None else None
        found = Adoption(
            shares=shares,
            states=np.column_stack([linked, one_sided, neither]),
            peak=int(np.argmax(one_sided)),
            elapsed=self.surveys.years - origin if self.surveys is not None and origin is not None else np.empty(0),
            invented=self._invented(str(values["scenario"]), kind),
            is_within=kind == WITHIN,
        )
        now = _waiting(parameters)
        told = "pairs" if kind == ALL else f"pairs of {kind if kind != WITHIN else f'two {self.stakeholders[0]}'}"
        numbers, texts = adoption_marks(self.stakeholders, found, self.surveys)
        if self._network:
            numbers["invented"] = found.invented if len(found.invented) else hidden(len(self._network[ALL]))
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=story.headline(found, now, self._start(str(values["scenario"]), kind), origin),
            alt=story.alternative_text(self.stakeholders, found, told, now, self.surveys, origin),
            key_numbers=story.key_numbers(found, now, self._misses(parameters, groups, found.elapsed)),
            table=story.table(self.stakeholders, found),
        )

    @cached_property
    def _network(self) -> dict[str, Floats]:
        return self.invented or {}

    @cached_property
    def _starts(self) -> dict[tuple[str, str], story.Waiting]:
        return {}

    def _start(self, scenario: str, kind: str) -> story.Waiting:
        """Return the waiting times with the paces of a scenario, for the kind of pairs that is counted now."""
        key = (scenario, kind)
        if key not in self._starts:
            values = next(entry for entry in self.scenarios if entry.name == scenario).values
            self._starts[key] = _waiting(self.parameters({**values, "pairs": kind}))
        return self._starts[key]

    def _counted(self, kind: str) -> tuple[str, ...]:
        if kind == WITHIN:
            return (self.stakeholders[0], self.stakeholders[0])
        return self.stakeholders if kind == ALL else self.pairs[kind]

    def _invented(self, scenario: str, kind: str) -> Floats:
        """Return the invented network behind the scenario that made it."""
        preset = next(preset for preset in self.presets if preset.name == scenario)
        return self._network.get(kind, np.empty((0, 2))) if preset.values.get("network") else np.empty((0, 2))

    def _misses(
        self, parameters: models.AdoptionParameters, groups: tuple[str, ...], elapsed: Floats
    ) -> tuple[float, float] | None:
        """Return how far curve and surveys lie apart on average, in points: up to what was known in 2008, and after."""
        if self.surveys is None or self.surveys.group not in groups:
            return None
        curve = models.adoption_share(parameters, elapsed)[:, groups.index(self.surveys.group)]
        apart = 100 * np.abs(curve - self.surveys.shares)
        known = self.surveys.years <= story.KNOWN_UNTIL
        return float(apart[known].mean()), float(apart[~known].mean())


def _waiting(parameters: models.AdoptionParameters) -> story.Waiting:
    """Return both waiting times from one integral: |T1 - T2| = 2 max(T1, T2) - T1 - T2."""
    unlinked = float(models.unlinked_time(parameters))
    both = np.asarray(parameters.pair_weight).sum(axis=0) @ models.adoption_mean_time(parameters)
    return story.Waiting(unlinked=unlinked, one_sided=2.0 * unlinked - float(both))


def _data_of(case: str | None) -> tuple[Surveys | None, dict[str, Floats] | None]:
    """Return the surveys of physicians and the invented network of a case, where it has them."""
    if case is None:
        return None, None
    from cocreate_teach.cases import load_case

    loaded = load_case(case)
    tables = loaded.metadata["tables"]
    surveys, network = None, None
    if "physicians" in tables:
        rows = loaded.table("physicians")
        asked = rows[rows["any_interviews_pct"].notna() | rows["any_mail_pct"].notna()]
        surveys = Surveys(
            group="physicians",
            years=asked["year"].to_numpy(dtype=float),
            shares=asked["any_ehr_pct"].to_numpy(dtype=float) / 100,
            by_letter=asked["any_mail_pct"].notna().to_numpy(),
            not_fielded=tuple(rows.loc[rows["any_ehr_pct"].notna() & ~rows.index.isin(asked.index), "year"]),
        )
    if "pairs" in tables:
        rows = loaded.table("pairs").replace({"pair": {"all kinds": ALL}})
        network = {
            str(kind): part[["period", "one_sided"]].to_numpy(dtype=float) for kind, part in rows.groupby("pair")
        }
    return surveys, network
