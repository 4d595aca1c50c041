"""Four pairs to start from; all their numbers are illustrative."""

import inspect

import numpy as np
import pytest

from cocreate_teach.models import dyads
from cocreate_teach.models.dyads import BANK_DYAD, BURBERRY_DYAD, CAPTIVE_DYAD, EXAMPLE_DYAD
from cocreate_teach.models.involvement_closed_forms import involvement_equilibrium
from cocreate_teach.models.involvement_state import InvolvementParameters
from cocreate_teach.models.pledges import investment_asymmetry, proportionality
from cocreate_teach.models.relationship import expected_duration, involvement, met_expectations, risk

PRESETS = {name: value for name, value in vars(dyads).items() if isinstance(value, InvolvementParameters)}


def settled(parameters):
    state = involvement_equilibrium(parameters)
    return state, involvement(state, parameters)


def test_the_captive_customer_is_involved_and_disappointed():
    """J = (.2254, .1314), g_c = .6809, hence attitude 2 m - 1 = -.3617: she stays for what she has put in."""
    state, involved = settled(CAPTIVE_DYAD)
    assert involved == pytest.approx([0.2254, 0.1314], abs=5e-5)
    assert state.unmet[0] == pytest.approx(0.6809, abs=5e-5)
    assert 2 * met_expectations(state)[0] - 1 == pytest.approx(-0.3617, abs=5e-5)
    assert state.social[0] == pytest.approx(0.8)
    assert state.emotional[0] == pytest.approx(0.0338, abs=5e-5)


def test_the_example_consumer_puts_in_more_and_is_more_involved():
    """X = (.6, .4), attitudes .5317 and .5687 in what is built on it."""
    state, involved = settled(EXAMPLE_DYAD)
    assert np.asarray(EXAMPLE_DYAD.investment).tolist() == [0.6, 0.4]
    assert involved[0] > involved[1]
    assert 2 * met_expectations(state) - 1 == pytest.approx([0.5317, 0.5687], abs=5e-5)


def test_the_bank_client_discloses_much_and_trusts_half():
    """X = (.45, .4) from four resources each; the client's risk is larger than the bank's."""
    state, _ = settled(BANK_DYAD)
    assert np.asarray(BANK_DYAD.investment) == pytest.approx([0.45, 0.40])
    assert proportionality(BANK_DYAD.investment) == pytest.approx(8 / 9)
    assert risk(state, BANK_DYAD)[0] > risk(state, BANK_DYAD)[1]


def test_the_fashion_brand_puts_in_more_than_its_fan():
    """X = (.4, .7); drift and rivals make the relation shorter than the bank's, although all communicate more."""
    fan, _ = settled(BURBERRY_DYAD)
    client, _ = settled(BANK_DYAD)
    assert np.asarray(BURBERRY_DYAD.investment) == pytest.approx([0.4, 0.7])
    assert investment_asymmetry(BURBERRY_DYAD.investment) < 0
    assert expected_duration(fan, BURBERRY_DYAD) < expected_duration(client, BANK_DYAD)


def test_no_preset_sits_on_a_tie():
    """Equal investments are a kink, and an attitude of zero decides between two kinds of loyalty."""
    assert len(PRESETS) == 4
    for name, parameters in PRESETS.items():
        state, _ = settled(parameters)
        assert proportionality(parameters.investment) < 0.95, name
        assert (np.abs(2 * met_expectations(state) - 1) > 0.05).all(), name


def test_every_preset_says_that_its_numbers_are_illustrative():
    """The status of a number belongs to it."""
    source = inspect.getsource(dyads)
    assert source.count("(status: illustrative)") == len(PRESETS)
