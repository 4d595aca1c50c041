"""The business model as a network of activities: span, bottleneck, content, structure, governance, themes (M5)."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.activities import KINDS, BusinessModel, business_model
from cocreate_teach.models.activity_network import (
    NICE_THEMES,
    bottleneck_activity,
    boundary_span,
    business_surplus,
    business_value,
    complementarity_share,
    control_concentration,
    control_shares,
    controlled_share,
    customer_facing_share,
    governance_participation,
    link_centralisation,
    link_density,
    link_reciprocity,
    lock_in_share,
    nice_themes,
    novelty,
    step_capabilities,
    transaction_costs,
    transaction_efficiency,
)
from cocreate_teach.models.capability import STEPS, CapabilityParameters, bottleneck_step, throughput
from cocreate_teach.models.parameters import ranges
from tests.strategies import values_in

RANGES = ranges(BusinessModel)
NUMBERS = {"value": 0, "cost": 0, "capability": 0, "volume": 1, "transaction_cost": 1, "synergy": 1}  # 1: per link
WHO = ("firm", "customer", "supplier")
LABELS = [[st.tuples(*[st.sampled_from(choices)] * n) for choices in (KINDS, WHO, WHO)] for n in range(6)]
ROWS = {field: [st.tuples(*[values_in(RANGES[field])] * size) for size in range(21)] for field in NUMBERS}
READINGS = [
    boundary_span,
    lambda model: boundary_span(model, by_volume=True),
    customer_facing_share,
    link_density,
    link_reciprocity,
    link_centralisation,
    control_concentration,
    governance_participation,
    business_value,
    transaction_costs,
    business_surplus,
    lock_in_share,
    lambda model: lock_in_share(model, by_volume=True),
    complementarity_share,
    transaction_efficiency,
]


def network(n, links=(), **given):
    """Return n activities a, b, c ... of one firm; `links` by place."""
    names = tuple("abcdefghij"[:n])
    fields = {
        "stakeholders": WHO,
        "activities": names,
        "kinds": ("operations",) * n,
        "owners": ("firm",) * n,
        "steps": ("",) * n,
        "links": tuple((names[i], names[j]) for i, j in links),
        "is_specific": (False,) * len(links),
    }
    fields |= given
    return BusinessModel(**({"controllers": fields["owners"]} | fields))


@st.composite
def business_models(draw, least=1):
    """Any network of up to five activities, with numbers from the whole declared range."""
    n = draw(st.integers(least, 5))
    bits = draw(st.integers(0, 2 ** (n * (n - 1)) - 1))
    links = [pair for i, pair in enumerate(permutations(range(n), 2)) if bits >> i & 1]
    kinds, owners, controllers = (draw(labels) for labels in LABELS[n])
    specific = draw(st.integers(0, 2 ** len(links) - 1))
    flags = tuple(bool(specific >> i & 1) for i in range(len(links)))
    numbers = {
        field: np.array(draw(ROWS[field][len(links) if per_link else n]), dtype=float)
        for field, per_link in NUMBERS.items()
    }
    named = {"kinds": kinds, "owners": owners, "controllers": controllers, "is_specific": flags}
    return network(n, links, **named, **numbers)


ANY = business_models()


def star(n):
    return network(n, [(0, i) for i in range(1, n)])


def complete(n):
    return network(n, list(permutations(range(n), 2)))


def ring(n, **given):
    return network(n, [(i, (i + 1) % n) for i in range(n)], **given)


# Reference networks


@pytest.mark.parametrize("n", [3, 4, 6, 9])
def test_a_star_is_fully_centralised_and_goes_one_way(n):
    """Density (n - 1) / (n (n - 1)) = 1/n, .1667 for six activities."""
    assert link_density(star(n)) == pytest.approx(1 / n)
    assert link_centralisation(star(n)) == 1
    assert link_reciprocity(star(n)) == 0


@pytest.mark.parametrize("n", [3, 4, 6, 9])
def test_a_complete_network_has_every_link_and_no_centre(n):
    """All links in both directions."""
    assert link_density(complete(n)) == 1
    assert link_centralisation(complete(n)) == 0
    assert link_reciprocity(complete(n)) == 1


@pytest.mark.parametrize("n", [3, 4, 6, 9])
def test_a_directed_ring_is_thin_and_has_no_centre(n):
    """Density n / (n (n - 1)), .2 for six activities."""
    assert link_density(ring(n)) == pytest.approx(1 / (n - 1))
    assert link_centralisation(ring(n)) == 0
    assert link_reciprocity(ring(n)) == 0


def test_one_owner_spans_no_boundary_and_alternating_owners_span_all():
    """Zott and Amit's "spans its boundaries", counted."""
    assert boundary_span(ring(6)) == 0
    assert boundary_span(ring(6, owners=("firm", "supplier") * 3)) == 1
    assert boundary_span(ring(4, owners=("firm", "firm", "supplier", "supplier"))) == 0.5


