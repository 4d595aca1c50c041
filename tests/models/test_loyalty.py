"""Loyalty: attitude, repeat patronage, the four quadrants and what customers say."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.loyalty import (
    LOYALTY_EXAMPLE,
    QUADRANTS,
    LoyaltyParameters,
    attitude,
    lock_in_threshold,
    loyalty_quadrant,
    recommendation_weight,
    repeat_patronage,
    word_of_mouth_weight,
)
from tests.strategies import parameters_of

ANY = parameters_of(LoyaltyParameters)
SHARES = st.floats(0, 1)
ATTITUDES = st.floats(-1, 1)
CAPTIVE = LoyaltyParameters(attitude=-0.3617, lock_in=0.8)  # of the involvement model: much put in, little got back


def test_the_captive_customer_is_spuriously_loyal():
    """Met expectations .3192, lock-in .8: (.8 + .2 * .3192) = .8638, bought again, disliked."""
    assert attitude(1 - 0.6809) == pytest.approx(-0.3618, abs=1e-9)
    assert repeat_patronage(CAPTIVE) == pytest.approx(0.8638, abs=5e-5)
    assert loyalty_quadrant(CAPTIVE) == "spurious loyalty"
    assert recommendation_weight(0.0338, CAPTIVE.attitude) == 0
    assert word_of_mouth_weight(0.0338, CAPTIVE.attitude) == pytest.approx(-0.0338 * 0.3617)


@pytest.mark.parametrize(("barrier", "disliked", "needed"), [
    (0, -0.5, 1 / 3), (0, -1, 0.5), (0, -0.2, 1 / 6), (0.3, -1, 0.714286), (0.3, -0.5, 0.619048),
])  # fmt: skip
def test_the_lock_in_that_keeps_an_unhappy_customer(barrier, disliked, needed):
    """(16) with r0 = .5, worked by hand."""
    unhappy = LoyaltyParameters(attitude=disliked, barrier=barrier)
    assert lock_in_threshold(unhappy) == pytest.approx(needed, abs=1e-6)


@given(st.floats(-1, 0), SHARES)
def test_with_a_high_barrier_nobody_can_be_spuriously_loyal(disliked, lock_in):
    """With b = .6 patronage is at most .4, below r0 = .5: s* > 1."""
    unhappy = LoyaltyParameters(attitude=disliked, lock_in=lock_in, barrier=0.6)
    assert lock_in_threshold(unhappy) > 1
    assert loyalty_quadrant(unhappy) == "no loyalty"


@given(ANY)
def test_patronage_is_a_probability_below_what_the_barrier_leaves(parameters):
    """Theorem: 0 <= r <= 1 - b."""
    assert 0 <= repeat_patronage(parameters) <= 1 - parameters.barrier


@given(ANY)
def test_lock_in_and_attitude_are_two_ways_to_full_patronage(parameters):
    """Complete lock-in or full liking: r = 1 - b; neither: r = 0."""
    full = 1 - parameters.barrier
    assert repeat_patronage(replace(parameters, lock_in=1)) == pytest.approx(full, abs=1e-15)
    assert repeat_patronage(replace(parameters, attitude=1)) == pytest.approx(full, abs=1e-15)
    assert repeat_patronage(replace(parameters, attitude=-1, lock_in=0)) == 0


@given(ANY, ANY)
def test_patronage_rises_with_attitude_and_lock_in_and_falls_with_the_barrier(one, other):
    """Theorem, one parameter at a time."""
    for name, sign in (("attitude", 1), ("lock_in", 1), ("barrier", -1)):
        low, high = sorted((getattr(one, name), getattr(other, name)))
        change = repeat_patronage(replace(one, **{name: high})) - repeat_patronage(replace(one, **{name: low}))
        assert sign * change >= -1e-15


@given(ANY)
def test_patronage_is_the_formula(parameters):
    """(15), written out: (1 - b) [s + (1 - s)(1 + a) / 2]."""
    a, s, b = parameters.attitude, parameters.lock_in, parameters.barrier
    assert repeat_patronage(parameters) == pytest.approx((1 - b) * (s + (1 - s) * (1 + a) / 2), abs=1e-15)


@given(ANY)
def test_the_quadrants_partition_all_customers(parameters):
    """Four cells of two questions; which, by the definition."""
    likes = parameters.attitude > parameters.attitude_threshold
    returns = repeat_patronage(parameters) >= parameters.patronage_threshold - 1e-9
    expected = {(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}[likes, bool(returns)]
    assert loyalty_quadrant(parameters) == QUADRANTS[expected]


def test_customers_at_the_thresholds():
    """Indifference is no liking; patronage at its threshold counts, even where rounding hides it."""
    edge = LoyaltyParameters(attitude=0, attitude_threshold=0)
    assert repeat_patronage(edge) == 0.5
    assert loyalty_quadrant(edge) == "spurious loyalty"
    assert loyalty_quadrant(replace(edge, attitude=1e-6)) == "loyalty"
    for disliked in np.linspace(-1, 0, 41):
        kept = LoyaltyParameters(attitude=disliked, barrier=0.3)
        assert loyalty_quadrant(replace(kept, lock_in=lock_in_threshold(kept).clip(0, 1))) == "spurious loyalty"


@given(ANY)
def test_the_threshold_is_where_patronage_becomes_high(parameters):
    """(16) against (15): with less lock-in patronage is below r0, with at least s* it is not."""
    needed = float(lock_in_threshold(parameters))
    assert needed >= 0
    low = np.linspace(0, 1, 33)
    patronage = repeat_patronage(replace(parameters, lock_in=low))
    assert (patronage[low > needed + 1e-9] >= parameters.patronage_threshold - 1e-9).all()
    below = patronage[low < needed - 1e-9]
    assert (below <= parameters.patronage_threshold + 1e-12).all()
    if 0 < needed <= 1:
        met = repeat_patronage(replace(parameters, lock_in=needed))
        assert met == pytest.approx(parameters.patronage_threshold, abs=1e-12)
    missing = parameters.patronage_threshold - repeat_patronage(replace(parameters, lock_in=1))
    if abs(missing) > 1e-12:
        assert (needed > 1) == (missing > 0)


@given(parameters_of(LoyaltyParameters, attitude_threshold=0, patronage_threshold=0.5))
def test_spurious_loyalty_needs_a_negative_attitude_and_enough_lock_in(parameters):
    """Text B's "negative" involvement "does not exclude further purchases": exactly if a <= 0 and s >= s*."""
    needed = float(lock_in_threshold(parameters))
    assume(abs(parameters.lock_in - needed) > 1e-8)
    is_captive = parameters.attitude <= 0 and parameters.lock_in > needed
    assert (loyalty_quadrant(parameters) == "spurious loyalty") == is_captive


