"""Who gets what: the Nash split (8), prices and the ledger of M2-V; and what the consumer should invest."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize_scalar

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.bargaining import (
    BARGAINING_POWER,
    LedgerLine,
    acceptable_prices,
    agreed_price,
    has_deal,
    individual_use,
    is_cocreating,
    ledger,
    ledger_balance,
    nash_split,
)
from cocreate_teach.models.parameters import consumer_producer
from cocreate_teach.models.spheres import (
    SphereParameters,
    realised_value,
    sphere_costs,
    sphere_surplus,
    sphere_values,
)
from tests.models.test_spheres import ANY, SPEC
from tests.strategies import values_in

POWER = values_in(BARGAINING_POWER)
ALONE = st.lists(st.floats(0, 20, allow_subnormal=False), min_size=2, max_size=2).map(np.array)
SURPLUSES = st.floats(-40, 40)


def captured_by_producer(parameters):
    return nash_split(sphere_surplus(parameters), individual_use(parameters))[..., 1]


@pytest.mark.parametrize(
    ("alone", "published"),
    [([0.0, 0.0], 0.5), ([0.4, 0.0], 0.7)],
)
def test_the_split_of_one_euro_is_the_published_one(alone, published):
    """Hochschule Mittweida, Blockchain Academy, lesson "Nash Product", numerical examples 1 and 2 (published)."""
    assert nash_split(1.0, alone).tolist() == pytest.approx([published, 1 - published])


def test_the_defaults_give_the_check_values():
    """Alone: .5² / (4 * .5) and .5² / (4 * .6); then half of the gain each."""
    assert individual_use(SPEC) == pytest.approx([0.125, 0.104167], abs=5e-7)
    split = nash_split(sphere_surplus(SPEC), individual_use(SPEC))
    assert split == pytest.approx([0.457713, 0.436879], abs=5e-7)
    assert agreed_price(SPEC) == pytest.approx(0.436879 + 0.24, abs=5e-7)
    assert acceptable_prices(SPEC) == pytest.approx([0.344167, 1.009592], abs=5e-7)


@given(SURPLUSES, ALONE, POWER)
def test_the_split_loses_nothing_and_nobody_falls_below_what_it_has(surplus, alone, power):
    """(8), both branches: with a deal the parts add up to the surplus, without one each keeps what it had."""
    split = nash_split(surplus, alone, power)
    assert (split >= alone - 1e-12).all()
    if surplus >= alone.sum():
        assert has_deal(surplus, alone)
        assert split.sum() == pytest.approx(surplus, abs=1e-12)
        assert split[0] - alone[0] == pytest.approx(power * (surplus - alone.sum()), abs=1e-11)
    else:
        assert not has_deal(surplus, alone)
        assert split.tolist() == alone.tolist()


@given(st.floats(0.1, 40), ALONE, st.floats(0.05, 0.95))
def test_the_split_maximises_the_nash_product(gain, alone, power):
    """(u_c - d_c)^γ (u_p - d_p)^(1-γ) over all divisions, by scipy."""
    surplus = alone.sum() + gain

    def product(part):
        return -(power * np.log(part) + (1 - power) * np.log(1 - part))

    best = minimize_scalar(product, bounds=(1e-9, 1 - 1e-9), method="bounded", options={"xatol": 1e-12}).x
    found = nash_split(surplus, alone, power)[0]
    assert found == pytest.approx(alone[0] + best * gain, abs=1e-6 * gain)
    assert product((found - alone[0]) / gain) <= product(best) + 1e-9


@given(SURPLUSES, ALONE, POWER)
def test_exchanging_the_sides_exchanges_what_they_get(surplus, alone, power):
    """Nothing else distinguishes consumer and producer in the split."""
    swapped = nash_split(surplus, alone[::-1], 1.0 - power)[::-1]
    assert nash_split(surplus, alone, power) == pytest.approx(swapped, abs=1e-11)


@given(ANY)
def test_individual_use_is_the_best_of_a_fine_scan(parameters):
    """The largest a x^η - κ x on [0, 1]: no point of the scan is better, and the best one is close."""
    x = np.concatenate([[0.0], np.geomspace(1e-12, 1, 4001)])
    alone = individual_use(parameters)
    for side, strength, cost in (
        (0, parameters.consumer_strength, parameters.consumer_cost),
        (1, parameters.usage * parameters.producer_strength, parameters.producer_cost),
    ):
        values = strength * x**parameters.curvature - cost * x
        assert alone[side] >= values.max() - 1e-12
        assert alone[side] == pytest.approx(values.max(), abs=1e-4 * (1 + strength))


@pytest.mark.parametrize(
    ("curvature", "strength", "cost", "alone"),
    [
        (0.5, 0.5, 0.5, 0.125),
        (0.5, 2.0, 0.5, 1.5),  # the best would be 4; all of it is 1
        (1.0, 2.0, 0.5, 1.5),
        (1.0, 0.5, 2.0, 0.0),
        (1.0, 2.0, 2.0, 0.0),
        (0.0, 0.5, 2.0, 0.5),
        (0.5, 0.0, 0.0, 0.0),
        (0.5, 0.7, 0.0, 0.7),
        (0.25, 1.0, 0.5, 0.75 * 0.5 ** (1 / 3)),
    ],
)
def test_individual_use_at_the_corners(curvature, strength, cost, alone):
    """By hand: a²/(4κ) inside, a - κ where all is invested, a where it does not matter, 0 where it never pays."""
    one = SphereParameters(
        investment=0.5, curvature=curvature, consumer_strength=strength, consumer_cost=cost, producer_strength=0
    )
    assert individual_use(one) == pytest.approx([alone, 0.0])


@given(ANY, POWER)
def test_without_interaction_nobody_gains_from_a_deal(parameters, power):
    """Claim 72: with D = 0 what they do together is at most what they do alone, so no deal pays more."""
    exchange = replace(parameters, direct_interaction=0)
    alone = individual_use(exchange)
    assert sphere_surplus(exchange) <= alone.sum() + 1e-12
    assert nash_split(sphere_surplus(exchange), alone, power) == pytest.approx(alone, abs=1e-11)
    assert not is_cocreating(exchange)


@given(ANY, ALONE)
def test_co_creation_takes_joint_value_and_a_deal(parameters, alone):
    """Claim 72: iff V_J > 0 (which needs D > 0 and σ > 0) and the surplus covers what both have alone."""
    joint = sphere_values(parameters)[1] > 0
    assert is_cocreating(parameters, alone) == (joint and sphere_surplus(parameters) >= alone.sum())
    assert is_cocreating(parameters) == (joint and sphere_surplus(parameters) >= individual_use(parameters).sum())
    assert is_cocreating(parameters, 0.0) == (joint and sphere_surplus(parameters) >= 0)


def test_both_answers_occur():
    """At the defaults yes; with outside options of .5 each no; for a costly investment neither."""
    assert is_cocreating(SPEC)
    assert not is_cocreating(SPEC, 0.5)
    assert not is_cocreating(replace(SPEC, consumer_cost=3))


@given(ANY, ALONE, POWER)
def test_the_price_carries_out_the_split(parameters, alone, power):
    """Claim 22: what the producer is paid covers its cost and what it captures, and lies between the two limits."""
    price = agreed_price(parameters, alone, power)
    lowest, highest = acceptable_prices(parameters, alone)
    surplus = sphere_surplus(parameters)
    if not has_deal(surplus, alone):
        assert np.isnan(price)
        assert highest < lowest + 1e-12
        return
    consumer, producer = nash_split(surplus, alone, power)
    costs = sphere_costs(parameters)
    assert price == pytest.approx(producer + costs[1], abs=1e-11)
    assert price == pytest.approx(realised_value(parameters) - costs[0] - consumer, abs=1e-11)
    assert lowest - 1e-11 <= price <= highest + 1e-11


@given(ANY, ALONE, POWER)
def test_the_ledger_loses_nothing(parameters, alone, power):
    """Claims 19, 21, 22: lines with an amount add up to the split, in both branches; the two price lines cancel."""
    for given_alone in (alone, None):
        lines = ledger(parameters, given_alone, power)
        used = individual_use(parameters) if given_alone is None else given_alone
        surplus = sphere_surplus(parameters)
        assert ledger_balance(lines) == pytest.approx(nash_split(surplus, used, power), abs=1e-11)
        paid, received = (line.amount for line in lines if line.what == "price")
        assert paid == received
        if has_deal(surplus, used):
            assert ledger_balance(lines).sum() == pytest.approx(surplus, abs=1e-11)
        else:
            assert paid == 0


def test_the_ledger_names_what_no_number_can_say():
    """No invented shares of profit: knowledge, market, expectations and delivery have no amount."""
    lines = ledger(SPEC)
    named = [line.what for line in lines if line.amount is None]
    assert named == [
        "customer knowledge",
        "market",
        "knowing the values that customers expect",
        "ways of communication and delivery",
    ]
    assert {(line.side, line.entry) for line in lines if line.amount is None} == {("producer", "gets")}
    amounts = {line.what: float(line.amount) for line in lines if line.amount is not None}
    assert amounts["time, information, ideas"] == pytest.approx(0.3)
    assert amounts["risk of disclosing personal data"] == pytest.approx(0.06)
    assert amounts["people, infrastructure, networks, communication"] == pytest.approx(0.24)
    assert amounts["value in use, tailored to each person"] == pytest.approx(1.494592, abs=5e-7)


def test_the_balance_knows_puts_in_from_gets():
    """3 in, 5 out, and a line without a number."""
    lines = (
        LedgerLine(side="consumer", entry="puts in", what="time", amount=np.array([3.0, 1.0])),
        LedgerLine(side="consumer", entry="gets", what="value", amount=np.array([5.0, 5.0])),
        LedgerLine(side="producer", entry="gets", what="market"),
    )
    assert ledger_balance(lines).tolist() == [[2, 0], [4, 0]]


@given(ANY, POWER.filter(lambda power: power < 0.99))
def test_the_producer_captures_most_where_the_surplus_is_largest(parameters, power):
    """The teacher's question: u_p = d_p + (1-γ)(Π - d) rises with Π, so γ and d do not move the best investment."""
    scan = replace(parameters, investment=consumer_producer(np.linspace(0, 1, 201), parameters.investment[1]))
    surplus, alone = sphere_surplus(scan), individual_use(scan)
    split = nash_split(surplus, alone, power)[:, 1]
    assert split[surplus.argmax()] == pytest.approx(split.max(), abs=1e-11)


