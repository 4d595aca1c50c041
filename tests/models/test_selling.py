"""Internal and external sell: one effort for two audiences (M4)."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.selling import SellParameters, external_sell, internal_sell, sell_optimum, sell_success
from tests.strategies import eighths, parameters_of

ANY = parameters_of(SellParameters)
DIFFICULTY = eighths(0.125, 10)
SHARE = st.floats(0, 1)


def swapped(firm):
    return SellParameters(
        effort=firm.effort, internal_difficulty=firm.external_difficulty, external_difficulty=firm.internal_difficulty
    )


@pytest.mark.parametrize(
    ("internal", "inside", "success"),
    [(1, 1.000, 0.3996), (1.5, 1.064, 0.3088), (2, 1.098, 0.2511), (4, 1.152, 0.1431)],
)
def test_the_harder_the_internal_sell_the_more_it_takes(internal, inside, success):
    """Effort 2, external difficulty 1; checked by hand for 1: (1 - 1/e)^2 = .3996."""
    firm = SellParameters(effort=2, internal_difficulty=internal, external_difficulty=1)
    best = sell_optimum(firm)
    assert best == pytest.approx(inside, abs=5e-4)
    assert sell_success(firm, best) == pytest.approx(success, abs=5e-5)


def test_the_default_is_claim_56():
    """The internal sell is the harder one; the reverse is allowed as well, without a warning."""
    assert SellParameters().internal_difficulty > SellParameters().external_difficulty
    assert sell_optimum(SellParameters(internal_difficulty=1, external_difficulty=1.5)) < 1


@given(ANY)
def test_without_effort_on_one_side_nothing_succeeds(firm):
    """Text A: "their integration is necessary"; a product is zero if one factor is."""
    assert internal_sell(firm, 0) == external_sell(firm, firm.effort) == 0
    assert sell_success(firm, 0) == sell_success(firm, firm.effort) == 0


@given(ANY, SHARE)
def test_success_is_the_product_of_two_chances(firm, share):
    """Eq. (21), written out; handled separately, needed together, so never above either of them."""
    x = share * firm.effort
    inside = 1 - np.exp(-x / firm.internal_difficulty)
    outside = 1 - np.exp(-(firm.effort - x) / firm.external_difficulty)
    assert internal_sell(firm, x) == pytest.approx(inside, abs=1e-12)
    assert external_sell(firm, x) == pytest.approx(outside, abs=1e-12)
    assert sell_success(firm, x) == pytest.approx(inside * outside, abs=1e-12)
    assert 0 <= sell_success(firm, x) <= min(internal_sell(firm, x), external_sell(firm, x)) <= 1


def test_difficulty_is_the_effort_that_brings_a_chance_of_63_percent():
    """1 - 1/e on either side: this gives the parameter its unit."""
    firm = SellParameters(effort=5, internal_difficulty=2, external_difficulty=3)
    assert internal_sell(firm, 2) == external_sell(firm, 2) == pytest.approx(1 - 1 / np.e)


@given(ANY, st.lists(SHARE, min_size=1, max_size=20))
def test_no_other_division_succeeds_more_often(firm, shares):
    """The optimum against the function that it maximises, over the whole declared range."""
    best = sell_success(firm, sell_optimum(firm))
    assert (sell_success(firm, np.array(shares) * firm.effort) <= best + 1e-14).all()


@given(ANY)
def test_the_optimum_fulfils_its_first_order_condition(firm):
    """(21'): the last unit of effort helps equally much inside and outside."""
    x, a, b = sell_optimum(firm), firm.internal_difficulty, firm.external_difficulty
    assert a * np.expm1(x / a) == pytest.approx(b * np.expm1((firm.effort - x) / b), rel=1e-9, abs=1e-300)


@given(ANY)
def test_more_than_half_goes_inside_exactly_if_the_internal_sell_is_harder(firm):
    """Claim 56 as a theorem: x* >= B/2 if and only if c_int >= c_ext. Up to rounding where both are nearly equal."""
    excess = float(sell_optimum(firm)) - firm.effort / 2
    assert excess * (firm.internal_difficulty - firm.external_difficulty) >= 0


@given(eighths(0.5, 20), DIFFICULTY, DIFFICULTY)
def test_strictly_more_than_half_goes_inside_if_the_internal_sell_is_strictly_harder(effort, internal, external):
    """The same without equality, on numbers that rounding cannot blur."""
    assume(internal != external)
    best = sell_optimum(SellParameters(effort=effort, internal_difficulty=internal, external_difficulty=external))
    assert (best > effort / 2) == (internal > external)


@given(ANY)
def test_the_optimum_lies_between_half_and_the_proportional_split(firm):
    """A harder sell gets more, but less than in proportion to its difficulty."""
    half = firm.effort / 2
    proportional = firm.effort * firm.internal_difficulty / (firm.internal_difficulty + firm.external_difficulty)
    assert min(half, proportional) - 1e-12 <= sell_optimum(firm) <= max(half, proportional) + 1e-12


def test_the_optimum_goes_from_half_to_the_proportional_split_as_effort_grows():
    """Both ends of the interval are reached: for little effort the first, for much the second."""
    share = {
        effort: float(sell_optimum(SellParameters(effort=effort, internal_difficulty=0.3, external_difficulty=0.1)))
        / effort
        for effort in (0.001, 1, 20)
    }
    assert share[0.001] == pytest.approx(0.5, abs=1e-3)
    assert share[0.001] < share[1] < share[20] == pytest.approx(0.75, abs=0.005)


@given(eighths(0, 20), st.floats(0.1, 10))
def test_two_equal_sells_get_half_each(effort, difficulty):
    """x* = B/2 exactly."""
    even = SellParameters(effort=effort, internal_difficulty=difficulty, external_difficulty=difficulty)
    assert sell_optimum(even) == effort / 2


@given(eighths(0, 20), st.floats(0.1, 5))
def test_twice_as_hard_inside_is_the_root_of_a_cubic(effort, external):
    """With u = e^{x / (2 c)} and c_int = 2 c_ext = 2 c, (21') is 2 u^3 - u^2 = e^{B/c}: a closed form of its own."""
    firm = SellParameters(effort=effort, internal_difficulty=2 * external, external_difficulty=external)
    u = np.exp(sell_optimum(firm) / (2 * external))
    assert 2 * u**3 - u**2 == pytest.approx(np.exp(effort / external), rel=1e-9)


@pytest.mark.parametrize(("effort", "internal", "external"), [(2, 1.5, 1), (7, 0.4, 3), (0.3, 10, 0.1), (20, 9, 4)])
def test_a_general_optimiser_finds_the_same(effort, internal, external):
    """A search knows nothing of the first-order condition; a flat top limits it to about 1e-6."""
    firm = SellParameters(effort=effort, internal_difficulty=internal, external_difficulty=external)
    found = minimize_scalar(
        lambda x: -float(sell_success(firm, x)), bounds=(0, effort), method="bounded", options={"xatol": 1e-9}
    )
    assert sell_optimum(firm) == pytest.approx(found.x, abs=2e-6)


@given(ANY)
def test_exchanging_inside_and_outside_exchanges_the_shares(firm):
    """x* and B - x*, with the same success."""
    there, back = sell_optimum(firm), sell_optimum(swapped(firm))
    assert there + back == pytest.approx(firm.effort, abs=1e-12)
    assert sell_success(firm, there) == pytest.approx(sell_success(swapped(firm), back), abs=1e-12)


@given(st.floats(0, 10), st.floats(0.2, 5), st.floats(0.2, 5), st.sampled_from([0.5, 2.0]))
def test_the_unit_of_effort_does_not_matter(effort, internal, external, factor):
    """Hours or half-days: everything scales."""
    firm = SellParameters(effort=effort, internal_difficulty=internal, external_difficulty=external)
    scaled = SellParameters(
        effort=factor * effort, internal_difficulty=factor * internal, external_difficulty=factor * external
    )
    assert sell_optimum(scaled) == pytest.approx(factor * sell_optimum(firm), abs=1e-12)


@given(ANY, ANY)
def test_more_effort_or_an_easier_sell_never_lowers_the_best_success(first, second):
    """The best of one firm against one that is at least as well off in all three respects."""

    def best(firm):
        return sell_success(firm, sell_optimum(firm))

    better = SellParameters(
        effort=max(first.effort, second.effort),
        internal_difficulty=min(first.internal_difficulty, second.internal_difficulty),
        external_difficulty=min(first.external_difficulty, second.external_difficulty),
    )
    assert best(better) >= max(best(first), best(second)) - 1e-12


@given(st.lists(ANY, min_size=1, max_size=5), SHARE)
def test_scenarios_in_one_call_equal_one_call_per_scenario(firms, share):
    """Leading axes are scenarios; effort and both difficulties vary together here."""
    fields = ("effort", "internal_difficulty", "external_difficulty")
    many = SellParameters(**{field: [getattr(firm, field) for firm in firms] for field in fields})
    best, success = sell_optimum(many), sell_success(many, share * many.effort)
    for i, firm in enumerate(firms):
        assert best[i] == sell_optimum(firm)
        assert success[i] == sell_success(firm, share * firm.effort)


def test_fields_and_effort_inside_only_need_to_broadcast():
    """Two difficulties, three divisions, one call."""
    firm = SellParameters(internal_difficulty=[[1.0], [2.0]])
    assert sell_success(firm, [0.5, 1.0, 1.5]).shape == (2, 3)
    assert sell_optimum(firm).shape == (2, 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sell_success(SellParameters(), 2.5), r"between 0 and the effort to divide, 2 \(effort\); got 2.5"),
        (lambda: internal_sell(SellParameters(effort=[1, 3]), 2), r"effort to divide, 1 \(effort\); got 2"),
        (lambda: external_sell(SellParameters(), -1), r"inside must be between 0 and 20 \(effort\); got -1"),
        (lambda: sell_success(SellParameters(), "half"), "inside must be a number between 0 and 20"),
        (lambda: SellParameters(internal_difficulty=0), r"internal_difficulty must be between 0.1 and 10 \(effort\)"),
        (lambda: SellParameters(effort=[1, 2], external_difficulty=[1, 2, 3]), "leading axes"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