def test_a_span_by_volume_weighs_busy_links_more():
    """By hand: one of two links crosses, with 9 of 10 transactions."""
    firm = network(3, [(0, 1), (1, 2)], owners=("firm", "firm", "customer"), volume=[1, 9], is_specific=(True, False))
    assert boundary_span(firm) == 0.5
    assert boundary_span(firm, by_volume=True) == pytest.approx(0.9)
    assert lock_in_share(firm) == 0.5
    assert lock_in_share(firm, by_volume=True) == pytest.approx(0.1)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_equal_control_by_k_stakeholders_has_concentration_one_over_k(k):
    """1 for a monopoly; participation is what is missing to 1."""
    model = network(6, controllers=("firm", "customer", "supplier")[:k] * (6 // k), value=np.full(6, 2.0))
    assert control_concentration(model) == pytest.approx(1 / k)
    assert governance_participation(model) == pytest.approx(1 - 1 / k)


def test_the_concentration_of_eight_firms_is_the_published_one():
    """Status: published. Investopedia, video text 'Herfindahl-Hirschman index': eight shares, 1,296 of 10,000."""
    names = tuple("ABCDEFGH")
    shares = [10, 9, 12, 15, 12, 11, 15, 16]
    market = network(8, stakeholders=names, owners=names, value=shares)
    assert control_concentration(market) == pytest.approx(0.1296)


def test_transactions_that_cost_more_than_everything_created_leave_a_negative_share():
    """Without a lower bound: minus infinity where the value is next to nothing, and no warning."""
    costly = network(2, [(0, 1)], value=[1, 0], volume=3, transaction_cost=1)
    assert transaction_efficiency(costly) == pytest.approx(-2)
    assert transaction_efficiency(replace(costly, value=1e-307, transaction_cost=1e6)) == -np.inf


def test_without_any_value_all_activities_count_the_same():
    """Somebody decides about an activity even if nobody has judged its value."""
    model = network(4, controllers=("firm", "firm", "firm", "customer"))
    assert control_shares(model).tolist() == [0.75, 0.25, 0]
    assert controlled_share(model, "customer") == 0.25


def test_networks_without_links_or_with_few_activities_are_answered_explicitly():
    """No link or n < 3: no division by zero, and the documented 0."""
    for model in (network(1), network(2), network(5), network(2, [(0, 1)])):
        assert link_centralisation(model) == 0
    for reading in (boundary_span, link_density, link_reciprocity, lock_in_share, transaction_costs):
        assert reading(network(1)) == reading(network(5)) == 0
    assert boundary_span(network(5), by_volume=True) == 0
    assert complementarity_share(network(1)) == transaction_efficiency(network(1)) == 0
    assert customer_facing_share(network(2, [(0, 1)], kinds=("customer",) * 2)) == 0
    assert link_density(network(2, [(0, 1)])) == 0.5


# What holds for every network


@given(ANY, st.data())
def test_names_and_order_never_matter(model, data):
    """All readings of the same network under other names, in another order of activities, stakeholders and links."""
    n, m = len(model.activities), len(model.links)
    new, order = data.draw(st.permutations(range(n))), data.draw(st.permutations(range(m)))
    called = dict(zip(model.activities, [f"activity {i}" for i in range(n)], strict=True))
    people = {"firm": "Z", "customer": "Y", "supplier": "X"}
    moved = BusinessModel(
        stakeholders=tuple(sorted(people.values())),
        activities=tuple(called[model.activities[i]] for i in new),
        kinds=tuple(model.kinds[i] for i in new),
        owners=tuple(people[model.owners[i]] for i in new),
        controllers=tuple(people[model.controllers[i]] for i in new),
        steps=tuple(model.steps[i] for i in new),
        links=tuple((called[model.links[j][0]], called[model.links[j][1]]) for j in order),
        is_specific=tuple(model.is_specific[j] for j in order),
        **{field: getattr(model, field)[list(order if per_link else new)] for field, per_link in NUMBERS.items()},
    )
    for reading in READINGS:
        assert reading(moved) == pytest.approx(reading(model), rel=1e-9, abs=1e-9)
    usual = model.activities[: n // 2 + 1]
    assert novelty(moved, [called[name] for name in usual]) == novelty(model, usual)
    assert sorted(control_shares(moved)) == pytest.approx(sorted(control_shares(model)))


@given(ANY)
def test_all_indicators_stay_in_their_bounds(model):
    """Shares in [0, 1]; concentration from 1/s; efficiency has no lower bound."""
    for reading in READINGS:
        if reading not in (business_value, transaction_costs, business_surplus, transaction_efficiency):
            assert -1e-12 <= reading(model) <= 1 + 1e-12
    assert transaction_efficiency(model) <= 1
    assert control_concentration(model) >= 1 / len(model.stakeholders) - 1e-12
    assert control_shares(model).sum() == pytest.approx(1)


@given(ANY)
def test_structure_agrees_with_counting_by_hand(model):
    """Pair by pair, without the index arrays of the code."""
    linked = {(a, b): (a, b) in model.links for a, b in permutations(model.activities, 2)}
    degrees = [sum(linked[a, b] or linked[b, a] for b in model.activities if b != a) for a in model.activities]
    n = len(degrees)
    assert link_density(model) == pytest.approx(np.mean(list(linked.values())) if linked else 0)
    if n > 2:
        assert link_centralisation(model) == pytest.approx(sum(max(degrees) - d for d in degrees) / (n - 1) / (n - 2))
    owner, kind = (dict(zip(model.activities, field, strict=True)) for field in (model.owners, model.kinds))
    if model.links:
        assert boundary_span(model) == pytest.approx(np.mean([owner[a] != owner[b] for a, b in model.links]))
        assert link_reciprocity(model) == pytest.approx(np.mean([linked[b, a] for a, b in model.links]))
    others = [a for a in model.activities if kind[a] != "customer"]
    facing = {a for link in model.links for a, b in (link, link[::-1]) if kind[b] == "customer"}
    assert customer_facing_share(model) == pytest.approx(np.mean([a in facing for a in others]) if others else 0)


@given(ANY)
def test_a_merger_of_owners_never_widens_the_span_and_never_spreads_control(model):
    """(a + b)^2 >= a^2 + b^2, and links between the two no longer cross a boundary."""

    def merged(names):
        return tuple("firm" if name == "supplier" else name for name in names)

    one = replace(model, owners=merged(model.owners), controllers=merged(model.controllers))
    assert boundary_span(one) <= boundary_span(model)
    assert boundary_span(one, by_volume=True) <= boundary_span(model, by_volume=True) + 1e-12
    assert control_concentration(one) >= control_concentration(model) - 1e-12
    assert governance_participation(one) <= governance_participation(model) + 1e-12


@given(business_models(least=2), st.data())
def test_an_answer_to_a_one_way_link_raises_density_and_reciprocity(model, data):
    """Adding the other direction adds a link, and makes two of them mutual; the centre stays where it was."""
    lonely = [link for link in model.links if link[::-1] not in model.links]
    assume(lonely)
    source, target = data.draw(st.sampled_from(lonely))
    longer = replace(
        model,
        links=(*model.links, (target, source)),
        is_specific=(*model.is_specific, False),
        **{field: 1.0 for field, per_link in NUMBERS.items() if per_link},
    )
    assert link_density(longer) > link_density(model)
    assert link_reciprocity(longer) > link_reciprocity(model)
    assert link_centralisation(longer) == link_centralisation(model)


SETS = st.sets(st.sampled_from("abcde"), min_size=1)


@given(SETS, SETS, SETS)
def test_novelty_is_a_distance_between_sets_of_activities(first, second, third):
    """0 only for the same set, 1 for nothing in common, symmetric, and no detour is shorter."""

    def apart(one, other):
        return novelty(network(len(one), activities=tuple(one)), other)

    assert (apart(first, second) == 0) == (first == second)
    assert (apart(first, second) == 1) == first.isdisjoint(second)
    assert apart(first, second) == apart(second, first)
    assert apart(first, third) <= apart(first, second) + apart(second, third) + 1e-12


def test_novelty_counts_names():
    """By hand: two in common of four; nothing usual means all is new."""
    assert novelty(network(3), ["b", "c", "d"]) == 0.5
    assert novelty(network(3), network(3).activities) == 0
    assert novelty(network(3), []) == 1


def test_value_and_themes_by_hand():
    """Value 6 + 2 from the link, transactions 10 * .1, activities 3: 8, 4 left; 2 of 8 from links, 7 of 8 kept."""
    firm = network(
        2, [(0, 1)], value=[5, 1], cost=[1, 2], volume=10, transaction_cost=0.1, synergy=2, is_specific=(True,)
    )
    assert business_value(firm) == 8
    assert transaction_costs(firm) == pytest.approx(1)
    assert business_surplus(firm) == pytest.approx(4)
    assert dict(zip(NICE_THEMES, nice_themes(firm, ["a"]), strict=True)) == pytest.approx(
        {"novelty": 0.5, "lock-in": 1.0, "complementarity": 0.25, "efficiency": 0.875}
    )


@given(ANY)
def test_surplus_is_what_transactions_and_activities_leave_over(model):
    """Value times efficiency, minus the costs of activities."""
    assume(business_value(model) > 1e-6)
    left = business_value(model) * transaction_efficiency(model) - model.cost.sum()
    assert business_surplus(model) == pytest.approx(left, rel=1e-9, abs=1e-3)


@given(ANY, st.floats(0, 10))
def test_dearer_transactions_never_raise_efficiency(model, more):
    """And more synergy never lowers it, nor complementarity."""
    dearer = np.minimum(1e6, model.transaction_cost + more)
    richer = np.minimum(1e6, model.synergy + more)
    assume(business_value(model) > 1e-6)
    bound = 1e-9 * (1 + abs(transaction_efficiency(model)))
    assert transaction_efficiency(replace(model, transaction_cost=dearer)) <= transaction_efficiency(model) + bound
    assert transaction_efficiency(replace(model, synergy=richer)) >= transaction_efficiency(model) - bound
    assert complementarity_share(replace(model, synergy=richer)) >= complementarity_share(model) - 1e-12


def test_the_kinds_are_the_structural_elements_of_text_a_and_the_customer():
    """In the order of the text."""
    text = "design of operations, infrastructure, hierarchy, suppliers, and partners"
    places = [text.index(kind) for kind in KINDS[:-1]]
    assert places == sorted(places)
    assert KINDS[-1] == "customer"


@given(ANY, st.lists(st.floats(0, 1), min_size=1, max_size=3))
def test_scenarios_in_one_call_equal_one_call_per_scenario(base, rows):
    """The network is one, its numbers vary along the leading axes."""
    many = replace(base, **{field: np.outer(rows, getattr(base, field)) for field in NUMBERS})
    for reading in (*READINGS, control_shares, lambda model: nice_themes(model, ["a", "z"])):
        together = np.broadcast_to(reading(many), (len(rows), *np.shape(reading(base))))
        for i, row in enumerate(rows):
            one = replace(base, **{field: row * getattr(base, field) for field in NUMBERS})
            assert together[i] == pytest.approx(reading(one), rel=1e-12, abs=1e-12)


# Sourcing, production, delivery


def chain_of(capability):
    return network(4, steps=(*STEPS, ""), capability=capability)


def test_a_business_model_has_the_capabilities_of_its_weakest_activities():
    """The activity outside of the chain does not count, however weak; two of one step are both needed."""
    assert step_capabilities(chain_of([4, 2, 3, 1])).tolist() == [4, 2, 3]
    assert bottleneck_activity(chain_of([4, 2, 3, 1])) == "b"
    twice = network(4, steps=(*STEPS, "sourcing"), capability=[4, 2, 3, 1])
    assert step_capabilities(twice).tolist() == [1, 2, 3]
    assert bottleneck_activity(twice) == "d"


def test_the_bottleneck_of_many_scenarios():
    """Each scenario has its own; the first of several equal ones is named."""
    model = chain_of([[1, 2, 3, 0], [3, 2, 1, 0], [2, 2, 2, 0]])
    chain = CapabilityParameters(capability=step_capabilities(model), demand=2)
    assert bottleneck_activity(model).tolist() == ["a", "c", "a"]
    assert bottleneck_step(chain).tolist() == ["sourcing", "delivery", "sourcing"]
    assert throughput(chain).tolist() == [1, 1, 2]


def test_a_chain_with_a_missing_step_is_answered_by_a_sentence():
    """One sentence for each step that nobody carries out."""
    with pytest.raises(ParameterError) as error:
        bottleneck_activity(network(1, steps=("production",), capability=3))
    assert list(error.value.faults) == [
        "step 'sourcing' has no activity; give one this step and a capability",
        "step 'delivery' has no activity; give one this step and a capability",
    ]


# Building one


def test_a_business_model_is_built_from_names_or_from_tables():
    """One line per activity and link; empty cells of a table count as not given."""
    activities = {
        "make": {"kind": "operations", "owner": "firm", "step": "production", "capability": 7, "value": 2},
        "use": {"kind": "customer", "owner": "customer", "controller": "firm", "cost": 0.5},
    }
    links = {("make", "use"): {"transaction_cost": 0.25, "is_specific": np.True_}, ("use", "make"): {"volume": 3}}
    typed = business_model(["firm", "customer"], activities, links)
    table = pd.DataFrame.from_dict(activities, orient="index")
    pairs = pd.DataFrame({"volume": [None, 3.0], "transaction_cost": [0.25, None]}, index=list(links))
    pairs["is_specific"] = [True, False]
    read = business_model(
        ["firm", "customer"], table.to_dict("index"), dict(zip(links, pairs.to_dict("records"), strict=True))
    )
    for model in (typed, read):
        assert model.controllers == ("firm", "firm")
        assert model.steps == ("production", "")
        assert model.is_specific == (True, False)
        numbers = {field: getattr(model, field).tolist() for field in NUMBERS}
        assert numbers == {
            "value": [2, 0],
            "cost": [0, 0.5],
            "capability": [7, 0],
            "volume": [1, 3],
            "transaction_cost": [0.25, 0],
            "synergy": [0, 0],
        }


def test_numbers_may_be_scenarios():
    """One activity varies; all arrays have the leading axis afterwards and cannot be written to."""
    row = {"kind": "operations", "owner": "firm"}
    model = business_model(["firm"], {"a": row | {"value": [1, 2, 3]}, "b": row | {"value": 1}}, {("a", "b"): {}})
    assert model.value.tolist() == [[1, 1], [2, 1], [3, 1]]
    assert model.volume.shape == (3, 1)
    assert business_value(model).tolist() == [2, 3, 4]
    assert business_value(business_model(["firm"], {"a": row}, {})) == 0
    with pytest.raises(ValueError, match="read-only"):
        model.value[0, 0] = 5


def test_all_faults_of_a_business_model_come_at_once():
    """One error, one sentence per fault, each with the value and what is allowed."""
    with pytest.raises(ParameterError) as error:
        business_model(
            ["bank", "bank"],
            {
                "sell": {"kind": "sales", "owner": "bnak", "value": -1, "prize": 2, "step": "packing", "cost": "low"},
                "sign": {"owner": "bank", "controller": "boss", "step": "delivery", "value": [1, 2]},
                "save": {"kind": "customer", "owner": "bank", "capability": 3, "value": [1, 2, 3]},
            },
            {
                ("sell", "sell"): {},
                ("sell", "buy"): {"volume": -3, "is_specific": "yes"},
                ("sign",): {},
            },
        )
    assert list(error.value.faults) == [
        "'sell' has no field 'prize'; choose from kind, owner, controller, step, value, cost, capability",
        "capability of 'sell' is missing; step and capability go together: give both, or neither",
        "capability of 'sign' is missing; step and capability go together: give both, or neither",
        "step of 'save' is missing; step and capability go together: give both, or neither",
        "value of 'sell' must be between 0 and 1e+06 (value per period); got -1",
        "value: leading axes (scenarios) must be of one shape, or of length 1; got (), (2,), (3,); "
        "give each the same shape",
        "cost of 'sell' must be a number between 0 and 1e+06 (value per period); got 'low'",
        "volume of 'sell' to 'buy' must be between 0 and 1e+06 (transactions per period); got -3",
        "stakeholders must have different names; got 'bank' more than once",
        "kind of 'sell' must be one of operations, infrastructure, hierarchy, supplier, partner, customer; got 'sales'",
        "kind of 'sign' must be one of operations, infrastructure, hierarchy, supplier, partner, customer; "
        "it is missing",
        "owner of 'sell' must be one of bank; got 'bnak'",
        "controller of 'sign' must be one of bank; got 'boss'",
        "step of 'sell' must be one of sourcing, production, delivery; got 'packing'",
        "is_specific must be a tuple of 3 times True or False; got (False, 'yes', False)",
        "link 'sell' to 'sell' starts and ends at the same activity; link two different ones",
        "link 'sell' to 'buy' names 'buy', which is not an activity; choose from sell, sign, save",
        "links must be pairs (from, to); got ('sign',)",
    ]


def test_a_business_model_typed_as_tuples_is_checked_as_well():
    """Names twice, links twice and wrong lengths cannot occur in mappings, but here."""
    with pytest.raises(ParameterError) as error:
        BusinessModel(
            stakeholders=("firm",),
            activities=("a", "a"),
            kinds=("operations",),
            owners=("firm", "firm"),
            controllers=("firm", "firm"),
            steps=("", ""),
            links=(("a", "b"), ("a", "b")),
            is_specific=(True,),
            value=np.zeros(3),
            cost=np.zeros((2, 2)),
            volume=np.ones((3, 2)),
        )
    assert list(error.value.faults) == [
        "activities must have different names; got 'a' more than once",
        "kinds must be a tuple of 2, one per activity; got ('operations',)",
        "is_specific must be a tuple of 2 times True or False; got (True,)",
        "link 'a' to 'b' names 'b', which is not an activity; choose from a, a",
        "link 'a' to 'b' names 'b', which is not an activity; choose from a, a",
        "link 'a' to 'b' is given twice; give it once, with the sum of both volumes",
        "value must end in an axis of 2, one per activity; got shape (3,)",
        "leading axes (scenarios) must be of one shape, or of length 1; got (), (2,), (), (3,), (), (); "
        "give each the same shape",
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: network(2, activities="ab"), "activities must be a tuple of at least one name; got 'ab'"),
        (lambda: replace(network(2), links="ab"), "links must be a tuple of pairs .from, to.; got 'ab'"),
        (
            lambda: replace(network(2), owners=None, controllers=("boss", "firm")),
            "controller of 'a' must be one of firm",
        ),
        (lambda: replace(network(2), links=(("a", ["b"]),), volume=1), r"pairs .from, to.; got .'a', ..b'.."),
        (lambda: network(2, stakeholders=()), "stakeholders must be a tuple of at least one name"),
        (lambda: business_model(["firm"], ["make"], {}), "activities must map each name to its fields"),
        (lambda: business_model(["firm"], {"make": {}}, {("a", "b"): 3}), "links must map each name to its fields"),
        (lambda: novelty(network(1), "make"), "several names of activities; got the text 'make'"),
        (lambda: controlled_share(network(1), "boss"), "'boss' is not a stakeholder; choose from firm, customer"),
    ],
)
def test_a_wrong_argument_is_answered_by_a_sentence(call, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        call()