@pytest.mark.parametrize(("interaction", "best"), [(0.1, 0.387), (0.3, 0.713), (0.4508, 1.0), (0.7, 1.0)])
def test_the_best_investment_of_the_consumer_solves_its_equation(interaction, best):
    """σ D a_J α x^(α-1) x_p^β + a_C η x^(η-1) = κ_c, or all of it if the left side is still larger at 1."""
    x = np.linspace(0, 1, 10_001)
    scan = SphereParameters(investment=consumer_producer(x, 0.4), direct_interaction=interaction)

    def slope(c):
        return interaction * 2 * 0.4 * c**-0.6 * 0.4**0.4 + 0.5 * 0.5 * c**-0.5 - 0.5

    def captured(c):
        return -captured_by_producer(replace(scan, investment=[c, 0.4]))

    root = brentq(slope, 1e-9, 1, xtol=1e-14) if slope(1.0) < 0 else 1.0
    scanned = x[captured_by_producer(scan).argmax()]
    assert scanned == pytest.approx(root, abs=1e-4)
    assert scanned == pytest.approx(best, abs=6e-4)
    if root < 1:
        searched = minimize_scalar(captured, bounds=(root / 2, 1), method="bounded", options={"xatol": 1e-10}).x
        assert searched == pytest.approx(root, abs=1e-6)


