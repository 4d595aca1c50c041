"""The explorer of word of mouth (M3): who talks to whom, what adopters say, and how far a recommendation travels."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.widgets import word_of_mouth_story as story
from cocreate_teach.widgets.controls import Choice, Control, Scenario, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, scenario_of
from cocreate_teach.widgets.topic import Pace, Scene
from cocreate_teach.widgets.word_of_mouth_picture import PERIODS, Talk, word_of_mouth_figure, word_of_mouth_marks
from cocreate_teach.widgets.word_of_mouth_runs import Runs, exact_path, setting_of

SIZES: Final = (200, 2_000, 10_000, 100_000, 1_000_000)
NETWORKS: Final = (
    ("ring", "neighbours only"),
    ("bridges", "neighbours, and 5% bridges"),
    ("random", "links at random"),
    ("hubs", "a few hubs know many"),
    ("all", "everybody talks to everybody"),
)
_LIVE: Final = 10_000
_MEGABYTES: Final = (40, 20)  # while a network of a million is made: these, and so many for each contact (measured)

_DEFAULTS: Final[dict[str, Any]] = {
    "recommendation": 0.8, "network": "ring", "contacts": 6.0, "innovation": 0.002, "period": 20.0, "size": "2000",
    "imitation": 0.6, "silent": 0.0, "seed": 1.0,
}  # fmt: skip
EXAMPLES: Final = (
    Example(name="neighbours", label="Neighbours talk", values={}),
    Example(name="bridges", label="Neighbours, few bridges", values={"network": "bridges"}),
    Example(name="hubs", label="A few hubs know many", values={"network": "hubs"}),
    Example(name="half_silent", label="Half say nothing", values={"silent": 0.5}),
    Example(name="warned", label="Adopters warn", values={"recommendation": -0.8, "innovation": 0.05}),
)
"""Five illustrative scenarios for an explorer without a case."""

_RANGES: Final = models.ranges(models.WordOfMouthParameters)
_CONTACTS: Final = models.Range(2, 20, unit="contacts", label="contacts of each, on average", step=2)
_PERIOD: Final = models.Range(0, PERIODS, unit="period", label="look at period", step=1)
_SILENT: Final = models.Range(0, 1, unit="share", label="adopters who say nothing")
_SEED: Final = models.Range(0, 99, label="seed of chance", step=1)


def word_of_mouth(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore how far a recommendation travels: change what adopters say and who talks to whom.

    Up to 10,000 stakeholders follow the hand, 100,000 follow when it lets go, 1,000,000 wait for Run.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "word_of_mouth". Without it, built-in illustrative scenarios.
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
    >>> word_of_mouth().headline
    'After 20 periods 35 in 100 have adopted. If everybody talked to everybody, about 98 would have.'
    """
    return Explorer(WordOfMouthTopic(find_presets("word_of_mouth", case, preset, EXAMPLES)), preset)


@dataclass(frozen=True)
class WordOfMouthTopic:
    """What the explorer of word of mouth shows."""

    presets: tuple[Preset, ...]
    name = "word_of_mouth"
    title = "How far does a recommendation travel?"
    assumption = (
        "This model assumes that all contacts count equally, that the chance to adopt depends on the share of contacts "
        "who have adopted, and that nobody gives the product back."
    )

    @cached_property
    def figure(self) -> LiveFigure:
        """Left the share of adopters, right some of the stakeholders."""
        return word_of_mouth_figure()

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, what adopters say, who talks to whom, who starts, when we look; the rest folded."""
        sizes = tuple((str(size), f"{size:,}") for size in SIZES)
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            slider("recommendation", _RANGES["recommendation"], _DEFAULTS["recommendation"], label="adopters say",
                   help="1: all recommend; 0: all are silent; −1: all warn"),
            Choice(name="network", label="who talks to whom", options=NETWORKS, value=_DEFAULTS["network"]),
            slider("contacts", _CONTACTS, _DEFAULTS["contacts"]),
            slider("innovation", _RANGES["innovation"], _DEFAULTS["innovation"], high=0.1,
                   label="adopt without being told",
                   help="Chance in each period, for example through advertising"),
            slider("period", _PERIOD, _DEFAULTS["period"]),
            Choice(name="size", label="stakeholders", options=sizes, value=_DEFAULTS["size"],
                   help="1,000,000 need some seconds"),
            slider("imitation", _RANGES["imitation"], _DEFAULTS["imitation"], high=0.9, fold="More",
                   label="how much the word of contacts counts",
                   help="Added to the chance when all contacts have adopted and recommend"),
            slider("silent", _SILENT, _DEFAULTS["silent"], fold="More", help="Chosen by chance"),
            slider("seed", _SEED, _DEFAULTS["seed"], fold="More", help="Another number: other luck, same rules"),
        )  # fmt: skip

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls; what a preset does not say is as in the first example."""
        return tuple(
            scenario_of(
                preset,
                {
                    **{name: type(default)(preset.values.get(name, default)) for name, default in _DEFAULTS.items()},
                },
            )
            for preset in self.presets
        )

    def pace(self, values: Values) -> Pace:
        """Follow the hand up to 10,000; a million waits for Run, unless only another period is looked at."""
        setting = setting_of(values)
        if setting.size <= _LIVE:
            return "live"
        return "release" if setting.size < SIZES[-1] or setting in self.runs.results else "run"

    def effort(self, values: Values) -> str:
        """Say what a run takes."""
        setting = setting_of(values)
        contacts = 0 if setting.network == "all" else setting.contacts
        fixed, each = _MEGABYTES
        return (
            f"{setting.size:,} stakeholders take {max(2, contacts // 2)} seconds or more, and up to "
            f"{fixed + each * contacts} MB of memory."
        )

    def run(self, values: Values, progress: Callable[[float, str], None]) -> Scene:
        """Make the network and run it, period by period."""
        progress(0.0, "making the network")
        self.runs.get(
            setting_of(values),
            progress=lambda done, total: progress(done / total, f"period {done} of {total}"),
            making=lambda done, total: progress(0.0, f"making the network, step {done} of {total} done"),
        )
        return self.scene(values)

    def scene(self, values: Values) -> Scene:
        """Run the network, or take a run that is kept; draw and tell it at one period."""
        setting = setting_of(values)
        run = self.runs.get(setting)
        bass = models.BassParameters(
            innovation=setting.innovation,
            imitation=setting.imitation,
            recommendation=np.array([setting.mean_recommendation, 0.0]),
        )
        everybody, nobody = models.bass_path(bass, PERIODS)
        talk = Talk(
            period=round(float(values["period"])), size=setting.size, network=setting.network,
            recommendation=setting.mean_recommendation, imitation=setting.imitation, innovation=setting.innovation,
            share=run.share, adopted_in=run.adopted_in, everybody=everybody, nobody=nobody,
            exact=exact_path(setting),
        )  # fmt: skip
        numbers, texts = word_of_mouth_marks(talk)
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=story.headline(talk),
            alt=story.alternative_text(talk),
            key_numbers=story.key_numbers(talk),
            table=story.table(talk),
        )

    @cached_property
    def runs(self) -> Runs:
        """The last network and results."""
        return Runs()
