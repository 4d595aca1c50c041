"""The power-interest map, the classes of salience, and whose support counts (M4)."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.engagement import ENGAGEMENT_EXAMPLE, engagement_equilibrium
from cocreate_teach.models.stakeholder_map import (
    EXTERNAL_AUDIENCES,
    POWER_INTEREST_CELLS,
    SALIENCE_CLASSES,
    power_interest_cell,
    salience,
    salience_class,
    supporting_power,
)
from tests.strategies import eighths, engagement_parameters

SHARES = st.floats(0, 1, allow_subnormal=False) | st.sampled_from([0.0, 0.5, 1.0])
GROUP = st.integers(1, 6).flatmap(lambda k: st.tuples(*[st.lists(SHARES, min_size=k, max_size=k).map(np.array)] * 3))

# Mitchell, Agle & Wood (1997), AMR 22(4), 853-886; status: published, seen as cited in a table of 2024-25 whose source
# line is "Mitchell et al. (1997)" (nowpublishers.com, table 112556217). The first line is our name for "nothing".
PUBLISHED_CLASSES = {
    (): "non-stakeholder",
    ("power",): "dormant",
    ("legitimacy",): "discretionary",
    ("urgency",): "demanding",
    ("power", "legitimacy"): "dominant",
    ("power", "urgency"): "dangerous",
    ("legitimacy", "urgency"): "dependent",
    ("power", "legitimacy", "urgency"): "definitive",
}


@pytest.mark.parametrize(
    ("power", "interest", "cell"),
    [
        (0.9, 0.9, "manage closely"),
        (0.9, 0.1, "keep satisfied"),
        (0.1, 0.9, "keep informed"),
        (0.1, 0.1, "monitor"),
    ],
)
def test_the_four_cells_of_the_map(power, interest, cell):
    """Exhaustive: high or low power, high or low interest."""
    assert power_interest_cell(power, interest) == cell


@pytest.mark.parametrize(("held", "name"), PUBLISHED_CLASSES.items())
def test_the_eight_classes_of_salience(held, name):
    """Exhaustive over 2^3; salience is the number of attributes that are high."""
    attributes = {attribute: float(attribute in held) for attribute in ("power", "legitimacy", "urgency")}
    assert salience_class(**attributes) == name
    assert salience(**attributes) == len(held)


def test_every_class_and_every_cell_is_reached_once():
    """No name is left over and none is used twice: the typologies are partitions."""
    power, legitimacy, urgency = np.array(list(product([0, 1], repeat=3))).T
    assert sorted(salience_class(power, legitimacy, urgency)) == sorted(SALIENCE_CLASSES)
    assert sorted(power_interest_cell([0, 0, 1, 1], [0, 1, 0, 1])) == sorted(POWER_INTEREST_CELLS)


def test_classes_are_listed_by_salience():
    """So that a picture or a table can be sorted by the place in the tuple."""
    power, legitimacy, urgency = np.array(list(product([0, 1], repeat=3))).T
    count = dict(
        zip(salience_class(power, legitimacy, urgency), salience(power, legitimacy, urgency).tolist(), strict=True)
    )
    assert [count[name] for name in SALIENCE_CLASSES] == [0, 1, 1, 1, 2, 2, 2, 3]


def test_a_stakeholder_on_the_threshold_counts_as_high():
    """Documented (>=): the supplier of the example has exactly one half of both."""
    assert power_interest_cell(0.5, 0.5) == "manage closely"
    assert salience_class(0.5, np.nextafter(0.5, 0), 0.5) == "dangerous"
    assert salience(0.3, 0.3, 0.3, threshold=0.3) == 3
    assert power_interest_cell(ENGAGEMENT_EXAMPLE.power, ENGAGEMENT_EXAMPLE.interest).tolist() == [
        "keep informed",
        "keep informed",
        "manage closely",
        "manage closely",
        "keep satisfied",
    ]


@given(SHARES, SHARES, SHARES)
def test_the_quadrants_partition_the_square(power, interest, threshold):
    """Each point lies in exactly one cell, the one that its two comparisons name."""
    cell = power_interest_cell(power, interest, threshold)
    assert (cell in ("keep satisfied", "manage closely")) == (power >= threshold)
    assert (cell in ("keep informed", "manage closely")) == (interest >= threshold)


@given(GROUP, GROUP, SHARES)
def test_more_of_an_attribute_never_lowers_salience(group, more, threshold):
    """And a higher bar never raises it."""
    k = min(group[0].size, more[0].size)
    low = [values[:k] for values in group]
    high = [np.maximum(values, others[:k]) for values, others in zip(low, more, strict=True)]
    assert (salience(*high, threshold) >= salience(*low, threshold)).all()
    assert (salience(*low, threshold) >= salience(*low, 1.0)).all()


@given(GROUP, st.lists(SHARES, min_size=1, max_size=4))
def test_scenarios_in_one_call_equal_one_call_per_scenario(group, thresholds):
    """One threshold per scenario: shape (..., 1)."""
    column = np.array(thresholds)[:, np.newaxis]
    cells, classes, counts = (
        power_interest_cell(*group[:2], column),
        salience_class(*group, column),
        salience(*group, column),
    )
    for i, threshold in enumerate(thresholds):
        assert cells[i].tolist() == power_interest_cell(*group[:2], threshold).tolist()
        assert classes[i].tolist() == salience_class(*group, threshold).tolist()
        assert counts[i].tolist() == salience(*group, threshold).tolist()


@given(engagement_parameters(), st.data())
def test_those_to_be_kept_informed_lose_more_voice_than_those_to_be_kept_satisfied(parameters, data):
    """Full centralisation costs I (1 - P): above 1/4 in one cell, below in the other, whatever the numbers."""
    free, bound = (engagement_equilibrium(replace(parameters, centralisation=z)) for z in (0, 1))
    cells = power_interest_cell(parameters.power, parameters.interest)
    assert free - bound == pytest.approx(parameters.interest * (1 - parameters.power))
    assert ((free - bound)[cells == "keep informed"] > 0.25).all()
    assert ((free - bound)[cells == "keep satisfied"] < 0.25).all()


def test_the_six_audiences_are_those_of_text_a():
    """In the order of the sentence on external communication, "B-B" first."""
    sentence = "B-B, business to potential customers, suppliers, investors, shareholders and society at large"
    assert len(EXTERNAL_AUDIENCES) == len(set(EXTERNAL_AUDIENCES)) == 6
    places = [sentence.index(audience) for audience in EXTERNAL_AUDIENCES[1:]]
    assert places == sorted(places)


def test_the_support_of_the_powerful_weighs_more():
    """By hand: (.9 * 0 + .3 + .3) / 1.5 = .4, but (.9 + 0 + 0) / 1.5 = .6."""
    assert supporting_power([0.9, 0.3, 0.3], [0, 1, 1]) == pytest.approx(0.4)
    assert supporting_power([0.9, 0.3, 0.3], [1, 0, 0]) == pytest.approx(0.6)
    assert supporting_power([0, 0], [1, 1]) == 0
    assert supporting_power([0.2, 0.4], 0.7) == pytest.approx(0.7)


@given(GROUP, GROUP, eighths(0.125, 1))
def test_supporting_power_is_a_weighted_mean_that_rises_with_support(group, more, factor):
    """Between the lowest and the highest support; only shares of power matter; nobody's support ever harms."""
    k = min(group[0].size, more[0].size)
    power, support = group[0][:k] + 0.01 * (group[0][:k] <= 0.5), group[1][:k]
    backed = supporting_power(power, support)
    assert support.min() - 1e-12 <= backed <= support.max() + 1e-12
    assert supporting_power(factor * power, support) == pytest.approx(backed)
    assert supporting_power(power, np.maximum(support, more[1][:k])) >= backed - 1e-12
    assert supporting_power(np.full(k, factor), support) == pytest.approx(support.mean())


