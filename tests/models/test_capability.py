"""Sourcing, production, delivery: the chain and its weakest step (M5)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.capability import (
    STEPS,
    CapabilityParameters,
    bottleneck_step,
    smooth_support,
    step_coverage,
    structural_support,
    throughput,
)
from tests.strategies import parameters_of

CHAIN = parameters_of(CapabilityParameters)


def test_the_steps_are_those_of_text_a():
    """In the order of the text."""
    places = ["The capabilities of sourcing, production, and delivery must also be considered".index(s) for s in STEPS]
    assert places == sorted(places)


@given(CHAIN)
def test_throughput_is_the_smallest_capability_and_support_its_share_of_demand(chain):
    """Over the whole declared range; demand 0 asks for nothing, so nothing is missing unless a step can do nothing."""
    weakest = min(chain.capability)
    assert throughput(chain) == weakest
    assert chain.capability[STEPS.index(bottleneck_step(chain))] == weakest
    if chain.demand > 0:
        assert structural_support(chain) == pytest.approx(1 if weakest >= chain.demand else weakest / chain.demand)
    else:
        assert structural_support(chain) == float(weakest > 0)
    assert structural_support(chain) == step_coverage(chain).min()


@given(CHAIN)
def test_the_smooth_alternative_is_never_below_the_strict_one(chain):
    """Geometric mean and minimum of the same three shares: equal if the three are, both 0 if one of them is."""
    strict, smooth = structural_support(chain), smooth_support(chain)
    assert 0 <= strict <= smooth + 1e-12 <= 1 + 2e-12
    assert (strict == 0) == (smooth == 0)
    assert smooth == pytest.approx(np.exp(np.log(np.maximum(step_coverage(chain), 1e-300)).mean()) * (smooth > 0))
    even = replace(chain, capability=float(throughput(chain)))
    assert smooth_support(even) == pytest.approx(structural_support(even), abs=1e-12)


def test_the_smooth_alternative_below_demand_is_the_cube_root_of_the_product():
    """(s p d)^(1/3) / demand = (2 * 4 * 8)^(1/3) / 10 = .4, against .2 by the bottleneck."""
    chain = CapabilityParameters(capability=[2, 4, 8], demand=10)
    assert smooth_support(chain) == pytest.approx(0.4)
    assert structural_support(chain) == pytest.approx(0.2)


@given(CHAIN, st.integers(0, 2), st.floats(0, 1e5))
def test_only_the_bottleneck_is_worth_improving(chain, place, gain):
    """Another step can grow without any effect; the smooth alternative rewards it unless it covers demand already."""
    grown = chain.capability.copy()
    grown[place] = min(1e6, grown[place] + gain)
    better = replace(chain, capability=grown)
    assert throughput(better) >= throughput(chain)
    assert structural_support(better) >= structural_support(chain)
    assert smooth_support(better) >= smooth_support(chain) - 1e-12
    if chain.capability[place] > throughput(chain):
        assert throughput(better) == throughput(chain)
    others = np.delete(chain.capability, place)
    if chain.capability[place] < others.min():
        assert throughput(better) == min(grown[place], others.min())


@given(CHAIN, st.floats(0, 1e6))
def test_more_demand_never_raises_support_and_units_do_not_matter(chain, demand):
    """Dozens or pieces: capabilities and demand scale together."""
    low, high = sorted((chain.demand, demand))
    assert structural_support(replace(chain, demand=high)) <= structural_support(replace(chain, demand=low))
    assert smooth_support(replace(chain, demand=high)) <= smooth_support(replace(chain, demand=low)) + 1e-12
    dozens = CapabilityParameters(capability=chain.capability / 12, demand=chain.demand / 12)
    assert structural_support(dozens) == pytest.approx(structural_support(chain))


@given(st.lists(CHAIN, min_size=1, max_size=4))
def test_chains_in_one_call_equal_one_call_per_chain(chains):
    """Capabilities (..., 3) and demand (...) vary together."""
    many = CapabilityParameters(
        capability=np.array([chain.capability for chain in chains]), demand=[chain.demand for chain in chains]
    )
    for reading in (throughput, bottleneck_step, step_coverage, structural_support, smooth_support):
        assert reading(many).tolist() == [reading(chain).tolist() for chain in chains]
    assert structural_support(CapabilityParameters(capability=5, demand=[5, 10])).tolist() == [1, 0.5]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"capability": [1, 2], "demand": 1}, "axis of 3: sourcing, production, delivery; got shape .2,."),
        ({"capability": -1, "demand": 1}, "capability must be between 0 and 1e.06 .units per period.; got -1"),
        ({"capability": np.ones((2, 3)), "demand": np.ones(4)}, "leading axes .scenarios."),
        ({"capability": 1, "demand": "much"}, "demand must be a number between 0"),
    ],
)
def test_a_wrong_parameter_is_answered_by_a_sentence(given, message):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=message):
        CapabilityParameters(**given)
