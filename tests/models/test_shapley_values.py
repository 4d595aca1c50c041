"""The Shapley value: its axioms, its closed form, published games, and the core."""

import tomllib
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models import (
    ParticipationParameters,
    coalition_value,
    rewards,
    shapley_values,
    shapley_values_brute_force,
)
from tests.strategies import eighths, participation_games

# Conflict is meant here; that it is warned of has a test of its own.
pytestmark = pytest.mark.filterwarnings("ignore:synergy of .* a conflict")

REFERENCES = tomllib.loads((Path(__file__).parents[1] / "references" / "cooperative_games.toml").read_text())["games"]
PUBLISHED = {
    "glove, 1 left and 2 right": lambda s: float(0 in s and len(s) >= 2),
    "glove, 1 left and 4 right": lambda s: float(0 in s and len(s) >= 2),
    "airport, 4 aircraft types": lambda s: max((8, 11, 13, 18)[i] for i in s) if s else 0,
    "airport, 6 aircraft": lambda s: max((40, 50, 60, 70, 80, 90)[i] for i in s) if s else 0,
    "majority of 3": lambda s: float(len(s) >= 2),
    "weighted majority [51; 50, 49, 1]": lambda s: float(sum((50, 49, 1)[i] for i in s) >= 51),
    "owner and 3 workers": lambda s: float(len(s) - 1) if 0 in s else 0.0,
    "unanimity of players 1 and 3": lambda s: float({0, 2} <= s),
}

ANY_SIGN = participation_games(lowest_synergy=-3)


def value_of(game):
    """Return the game as a function of sets: own values and pairs, one by one."""

    def value(members):
        pairs = combinations(sorted(members), 2)
        return sum(game.stand_alone[i] for i in members) + sum(game.synergy[i, j] for i, j in pairs)

    return value


def mask(members, m):
    return np.isin(np.arange(m), list(members))


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda r: r["name"])
def test_brute_force_gives_the_published_values(reference):
    """Games that others have solved; citation and status stand beside each in the table."""
    computed = shapley_values_brute_force(PUBLISHED[reference["name"]], reference["stakeholders"])
    expected = np.array(reference["values"]) / reference["divided_by"]
    assert computed == pytest.approx(expected, abs=1e-12)


def test_every_published_game_is_played_and_names_its_source():
    """The table and the tests hold the same games; nothing is cited without a status."""
    assert {r["name"] for r in REFERENCES} == set(PUBLISHED)
    assert all(r["citation"] and r["status"] in {"published", "derived", "unverified"} for r in REFERENCES)


@given(ANY_SIGN)
def test_closed_form_equals_the_definition_over_all_coalitions(game):
    """(13) against brute force: own value plus half of each synergy."""
    brute = shapley_values_brute_force(value_of(game), len(game.stakeholders))
    assert shapley_values(game) == pytest.approx(brute, abs=1e-12)


@given(ANY_SIGN, st.data())
def test_closed_form_on_a_circle_is_the_value_of_the_game_of_its_members(game, data):
    """Outsiders count as if they had never been there."""
    m = len(game.stakeholders)
    inside = np.array(data.draw(st.lists(st.booleans(), min_size=m, max_size=m)), dtype=bool)
    value = value_of(game)
    brute = shapley_values_brute_force(lambda s: value(s & frozenset(np.flatnonzero(inside))), m)
    assert shapley_values(game, inside) == pytest.approx(np.where(inside, brute, 0), abs=1e-12)
    assert coalition_value(game, inside) == value(frozenset(np.flatnonzero(inside)))


@given(ANY_SIGN)
def test_efficiency_everything_created_is_shared_out(game):
    """The shares of all add up to the value of all."""
    assert shapley_values(game).sum() == coalition_value(game)


@given(participation_games(stakeholders=st.integers(2, 5), lowest_synergy=-3))
def test_symmetry_equal_stakeholders_get_equal_shares(game):
    """Make the first two alike: same own value, same synergies with everybody else."""
    own, synergy = game.stand_alone.copy(), game.synergy.copy()
    own[1] = own[0]
    synergy[1, 2:] = synergy[2:, 1] = synergy[0, 2:]
    alike = ParticipationParameters(stakeholders=game.stakeholders, stand_alone=own, synergy=synergy, cost=0.0)
    assert shapley_values(alike)[0] == shapley_values(alike)[1]