@given(st.floats(0, 1), st.floats(0.05, 1), st.floats(0.5, 10), st.floats(0.1, 0.47))
def test_with_equal_exponents_the_best_investment_has_a_closed_form(interaction, other, cost, exponent):
    """α = η: x* = min(1, [α (σ D a_J x_p^β + a_C) / κ_c]^(1/(1-α))). Usage, privacy and κ_p do not enter."""
    scan = SphereParameters(
        investment=consumer_producer(np.linspace(0, 1, 10_001), other),
        direct_interaction=interaction,
        curvature=exponent,
        consumer_elasticity=exponent,
        producer_elasticity=0.3,
        consumer_cost=cost,
        disclosure=0.7,
        usage=0.3,
        producer_cost=2,
    )
    inside = (exponent * (interaction * 2 * other**0.3 + 0.5) / cost) ** (1 / (1 - exponent))
    found = scan.investment[sphere_surplus(scan).argmax(), 0]
    assert found == pytest.approx(min(1.0, inside), abs=1.01e-4)


def test_the_wish_for_more_investment_ends_where_a_deal_ends():
    """With γ = 1, or without any deal, what the producer captures is flat: the question has no answer."""
    scan = SphereParameters(investment=consumer_producer(np.linspace(0, 1, 11), 0.4))
    all_power = nash_split(sphere_surplus(scan), individual_use(scan), 1.0)[:, 1]
    assert all_power == pytest.approx(np.full(11, individual_use(scan)[1]))
    assert captured_by_producer(replace(scan, direct_interaction=0)).max() == pytest.approx(individual_use(scan)[1])


