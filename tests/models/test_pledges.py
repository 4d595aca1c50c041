"""How much both sides put in, and how evenly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.pledges import (
    CONSUMER_RESOURCES,
    INVESTMENT,
    PRODUCER_RESOURCES,
    credibility,
    investment_asymmetry,
    investment_volume,
    pledge_quality,
    proportionality,
)
from tests.strategies import values_in

PAIRS = values_in(INVESTMENT)
SHARES = st.floats(0, 1, allow_subnormal=False) | st.sampled_from([0.0, 1.0])


@pytest.mark.parametrize(
    ("investment", "sum_", "even", "asymmetry", "good"),
    [
        ([0.6, 0.4], 1.0, 2 / 3, 0.2, 1 / 3),
        ([0.4, 0.6], 1.0, 2 / 3, -0.2, 1 / 3),
        ([0.8, 0.1], 0.9, 1 / 8, 7 / 9, 0.05625),
        ([0.5, 0.5], 1.0, 1.0, 0.0, 0.5),
        ([1.0, 1.0], 2.0, 1.0, 0.0, 1.0),
        ([1.0, 0.0], 1.0, 0.0, 1.0, 0.0),
        ([0.0, 0.0], 0.0, 1.0, 0.0, 0.0),
    ],
)
def test_pledges_worked_out_by_hand(investment, sum_, even, asymmetry, good):
    """Sum, smaller over larger, difference over sum, half the sum times proportionality."""
    assert credibility(investment) == pytest.approx(sum_)
    assert proportionality(investment) == pytest.approx(even)
    assert investment_asymmetry(investment) == pytest.approx(asymmetry)
    assert pledge_quality(investment) == pytest.approx(good)


@given(PAIRS)
def test_pledges_stay_in_their_ranges(investment):
    """Ends included, without cutting anything off."""
    assert 0 <= credibility(investment) <= 2
    assert 0 <= proportionality(investment) <= 1
    assert -1 <= investment_asymmetry(investment) <= 1
    assert 0 <= pledge_quality(investment) <= 1


@given(PAIRS)
def test_proportionality_follows_from_asymmetry(investment):
    """P = (1 - |a|) / (1 + |a|): the two say the same, one with a sign."""
    size = abs(investment_asymmetry(investment))
    assert proportionality(investment) == pytest.approx((1 - size) / (1 + size), abs=1e-12)


@given(PAIRS)
def test_who_puts_in_more_only_matters_for_asymmetry(investment):
    """Sides swapped: the same sum, the same proportionality, the opposite asymmetry."""
    swapped = investment[::-1]
    assert proportionality(swapped) == proportionality(investment)
    assert credibility(swapped) == credibility(investment)
    assert pledge_quality(swapped) == pledge_quality(investment)
    assert investment_asymmetry(swapped) == -investment_asymmetry(investment)


@given(PAIRS, st.integers(1, 40))
def test_proportionality_ignores_scale(investment, halvings):
    """(.01, .01) is as proportional as (1, 1): always look at credibility, too."""
    small = investment * 0.5**halvings
    assert proportionality(small) == pytest.approx(proportionality(investment), rel=1e-12)
    assert credibility(small) == pytest.approx(credibility(investment) * 0.5**halvings, rel=1e-12)


@given(PAIRS)
def test_proportionality_is_one_only_for_equal_investments(investment):
    """And quality is one only if both put in everything, zero as soon as one puts in nothing."""
    assert (proportionality(investment) == 1) == (investment[0] == investment[1])
    assert (pledge_quality(investment) == 1) == bool((investment == 1).all())
    assert (pledge_quality(investment) == 0) == bool((investment == 0).any())


@given(st.lists(SHARES, min_size=4, max_size=4), st.lists(SHARES, min_size=4, max_size=4))
def test_volume_is_a_weighted_mean_of_resources(resources, raw):
    """Between the smallest and the largest intensity, whatever the weights."""
    weights = np.array(raw) / sum(raw) if sum(raw) > 1e-3 else np.full(4, 0.25)
    volume = investment_volume(resources, weights)
    assert min(resources) - 1e-12 <= volume <= max(resources) + 1e-12
    assert volume <= 1
    assert volume == pytest.approx(float(np.dot(resources, weights)), abs=1e-12)
    assert investment_volume(resources) == pytest.approx(sum(resources) / 4)


def test_weights_decide_which_resource_counts():
    """All the weight on data risk: the volume is what is disclosed. Scenarios and weights broadcast."""
    assert investment_volume([0.8, 0.6, 0.2, 0.4], [0, 0, 0, 1]) == pytest.approx(0.4)
    both = investment_volume(np.array([[0.8, 0.6, 0.2, 0.4], [1, 1, 1, 1]]), np.array([[[0.5, 0.5, 0, 0]]]))
    assert both == pytest.approx(np.array([[0.7, 1.0]]))
    assert investment_volume(0.3) == pytest.approx(0.3)


def test_a_full_investment_is_never_more_than_full():
    """Weights may miss 1 by a rounding error; an investment of 1.0000000005 would be refused elsewhere."""
    assert investment_volume(1.0, [0.25, 0.25, 0.25, 0.2500000005]) == 1


def test_each_side_has_four_resources():
    """Text B: time, information, ideas, risk of data; persons, infrastructure, networks, communication."""
    assert CONSUMER_RESOURCES == ("time", "information", "ideas", "data_risk")
    assert PRODUCER_RESOURCES == ("people", "material", "networks", "communication")


@pytest.mark.parametrize("function", [credibility, proportionality, investment_asymmetry, pledge_quality])
def test_many_pairs_in_one_call_equal_one_call_each(function):
    """Leading axes are scenarios."""
    pairs = np.array([[[0.6, 0.4], [0, 0]], [[0, 1], [0.3, 0.3]]])
    assert function(pairs).tolist() == [[float(function(pair)) for pair in row] for row in pairs]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: credibility([0.5, 1.5]), r"investment must be between 0 and 1 \(share\); got 1.5 at position"),
        (lambda: pledge_quality([0.5, 0.5, 0.5]), "end in an axis of 2: consumer, producer"),
        (lambda: proportionality("much"), "investment must be a number"),
        (lambda: investment_asymmetry([np.nan, 0]), "got nan"),
        (lambda: investment_volume([0.1, 0.2]), "axis of 4: time, information, ideas, data_risk"),
        (lambda: investment_volume([2, 0, 0, 0], names=PRODUCER_RESOURCES), "resources must be between 0 and 1"),
        (lambda: investment_volume(0.5, [0.5, 0.5, 0.5, 0.5]), "weights must sum to 1; got a sum of 2; divide each"),
    ],
)
def test_a_wrong_pledge_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
