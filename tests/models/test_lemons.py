"""The market for lemons: gains from trade against a market played out good by good."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.lemons import LemonsParameters, lemons_path, lemons_step, lemons_surplus
from tests.strategies import parameters_of

ANY = parameters_of(LemonsParameters)


def played_out(parameters, goods, rng):
    """Gains per good: each seller compares price and quality, buyers revise the price until it hardly moves."""
    quality, informed = rng.random(goods), rng.random(goods) < parameters.informed
    price = parameters.appreciation * quality.mean()
    for _ in range(2000):
        offered = quality[quality <= price]
        if not len(offered):
            break
        price = parameters.appreciation * offered.mean()
    traded = informed | (quality <= price)
    return (parameters.appreciation - 1) * quality * traded


@pytest.mark.parametrize(("informed", "surplus"), [(0, 0.0), (0.5, 0.125), (1, 0.25)])
def test_the_numbers_of_the_page(informed, surplus):
    """θ = 1.5: nothing, half and all of the possible gains of a quarter."""
    market = LemonsParameters(appreciation=1.5, informed=informed)
    assert lemons_surplus(market) == pytest.approx(surplus, abs=1e-15)


@pytest.mark.parametrize("appreciation", [1.2, 1.5, 1.8, 2.3, 3.0])
@pytest.mark.parametrize("informed", [0.0, 0.3, 1.0])
def test_the_closed_form_is_what_a_market_of_many_goods_gives(appreciation, informed):
    """(26) knows no goods, the market no (26)."""
    market = LemonsParameters(appreciation=appreciation, informed=informed)
    gains = played_out(market, 100_000, np.random.default_rng(5))
    error = 5 * gains.std() / np.sqrt(len(gains))
    assert gains.mean() == pytest.approx(float(lemons_surplus(market)), abs=max(error, 1e-6))


@given(ANY, st.integers(0, 40))
def test_the_price_follows_its_closed_form(market, periods):
    """From θ/2: (θ/2)^(t+1) below 2, constant from 2 on."""
    theta = market.appreciation
    path = lemons_path(market, periods)
    expected = [(theta / 2) ** (t + 1) if theta < 2 else theta / 2 for t in range(periods + 1)]
    assert path == pytest.approx(np.array(expected), abs=1e-12)
    assert (np.diff(path) <= 1e-15).all()


@given(ANY)
@settings(max_examples=30)
def test_gains_at_the_price_after_many_rounds_are_the_closed_form(market):
    """Sellers up to P trade: (θ - 1)/2 P² of the uninformed part. Near θ = 2 the fall takes for ever."""
    theta = market.appreciation
    assume(not 1.98 < theta < 2)
    offered = np.minimum(lemons_path(market, 2000)[-1], 1.0)
    gains = (theta - 1) / 2 * (market.informed + (1 - market.informed) * offered**2)
    assert lemons_surplus(market) == pytest.approx(gains, abs=1e-12)


@given(ANY, st.floats(0, 1))
def test_information_never_lowers_gains_and_adds_nothing_where_all_trade_anyway(market, part):
    """Theorem: rising in C, between 0 and (θ - 1)/2; flat for θ >= 2."""
    more = replace(market, informed=market.informed + part * (1 - market.informed))
    low, high, most = lemons_surplus(market), lemons_surplus(more), (market.appreciation - 1) / 2
    assert 0 <= low <= high + 1e-15
    assert high <= most + 1e-15
    if market.appreciation >= 2:
        assert low == high == most


def test_the_border_is_at_two():
    """At θ = 2 the first price is just high enough for the best good; a little below, trade collapses."""
    assert lemons_surplus(LemonsParameters(appreciation=2.0)) == 0.5
    assert lemons_surplus(LemonsParameters(appreciation=1.999)) == 0
    assert lemons_path(LemonsParameters(appreciation=2.0), 50).tolist() == [1.0] * 51


def test_no_trade_is_stable_too():
    """Who starts at a price of 0 stays there, whatever θ: (26) takes the market that starts from the average."""
    assert lemons_path(LemonsParameters(appreciation=3.0), 5, initial=0.0).tolist() == [0.0] * 6
    assert lemons_path(LemonsParameters(appreciation=3.0), 4, initial=0.4).tolist() == pytest.approx(
        [0.4, 0.6, 0.9, 1.35, 1.5]
    )


def test_scenarios_in_one_call_equal_one_call_per_scenario():
    """Appreciation and information vary together."""
    theta, informed, first = np.array([1.0, 1.5, 2.5]), np.array([0.2, 0.5, 0.9]), np.array([0.3, 1.0, 0.7])
    many = LemonsParameters(appreciation=theta, informed=informed)
    for i in range(3):
        one = LemonsParameters(appreciation=theta[i], informed=informed[i])
        assert lemons_surplus(many)[i] == lemons_surplus(one)
        assert lemons_path(many, 6, first)[i].tolist() == lemons_path(one, 6, first[i]).tolist()
        assert lemons_path(many, 6)[i].tolist() == lemons_path(one, 6).tolist()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: LemonsParameters(appreciation=0.9), "appreciation must be between 1 and 3 .multiple.; got 0.9"),
        (lambda: LemonsParameters(informed=1.1), "informed must be between 0 and 1 .share.; got 1.1"),
        (lambda: lemons_step(2.0, LemonsParameters()), "price must be between 0 and 1.5 .value.; got 2"),
        (lambda: lemons_path(LemonsParameters(), 3, initial=-1), "initial must be between 0 and 1.5"),
        (lambda: lemons_path(LemonsParameters(), -1), "periods must be a whole number from 0; got -1"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