@given(ANY_SIGN)
def test_dummy_who_adds_nothing_to_others_gets_its_own_value(game):
    """A dummy in the game's sense contributes only its own value (not Text A's "dummy", who has no say)."""
    synergy = game.synergy.copy()
    synergy[0, :] = synergy[:, 0] = 0
    dummy = ParticipationParameters(
        stakeholders=game.stakeholders, stand_alone=game.stand_alone, synergy=synergy, cost=game.cost
    )
    assert shapley_values(dummy)[0] == game.stand_alone[0]


@given(
    participation_games(stakeholders=st.just(4), lowest_synergy=-3),
    participation_games(stakeholders=st.just(4), lowest_synergy=-3),
)
def test_additivity_two_projects_together_give_the_sum_of_both_shares(first, second):
    """Sharing project by project or all at once makes no difference."""
    both = ParticipationParameters(
        stakeholders=first.stakeholders,
        stand_alone=first.stand_alone + second.stand_alone,
        synergy=first.synergy + second.synergy,
        cost=0.0,
    )
    assert shapley_values(both).tolist() == (shapley_values(first) + shapley_values(second)).tolist()


@given(participation_games())
def test_without_conflict_no_coalition_can_do_better_by_itself(game):
    """For b >= 0 the Shapley value lies in the core: "not just the customers" (Text A) pays."""
    m = len(game.stakeholders)
    shares = shapley_values(game)
    for size in range(1, m + 1):
        for members in combinations(range(m), size):
            assert shares[list(members)].sum() >= coalition_value(game, mask(members, m))


@given(participation_games(), st.data())
def test_without_conflict_two_separate_circles_create_less_than_one(game, data):
    """Superadditivity for b >= 0: v(S or T) >= v(S) + v(T) for separate S and T."""
    m = len(game.stakeholders)
    where = np.array(data.draw(st.lists(st.integers(0, 2), min_size=m, max_size=m)))
    first, second = where == 1, where == 2
    assert coalition_value(game, first | second) >= coalition_value(game, first) + coalition_value(game, second)


def test_with_conflict_a_coalition_can_do_better_by_itself():
    """Why core and superadditivity need b >= 0: two partners and a third who disturbs them."""
    disturbed = ParticipationParameters(
        stakeholders=("a", "b", "c"),
        synergy=np.array([[0.0, 2.0, -1.0], [2.0, 0.0, -1.0], [-1.0, -1.0, 0.0]]),
        cost=0.0,
    )
    pair = np.array([True, True, False])
    assert shapley_values(disturbed)[pair].sum() < coalition_value(disturbed, pair)
    assert coalition_value(disturbed) < coalition_value(disturbed, pair) + coalition_value(disturbed, ~pair)


def test_the_shapley_value_of_the_glove_game_is_not_in_its_core():
    """A game that is not made of pairs alone: the left glove and one right glove get 5/6 of the 1 they can make."""
    left, right, _ = shapley_values_brute_force(PUBLISHED["glove, 1 left and 2 right"], 3)
    assert left + right == pytest.approx(5 / 6)


@given(ANY_SIGN, eighths(0, 2))
def test_shapley_values_ignore_what_is_put_in_and_what_is_paid(game, cost):
    """Costs and transfers belong to rewards and surplus, not to the division of value."""
    m = len(game.stakeholders)
    other = ParticipationParameters(
        stakeholders=game.stakeholders,
        stand_alone=game.stand_alone,
        synergy=game.synergy,
        cost=cost,
        transfer=np.triu(np.ones((m, m)), 1),
    )
    assert shapley_values(other).tolist() == shapley_values(game).tolist()
    paid = np.arange(m) - np.arange(m)[::-1]  # each receives 1 from those before and pays 1 to those after
    assert rewards(other) == pytest.approx(shapley_values(game) + paid)


@pytest.mark.parametrize("stakeholders", [0, 13])
def test_brute_force_refuses_games_that_it_cannot_finish(stakeholders):
    """2^13 coalitions times 13 is the place to use (13) instead."""
    with pytest.raises(ParameterError, match=f"between 1 and 12.*got {stakeholders}"):
        shapley_values_brute_force(len, stakeholders)


def test_brute_force_refuses_a_value_for_nobody():
    """A game gives the empty coalition nothing."""
    with pytest.raises(ParameterError, match="empty coalition must be worth 0; got 1"):
        shapley_values_brute_force(lambda members: len(members) + 1, 2)
