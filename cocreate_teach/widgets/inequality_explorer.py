"""The explorer of inequality (M7): newcomers and those who go on; how few make how much, and who is counted."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.widgets import inequality_story as story
from cocreate_teach.widgets.controls import Choice, Control, Scenario, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.inequality_picture import (
    EDITS,
    PEOPLE,
    Concentration,
    Floats,
    RealMonth,
    inequality_figure,
    inequality_marks,
)
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, scenario_of
from cocreate_teach.widgets.topic import Pace, Scene

EXAMPLES: Final = (
    Example(
        name="wiki", label="A wiki that twenty people begin",
        values={"openness": 0.04, "seed_editors": 20, "edits": 20_000},
    ),
    Example(
        name="founder", label="A wiki that one person begins",
        values={"openness": 0.04, "seed_editors": 1, "edits": 20_000},
    ),
    Example(
        name="open", label="Every second edit is a newcomer's",
        values={"openness": 0.5, "seed_editors": 20, "edits": 20_000},
    ),
)  # fmt: skip
"""Three illustrative scenarios for an explorer without a case."""

_RANGES: Final = models.ranges(models.SimonParameters)
_TOP: Final = models.Range(0.1, 20, unit="%", label="the most active: how many", step=0.1)
_READERS: Final = models.Range(0, 0.99, unit="share", label="people who never edit", step=0.01)
_CHANCE: Final = models.Range(1, 50, unit="run", label="another run of chance", step=1)
_SIZES: Final = (2_000, 20_000, 200_000, 1_750_000)
_LIVE: Final = 20_000  # edits that a run may have while a slider moves
_RELEASE: Final = 200_000


def inequality(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore who makes the edits: move the chance of newcomers, the beginning and the base that is counted.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "inequality". Without it, three illustrative scenarios.
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
        If there is no preset of this name.

    Examples
    --------
    >>> inequality(preset="open").headline
    'The most active 1% of 10,039 contributors make 13 of 100 edits. Yet nobody in this model is better than others.'
    """
    presets = find_presets("inequality", case, preset, EXAMPLES)
    return Explorer(InequalityTopic(presets, _month_of(case)), preset)


