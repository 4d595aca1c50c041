"""The explorer of loyalty (M3): who buys again, who likes the firm, what each says, and what a real survey shows."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from cocreate_teach import models
from cocreate_teach.widgets import loyalty_story as story
from cocreate_teach.widgets.controls import Control, Scenario, Values, scenario_choice, slider
from cocreate_teach.widgets.explorer import Explorer
from cocreate_teach.widgets.figure import LiveFigure
from cocreate_teach.widgets.loyalty_picture import GRID, Customer, Survey, loyalty_figure, loyalty_marks
from cocreate_teach.widgets.scenarios import Example, Preset, find_presets, scenario_of
from cocreate_teach.widgets.topic import Scene

_DEFAULTS: Final = {"met": 0.32, "lock_in": 0.8, "emotional": 0.6, "barrier": 0.0, "patronage_threshold": 0.5}
EXAMPLES: Final = (
    Example(name="captive", label="Unhappy and locked in", values={}),
    Example(name="loyal", label="Likes it, comes back", values={"met": 0.75, "lock_in": 0.2}),
    Example(
        name="latent", label="Likes it, cannot buy",
        values={"met": 0.75, "lock_in": 0.1, "emotional": 0.9, "barrier": 0.6},
    ),
    Example(name="gone", label="Unhappy, free to go", values={"met": 0.2, "lock_in": 0.1}),
)  # fmt: skip
"""Four illustrative customers, one of each kind, for an explorer without a case."""

ASKED: Final = "cusa2"  # item of the survey: expectations met
ANSWERS: Final = (
    ("cusl3", "would recommend"),
    ("cusl1", "would choose it again"),
    ("cusl2", "stays if others cost less"),
)

_RANGES: Final = models.ranges(models.LoyaltyParameters)
_MET: Final = models.Range(0, 1, unit="share", label="expectations that are met")
_EMOTIONAL: Final = models.Range(0, 1, unit="share", label="emotional involvement")


def loyalty(case: str | None = None, *, preset: str | None = None) -> Explorer:
    """Explore who is loyal and who only looks loyal: move met expectations, lock-in and emotional involvement.

    Parameters
    ----------
    case : str, optional
        A case with presets for the model "loyalty". Without it, four built-in illustrative customers.
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
    >>> loyalty().headline
    'Captive: does not like the firm, yet buys again in 86 of 100 cases. Without lock-in: 32.'
    """
    return Explorer(LoyaltyTopic(find_presets("loyalty", case, preset, EXAMPLES), _survey()), preset)


@dataclass(frozen=True)
class LoyaltyTopic:
    """What the explorer of loyalty shows: one customer, and behind it what 250 real ones answered."""

    presets: tuple[Preset, ...]
    survey: Survey
    name = "loyalty"
    title = "Who is loyal, and who only looks loyal?"
    assumption = (
        "This model assumes that attitude follows met expectations, that lock-in repeats purchases whatever the "
        "attitude, and that only who is emotionally involved speaks."
    )

    @cached_property
    def figure(self) -> LiveFigure:
        """Left who buys again, right what the customer says and the survey."""
        return loyalty_figure(self.survey)

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """Scenario, satisfaction, lock-in, emotional involvement, barrier; the threshold folded."""
        return (
            scenario_choice(self.scenarios, self.scenarios[0].name),
            slider("met", _MET, _DEFAULTS["met"], help="Above 0.5 this customer likes the firm"),
            slider("lock_in", _RANGES["lock_in"], _DEFAULTS["lock_in"],
                   help="Purchases repeated whatever the customer thinks: habits, contracts, costs of switching"),
            slider("emotional", _EMOTIONAL, _DEFAULTS["emotional"], help="Who does not care says nothing"),
            slider("barrier", _RANGES["barrier"], _DEFAULTS["barrier"], label="barrier",
                   help="Purchases that the situation prevents: no money, no shop, out of stock"),
            slider("patronage_threshold", _RANGES["patronage_threshold"], _DEFAULTS["patronage_threshold"],
                   fold="More", label="buying again that counts as often"),
        )  # fmt: skip

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The presets, as values of the controls; what a preset does not say is as in the first example."""
        return tuple(
            scenario_of(
                preset,
                {
                    **{name: float(preset.values.get(name, default)) for name, default in _DEFAULTS.items()},
                },
            )
            for preset in self.presets
        )

    def scene(self, values: Values) -> Scene:
        """Compute buying again and what is said over all met expectations, and for this customer; draw and tell it."""
        met, lock_in, emotional, barrier, threshold = (float(values[name]) for name in _DEFAULTS)
        attitudes = models.attitude(np.append(GRID, met))
        # Rows: this customer as it is, not locked in, and not kept away.
        every = models.LoyaltyParameters(
            attitude=attitudes,
            lock_in=np.array([[lock_in], [0.0], [lock_in]]),
            barrier=np.array([[barrier], [barrier], [0.0]]),
            patronage_threshold=threshold,
        )
        again = models.repeat_patronage(every)
        quadrants = models.loyalty_quadrant(every)[0]
        said = models.word_of_mouth_weight(emotional, attitudes)
        customer = Customer(
            met=met, lock_in=lock_in, barrier=barrier, emotional=emotional, threshold=threshold,
            again=again[:, -1], attitude=float(attitudes[-1]), said=float(said[-1]), quadrant=str(quadrants[-1]),
            needed=float(models.lock_in_threshold(every)[0, -1]),
            curve=again[0, :-1], free=again[1, :-1], words=said[:-1], involved=attitudes[:-1],
            quadrants=tuple(str(name) for name in quadrants[:-1]),
        )  # fmt: skip
        numbers, texts = loyalty_marks(customer, self.survey)
        return Scene(
            numbers=numbers,
            texts=texts,
            headline=story.headline(customer),
            alt=story.alternative_text(customer, self.survey),
            key_numbers=story.key_numbers(customer, self.survey),
            table=story.table(customer),
        )


def _survey() -> Survey:
    """Return how real answers go together with the answer about met expectations."""
    from cocreate_teach.cases import load_case

    reference = load_case("reference")
    asked = reference.table("ecsi_correlations").set_index("variable")[ASKED]
    persons = reference.table("ecsi_items").set_index("variable")["n"]
    return Survey(
        answers=tuple(answer for _, answer in ANSWERS),
        correlations=np.array([float(asked[item]) for item, _ in ANSWERS]),
        persons=int(persons[ASKED]),
        status=str(reference.metadata["tables"]["ecsi_correlations"]["status"]),
    )