def test_supporting_power_of_many_scenarios():
    """The last axis is stakeholders; what stands before it are scenarios."""
    power, support = np.array([[0.5, 0.5], [1.0, 0.0], [0.0, 0.0]]), np.array([0.2, 0.8])
    assert supporting_power(power, support) == pytest.approx([0.5, 0.2, 0.0])


@pytest.mark.parametrize(
    ("call", "faults"),
    [
        (
            lambda: power_interest_cell([0.5, 1.5], "high", threshold=-1),
            [
                "power must be between 0 and 1 (share); got 1.5 at position (1,)",
                "interest must be a number between 0 and 1 (share); got 'high'",
                "threshold must be between 0 and 1 (share); got -1",
            ],
        ),
        (
            lambda: salience_class(np.zeros(3), np.zeros(4), 0),
            [
                "power, legitimacy, urgency, threshold must have shapes that fit together; "
                "got (3,), (4,), (), (); give each the same shape"
            ],
        ),
        (lambda: salience(0.1, np.nan, 0.3), ["legitimacy must be between 0 and 1 (share); got nan"]),
        (
            lambda: supporting_power(0.5, 1.0),
            ["power must be an array with one share per stakeholder; got one number for all of them"],
        ),
    ],
)
def test_a_wrong_argument_is_answered_by_sentences(call, faults):
    """All faults at once: what is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError) as error:
        call()
    assert list(error.value.faults) == faults