def test_scenarios_in_one_call_equal_one_call_per_scenario():
    """10,000 scenarios of split, price and ledger; 100 of them one by one."""
    rng = np.random.default_rng(3)
    n = 10_000
    x, interaction, power, alone = rng.random((n, 2)), rng.random(n), rng.random(n), rng.random((n, 2)) / 2
    many = SphereParameters(investment=x, direct_interaction=interaction, curvature=0.3 + 0.4 * power)
    split, price = nash_split(sphere_surplus(many), alone, power), agreed_price(many, alone, power)
    balance, use = ledger_balance(ledger(many, None, power)), individual_use(many)
    assert split.shape == balance.shape == use.shape == (n, 2)
    assert 0 < np.isnan(price).sum() < n
    for i in range(0, n, 100):
        one = SphereParameters(investment=x[i], direct_interaction=interaction[i], curvature=0.3 + 0.4 * power[i])
        assert split[i] == pytest.approx(nash_split(sphere_surplus(one), alone[i], power[i]), rel=1e-12)
        assert price[i] == pytest.approx(agreed_price(one, alone[i], power[i]), rel=1e-12, nan_ok=True)
        assert balance[i] == pytest.approx(ledger_balance(ledger(one, None, power[i])), abs=1e-12)
        assert use[i] == pytest.approx(individual_use(one), rel=1e-12)
        assert is_cocreating(many, alone)[i] == is_cocreating(one, alone[i])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: nash_split(1, [-0.1, 0]), r"disagreement must be between 0 and 1e\+100 \(value\); got -0.1"),
        (lambda: nash_split(1, 0, 1.5), r"bargaining_power must be between 0 and 1 \(share\); got 1.5"),
        (lambda: nash_split("much"), "surplus must be a number"),
        (lambda: nash_split(1, [1, 2, 3]), "disagreement must be one number, or end in an axis of 2"),
        (lambda: nash_split(np.ones(3), np.ones((2, 2))), "leading axes"),
        (lambda: has_deal(float("nan")), "surplus must be between"),
        (lambda: ledger(SPEC, 0, -1), "bargaining_power must be between"),
        (lambda: acceptable_prices(SPEC, [-1, 0]), "disagreement must be between"),
        (lambda: is_cocreating(replace(SPEC, usage=np.ones(3)), np.ones((2, 2))), "leading axes"),
        (lambda: agreed_price(replace(SPEC, usage=np.ones(3)), 0, np.ones(2)), "leading axes"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()


def test_a_surplus_below_the_outside_options_is_never_handed_out():
    """The pitfall of (8): without its second branch both would get less than they have."""
    split = nash_split(np.array([-3.0, 0.1, 0.25, 1.0]), [0.15, 0.1])
    assert split.tolist() == [[0.15, 0.1], [0.15, 0.1], [0.15, 0.1], pytest.approx([0.525, 0.475])]