@dataclass(frozen=True)
class InequalityTopic:
    """What the explorer of inequality shows. A run is drawn once and kept, so that the base is free to move."""

    presets: tuple[Preset, ...]
    real: RealMonth | None = None
    name = "inequality"
    title = "How few make how much, although everybody is welcome?"
    assumption = (
        "This model assumes that an edit is the first one of somebody new with a fixed chance, that otherwise the "
        "author of an earlier edit, drawn by lot, edits again, and that nobody is better than others or stops."
    )

    @cached_property
    def figure(self) -> LiveFigure:
        """Left the Lorenz curve, right the tail."""
        return inequality_figure(self.real)

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, who is counted, what makes the run; chance."""
        sizes = tuple((str(size), f"{size:,}") for size in _SIZES)
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            slider("openness", _RANGES["openness"], 0.04, low=0.01, high=0.9, label="edits by newcomers",
                   help="Chance that an edit is somebody's first: a result, not a permission"),
            slider("top", _TOP, 1.0),
            slider("readers", _READERS, 0.0, help="Counted beside the contributors, as a share of all people"),
            slider("seed_editors", _RANGES["seed_editors"], 20, high=2_000, label="editors at the beginning"),
            Choice(name="edits", label="edits of the run", options=sizes, value=str(_LIVE)),
            slider("chance", _CHANCE, 1, help="The same rule, drawn by lot again"),
        )  # fmt: skip

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls."""
        return tuple(
            scenario_of(
                preset,
                {
                    "openness": float(preset.values["openness"]),
                    "seed_editors": float(preset.values["seed_editors"]),
                    "edits": str(preset.values["edits"]),
                    "top": float(preset.values.get("top", 1.0)),
                    "readers": float(preset.values.get("readers", 0.0)),
                    "chance": 1.0,
                },
            )
            for preset in self.presets
        )

    def parameters(self, values: Values) -> models.SimonParameters:
        """Turn control values into parameters of the model."""
        return models.SimonParameters(
            openness=float(values["openness"]), seed_editors=float(round(float(values["seed_editors"])))
        )

    def pace(self, values: Values) -> Pace:
        """Follow a hand where the run is short or drawn already."""
        size = int(values["edits"])
        if size <= _LIVE or self._key(values) in self._runs:
            return "live"
        return "release" if size <= _RELEASE else "run"

    def effort(self, values: Values) -> str:
        """Say what a long run takes."""
        return f"a run of {int(values['edits']):,} edits takes about a second"

    def run(self, values: Values, progress: Callable[[float, str], None]) -> Scene:
        """Draw a long run."""
        progress(0.1, "drawing the edits")
        self._counts(values)
        progress(0.9, "counting")
        return self.scene(values)

    def scene(self, values: Values) -> Scene:
        """Draw or recall the run, measure it with those who are counted; draw and tell it."""
        parameters, counts = self.parameters(values), self._counts(values)
        top, share = round(float(values["top"]), 1) / 100.0, float(values["readers"])
        readers = len(counts) * share / (1.0 - share)
        wanted = np.concatenate([1.0 - PEOPLE, [top], story.TOLD])
        held = models.top_share(counts, wanted, readers=readers)
        found = Concentration(
            held=1.0 - held[: PEOPLE.size],
            tail=1.0 - np.searchsorted(counts, EDITS) / len(counts),
            long_run=models.yule_simon_tail(parameters, EDITS - 1.0),
            top=top,
            top_held=float(held[PEOPLE.size]),
            readers=share,
        )
        size = int(values["edits"])
        drawn = story.Run(
            contributors=len(counts),
            gini=float(models.gini(counts)),
            gini_all=float(models.gini(counts, readers=readers)),
            gini_long=float(models.yule_simon_gini(parameters)),
            first=self._first[self._key(values)] / size,
            first_mean=float(models.first_editor_share(parameters, size)),
            told=held[PEOPLE.size + 1 :],
        )
        numbers, texts = inequality_marks(found, self.real)
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=story.headline(found, drawn, self.real),
            alt=story.alternative_text(found, drawn, self.real),
            key_numbers=story.key_numbers(found, drawn, self.real),
            table=story.table(found, drawn, self.real),
        )

    @cached_property
    def _runs(self) -> dict[tuple[float, int, int, int], Floats]:
        return {}

    @cached_property
    def _first(self) -> dict[tuple[float, int, int, int], float]:
        return {}

    @staticmethod
    def _key(values: Values) -> tuple[float, int, int, int]:
        whole = (round(float(values[name])) for name in ("seed_editors", "edits", "chance"))
        return (float(values["openness"]), *whole)  # type: ignore[return-value]

    def _counts(self, values: Values) -> Floats:
        """Return the edits of each contributor in ascending order; the last run is kept."""
        key = self._key(values)
        if key not in self._runs:
            rng = np.random.default_rng(key[3])
            counts = models.sample_simon_process(self.parameters(values), key[2], rng=rng)
            self._runs.clear()
            self._first.clear()
            self._first[key] = float(counts[0])
            self._runs[key] = np.sort(counts)
        return self._runs[key]


def _month_of(case: str | None) -> RealMonth | None:
    """Return the real month of a case, where it has one: registered users, edits of articles."""
    if case is None:
        return None
    from cocreate_teach.cases import load_case

    loaded = load_case(case)
    if not {"spread", "lorenz", "facts"} <= set(loaded.metadata["tables"]):
        return None
    spread, lorenz, facts = (loaded.table(name) for name in ("spread", "lorenz", "facts"))
    own = spread[(spread["user_type"] == "registered") & (spread["page_type"] == "article")]
    said = facts[facts["fact_id"].isin(["W36", "W37"])]
    people = [float(re.findall(r"([\d.]+) percent", text)[0]) / 100 for text in said["measure"]]
    editors = own["n_editors"].to_numpy(dtype=float)
    return RealMonth(
        people=lorenz["share_of_editors"].to_numpy(dtype=float),
        edits=lorenz["share_of_edits"].to_numpy(dtype=float),
        at_least=own["min_edits_in_month"].to_numpy(dtype=float),
        share=editors / editors[0],
        said_people=np.array(people),
        said_edits=said["value"].to_numpy(dtype=float) / 100,
        label=f"one month of {str(own['month'].iloc[0])[:4]}",
    )