@given(st.floats(0, 1, exclude_min=True), SHARES, SHARES)
def test_a_positive_attitude_leads_to_loyalty_unless_the_situation_prevents_it(liked, lock_in, barrier):
    """Text B: "Positive involvement leads to loyalty". Theorem for b = 0, r0 = .5; a barrier may keep it latent."""
    customer = LoyaltyParameters(attitude=liked, lock_in=lock_in, barrier=barrier)
    assert loyalty_quadrant(replace(customer, barrier=0)) == "loyalty"
    assert loyalty_quadrant(customer) in ("loyalty", "latent loyalty")


@given(ANY, ATTITUDES)
def test_a_better_attitude_never_leads_to_a_worse_quadrant(parameters, other):
    """Raising the attitude turns spurious into true loyalty and never drives anybody away."""
    low, high = (replace(parameters, attitude=a) for a in sorted((parameters.attitude, other)))
    assert (
        loyalty_quadrant(high)
        in {
            "loyalty": ("loyalty",),
            "latent loyalty": ("loyalty", "latent loyalty"),
            "spurious loyalty": ("loyalty", "spurious loyalty"),
            "no loyalty": QUADRANTS,
        }[str(loyalty_quadrant(low))]
    )
    assert loyalty_quadrant(replace(CAPTIVE, attitude=0.1)) == "loyalty"


def test_attitude_puts_met_expectations_on_a_scale_from_dislike_to_liking():
    """None met: -1; half: 0; all: 1."""
    assert attitude([0, 0.5, 1]).tolist() == [-1, 0, 1]


@given(SHARES, ATTITUDES)
def test_who_likes_recommends_and_who_dislikes_is_silent_or_warns(involved, likes):
    """A max(a, 0) and A a: the same for those who like, different for those who do not."""
    positive, signed = recommendation_weight(involved, likes), word_of_mouth_weight(involved, likes)
    assert signed == involved * likes
    assert positive == (signed if likes > 0 else 0)
    assert -1 <= signed <= positive <= 1


@given(SHARES, SHARES, ATTITUDES, ATTITUDES)
def test_more_involvement_or_a_better_attitude_never_weakens_a_recommendation(a1, a2, likes, more):
    """Text B: emotionally involved buyers are "to a greater extent willing to share positive recommendations"."""
    low, high = sorted((a1, a2))
    worse, better = sorted((likes, more))
    assert recommendation_weight(low, better) <= recommendation_weight(high, better)
    assert recommendation_weight(high, worse) <= recommendation_weight(high, better)
    assert word_of_mouth_weight(high, worse) <= word_of_mouth_weight(high, better)


def test_the_example_has_a_customer_in_each_quadrant():
    """And their patronage by hand: .8, .31, .86383, .28."""
    assert tuple(loyalty_quadrant(LOYALTY_EXAMPLE)) == QUADRANTS
    assert repeat_patronage(LOYALTY_EXAMPLE) == pytest.approx([0.8, 0.31, 0.86383, 0.28])


@given(st.lists(ANY, min_size=1, max_size=4))
def test_scenarios_in_one_call_equal_one_call_per_scenario(each):
    """Leading axes are scenarios, thresholds included."""
    names = ("attitude", "lock_in", "barrier", "attitude_threshold", "patronage_threshold")
    many = LoyaltyParameters(**{name: np.array([getattr(one, name) for one in each]) for name in names})
    for function in (repeat_patronage, lock_in_threshold, loyalty_quadrant):
        assert function(many).tolist() == [function(one).tolist() for one in each]
    grid = replace(many, lock_in=np.zeros((3, 1)))
    assert repeat_patronage(grid).shape == (3, len(each))
    assert loyalty_quadrant(grid).shape == (3, len(each))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: LoyaltyParameters(attitude=-2), r"attitude must be between -1 and 1 \(dislike to liking\); got -2"),
        (lambda: LoyaltyParameters(attitude=0, lock_in=1.5), r"lock_in must be between 0 and 1 \(share\); got 1.5"),
        (lambda: LoyaltyParameters(attitude=0, barrier="high"), "barrier must be a number between 0 and 1"),
        (lambda: LoyaltyParameters(attitude=[0, 0], barrier=[0, 0, 0]), "leading axes"),
        (lambda: attitude(1.2), "met_expectations must be between 0 and 1"),
        (lambda: word_of_mouth_weight(2, 0), "emotional_involvement must be between 0 and 1"),
        (lambda: recommendation_weight(0.5, -3), "attitude must be between -1 and 1"),
    ],
)
def test_bad_input_is_answered_by_a_sentence(call, sentence):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=sentence):
        call()
