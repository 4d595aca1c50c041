"""Measures of inequality against their definitions, and what is reported about Wikipedia (M7)."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.inequality import gini, gini_with_readers, lorenz_curve, segment_shares, top_share
from cocreate_teach.style import STATUSES

REFERENCES = Path(__file__).parents[1] / "references" / "wikipedia_concentration.toml"
REPORTED = {entry["name"]: entry for entry in tomllib.loads(REFERENCES.read_text(encoding="utf-8"))["concentrations"]}

AMOUNTS = st.floats(0, 1e19, allow_subnormal=False) | st.integers(0, 5).map(float) | st.just(1e19)
PEOPLE = st.lists(AMOUNTS, min_size=1, max_size=25).map(np.array)
CONTRIBUTORS = st.lists(st.integers(1, 10**6).map(float), min_size=1, max_size=25).map(np.array)
SHARES = st.floats(0, 1) | st.sampled_from([0.0, 1.0])


@given(PEOPLE)
def test_gini_is_half_the_mean_difference_divided_by_the_mean(amounts):
    """The definition: all pairs, without any sorting."""
    if amounts.sum() > 0:
        part = amounts / amounts.max()
        by_pairs = np.abs(part[:, None] - part).mean() / (2 * part.mean())
        assert gini(amounts) == pytest.approx(by_pairs, abs=1e-12)
    assert 0 <= gini(amounts) <= (len(amounts) - 1) / len(amounts) + 1e-12


@given(PEOPLE)
def test_gini_is_twice_the_area_between_the_lorenz_curve_and_equality(amounts):
    """Both functions sort and add for themselves."""
    area = np.trapezoid(lorenz_curve(amounts), np.linspace(0, 1, len(amounts) + 1))
    assert gini(amounts) == pytest.approx(1 - 2 * area, abs=1e-12)


@given(st.integers(1, 60), st.floats(1e-9, 1e18))
def test_the_extremes_are_equality_and_one_person_with_everything(people, amount):
    """0 and (n-1)/n; 1 after the correction, except for one person alone."""
    equal, alone = np.full(people, amount), np.eye(people)[0] * amount
    assert gini(equal) == pytest.approx(0, abs=1e-12)
    assert gini(alone) == pytest.approx((people - 1) / people, abs=1e-12)
    assert gini(alone, corrected=True) == pytest.approx(float(people > 1), abs=1e-12)


def test_equal_amounts_never_give_a_negative_coefficient():
    """Five times 0.1 would leave -2e-17 after rounding, which the rule for readers would then refuse."""
    for people in range(2, 60):
        equal = gini(np.full(people, 0.1))
        assert 0 <= equal < 1e-12
        assert gini_with_readers(equal, 1) == pytest.approx(0, abs=1e-12)


def test_nothing_contributed_is_divided_equally():
    """All have the same, nothing: a convention, the same in all five functions."""
    nothing = np.zeros(4)
    assert gini(nothing) == gini(nothing, corrected=True) == gini(nothing, contributors_only=True) == 0
    assert lorenz_curve(nothing).tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert top_share(nothing, 0.3) == 0.3
    assert segment_shares(nothing) == pytest.approx([0.01, 0.09, 0.90])


@given(PEOPLE, st.integers(1, 1000), st.randoms())
def test_order_and_unit_do_not_matter(amounts, factor, random):
    """Edits or thousands of edits, sorted or not."""
    shuffled = np.array(random.sample(list(amounts), len(amounts))) / factor
    assert gini(shuffled) == pytest.approx(gini(amounts), abs=1e-12)
    assert lorenz_curve(shuffled) == pytest.approx(lorenz_curve(amounts), abs=1e-12)
    assert top_share(shuffled, 0.3) == pytest.approx(top_share(amounts, 0.3), abs=1e-12)


@given(CONTRIBUTORS, st.data())
def test_taking_from_those_who_gave_less_raises_gini(amounts, data):
    """The principle of transfers, for any two different people."""
    amounts = np.sort(np.append(amounts, [1.0, 10.0]))
    low = data.draw(st.integers(0, len(amounts) - 2))
    if amounts[low] < amounts[-1]:
        moved = amounts.copy()
        moved[low], moved[-1] = amounts[low] / 2, amounts[-1] + amounts[low] / 2
        assert gini(moved) > gini(amounts)


@given(PEOPLE, SHARES)
def test_the_top_share_is_read_off_the_lorenz_curve(amounts, share):
    """1 - L(1 - p), a straight line between people; never below the share itself."""
    curve = lorenz_curve(amounts)
    read_off = 1 - np.interp(1 - share, np.linspace(0, 1, len(curve)), curve)
    assert top_share(amounts, share) == pytest.approx(read_off, abs=1e-9)
    assert share - 1e-12 <= top_share(amounts, share) <= 1 + 1e-12


@given(CONTRIBUTORS, st.integers(0, 40), SHARES)
def test_readers_count_as_people_who_contributed_nothing(amounts, readers, share):
    """Adding a number of readers is the same as adding so many zeros, everywhere."""
    everybody = np.append(amounts, np.zeros(readers))
    assert gini(amounts, readers=readers) == pytest.approx(gini(everybody), abs=1e-12)
    corrected = gini(amounts, readers=readers, corrected=True)
    assert corrected == pytest.approx(gini(everybody, corrected=True), abs=1e-12)
    assert top_share(amounts, share, readers=readers) == pytest.approx(top_share(everybody, share), abs=1e-9)
    assert segment_shares(amounts, readers=readers) == pytest.approx(segment_shares(everybody), abs=1e-9)


@given(CONTRIBUTORS, st.integers(0, 10**9))
def test_gini_with_readers_follows_from_gini_without(amounts, readers):
    """G_all = 1 - (1 - G) pi: exact for the plain coefficient, so more readers never lower it."""
    share = len(amounts) / (len(amounts) + readers)
    assert gini_with_readers(gini(amounts), share) == pytest.approx(gini(amounts, readers=readers), abs=1e-12)
    assert gini(amounts, readers=readers) >= gini(amounts) - 1e-12


def test_the_rule_for_readers_fails_for_the_corrected_coefficient():
    """Its condition is not idle: two people with 1 and 3 and two readers."""
    without, with_zeros = gini([1, 3], corrected=True), gini([1, 3], readers=2, corrected=True)
    assert (without, with_zeros) == (pytest.approx(0.5), pytest.approx(5 / 6))
    assert gini_with_readers(without, 0.5) == pytest.approx(0.75)
    assert gini_with_readers([0.0, 0.4], 0.0).tolist() == [1, 1]


@given(CONTRIBUTORS, st.integers(0, 12), SHARES)
def test_contributors_only_leaves_the_zeros_out(amounts, zeros, share):
    """Rows of a simulated run end in zeros that are nobody."""
    padded = np.append(amounts, np.zeros(zeros))
    assert gini(padded, contributors_only=True) == pytest.approx(gini(amounts), abs=1e-12)
    corrected = gini(padded, contributors_only=True, corrected=True)
    assert corrected == pytest.approx(gini(amounts, corrected=True), abs=1e-12)
    assert top_share(padded, share, contributors_only=True) == pytest.approx(top_share(amounts, share), abs=1e-9)


def test_the_correction_removes_the_bias_of_small_samples():
    """Five people with exponential amounts: the true coefficient is 1/2, the plain one says 0.4 on average."""
    samples = np.random.default_rng(11).exponential(size=(40_000, 5))
    plain, corrected = gini(samples), gini(samples, corrected=True)
    error = corrected.std() / 200
    assert abs(plain.mean() - 0.4) < 4 * error
    assert abs(corrected.mean() - 0.5) < 4 * error


@given(PEOPLE, st.integers(0, 10**6), st.lists(st.integers(1, 50), min_size=1, max_size=6))
def test_segments_share_everything_and_the_more_active_hold_more_per_head(amounts, readers, weights):
    """They add up to 1; per head the shares never rise from one segment to the next."""
    sizes = np.array(weights) / sum(weights)
    held = segment_shares(amounts, readers=readers, sizes=sizes)
    assert held.shape == (len(sizes),)
    assert held.sum() == pytest.approx(1, abs=1e-12)
    assert (np.diff(held / sizes) <= 1e-9 * (held / sizes)[:-1] + 1e-6).all()


def test_one_nine_ninety_by_hand():
    """100 visitors, ten contributors: 1 with 50 edits, 8 with 5, 1 with 10; the 90 others read."""
    contributions = [5, 50, 10, 5, 5, 5, 5, 5, 5, 5]
    assert segment_shares(contributions, readers=90) == pytest.approx([0.5, 0.5, 0])
    assert top_share(contributions, [0.01, 0.02, 0.025], readers=90) == pytest.approx([0.5, 0.6, 0.625])


def test_scenarios_in_one_call_equal_one_call_per_scenario():
    """Leading axes are scenarios, for readers and shares, too."""
    many = np.random.default_rng(5).integers(0, 9, size=(3, 2, 7)).astype(float)
    readers = np.array([[0, 5], [100, 3], [2, 0]])
    share = np.linspace(0, 1, 6).reshape(3, 2)
    together = (
        gini(many, readers=readers, corrected=True),
        gini(many, contributors_only=True),
        lorenz_curve(many),
        top_share(many, share, readers=readers),
        segment_shares(many, readers=readers, sizes=(0.2, 0.8)),
    )
    for place in np.ndindex(3, 2):
        one, zeros = many[place], readers[place]
        assert together[0][place] == pytest.approx(gini(one, readers=zeros, corrected=True))
        assert together[1][place] == pytest.approx(gini(one, contributors_only=True))
        assert together[2][place] == pytest.approx(lorenz_curve(one))
        assert together[3][place] == pytest.approx(top_share(one, share[place], readers=zeros))
        assert together[4][place] == pytest.approx(segment_shares(one, readers=zeros, sizes=(0.2, 0.8)))


def test_one_data_set_answers_several_questions_at_once():
    """Several numbers of readers, several shares."""
    assert gini([1, 3], readers=[0, 2]) == pytest.approx([0.25, 0.625])
    assert top_share([1, 3], [[0.25], [0.5]], readers=[0, 2]) == pytest.approx(np.array([[0.375, 0.75], [0.75, 1]]))


def test_what_is_reported_about_wikipedia_says_where_it_comes_from():
    """Status from the one vocabulary, a citation, and shares that can be shares of the most active."""
    assert len(REPORTED) >= 7
    for entry in REPORTED.values():
        assert entry["status"] in STATUSES and entry["citation"] and entry["counted"] and entry["year"]
        assert 0 < entry["share_of_people"] < entry["share_of_edits"] < 1


def test_the_two_statements_of_wales_cannot_describe_the_same_data():
    """A larger group of the most active never holds less; half of the edits cannot be both 0.7 % and 2.5 %."""
    smaller, larger = REPORTED["Wales, quoted by Swartz: 2 % of the users"], REPORTED["Wales, December 2005"]
    assert larger["share_of_people"] > smaller["share_of_people"]
    assert larger["share_of_edits"] < smaller["share_of_edits"]


@pytest.mark.parametrize("name", list(REPORTED))
def test_one_reported_point_bounds_gini_from_below(name):
    """G is at least s - p, which two classes of equal people reach; the reported 0.936 respects its own point."""
    p, s = REPORTED[name]["share_of_people"], REPORTED[name]["share_of_edits"]
    people = 100_000
    top = round(p * people)
    two_classes = np.where(np.arange(people) < top, s / top, (1 - s) / (people - top))
    assert gini(two_classes) == pytest.approx(s - p, abs=1e-9)
    assert top_share(two_classes, p) == pytest.approx(s, abs=1e-9)
    assert REPORTED[name].get("gini", 1) >= s - p


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gini(3.0), r"axis of people, at least one; got shape \(\)"),
        (lambda: gini([]), r"axis of people, at least one; got shape \(0,\)"),
        (lambda: gini([1, -2]), r"between 0 and 1e\+19 .contributions.; got -2 at position \(1,\)"),
        (lambda: gini([1, 2], readers=-1), "readers must be between 0 and"),
        (lambda: gini([1, 2], readers=1, contributors_only=True), "leave one of them out"),
        (lambda: lorenz_curve("many"), "must be a number"),
        (lambda: top_share([1, 2], 1.5), "share must be between 0 and 1 .share.; got 1.5"),
        (lambda: gini_with_readers(0.5, 2), "contributor_share must be between 0 and 1"),
        (lambda: gini_with_readers(-0.5, 1), "gini must be between 0 and 1"),
        (lambda: segment_shares([1, 2], sizes=(0.1, 0.2)), "sizes must add up to 1; got 0.3"),
        (lambda: segment_shares([1, 2], sizes=()), "sizes must add up to 1; got 0"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
