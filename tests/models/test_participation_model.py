"""Who leaves: theorems of the leaving cascade, and what fails without their condition."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cocreate_teach.errors import ParameterError
from cocreate_teach.models import (
    TOLERANCE,
    ParticipationParameters,
    coalition_value,
    enthusiasm,
    is_supportive,
    leaving_round,
    members_of,
    net_value,
    participation_equilibrium,
    participation_parameters,
    participation_path,
    participation_step,
    rewards,
    shapley_values,
    with_synergy,
)
from tests.strategies import eighths, participation_games

# Conflict is meant here; that it is warned of has a test of its own.
pytestmark = pytest.mark.filterwarnings("ignore:synergy of .* a conflict")

ANY_SIGN = participation_games(lowest_synergy=-3)


def leave_one_by_one(game, order):
    """Who stays if in each round only the first violator in `order` leaves."""
    inside = np.ones(len(game.stakeholders), dtype=bool)
    while True:
        leaving = inside & ~participation_step(inside, game)
        if not leaving.any():
            return inside
        inside[next(i for i in order if leaving[i])] = False


def circles(m):
    for size in range(m + 1):
        for chosen in combinations(range(m), size):
            inside = np.zeros(m, dtype=bool)
            inside[list(chosen)] = True
            yield inside


def changed(game, **fields):
    names = ("stand_alone", "synergy", "cost", "transfer")
    return ParticipationParameters(
        stakeholders=game.stakeholders, **({name: getattr(game, name) for name in names} | fields)
    )


@given(participation_games(pays=True), st.randoms(use_true_random=False))
def test_without_conflict_the_order_of_leaving_does_not_matter(game, random):
    """If nobody loses by the presence of another, one leaving never makes another want to stay."""
    order = list(range(len(game.stakeholders)))
    random.shuffle(order)
    assert is_supportive(game)
    assert leave_one_by_one(game, order).tolist() == participation_equilibrium(game).tolist()


def test_with_conflict_the_order_of_leaving_can_matter_and_batch_removal_does_not_ask_for_one():
    """Two rivals: each would stay alone. One by one, the second stays; in a batch both leave."""
    rivals = ParticipationParameters(stakeholders=("a", "b"), stand_alone=1.0, synergy=-2.0, cost=0.5)
    assert not is_supportive(rivals)
    assert leave_one_by_one(rivals, [0, 1]).tolist() == [False, True]
    assert leave_one_by_one(rivals, [1, 0]).tolist() == [True, False]
    assert participation_equilibrium(rivals).tolist() == [False, False]


@given(ANY_SIGN, st.randoms(use_true_random=False))
def test_names_and_their_order_do_not_matter_even_with_conflict(game, random):
    """Batch removal is free of order: relabelled stakeholders leave in the same rounds."""
    order = list(range(len(game.stakeholders)))
    random.shuffle(order)
    relabelled = changed(
        game,
        stand_alone=game.stand_alone[order],
        synergy=game.synergy[np.ix_(order, order)],
        cost=game.cost[order],
        transfer=game.transfer[np.ix_(order, order)],
    )
    assert leaving_round(relabelled).tolist() == leaving_round(game)[order].tolist()


@given(participation_games(pays=True))
def test_without_conflict_the_stable_circle_is_the_largest_of_all_stable_ones(game):
    """The closed form of the cascade: the union of all circles in which nobody wants to leave."""
    union = np.zeros(len(game.stakeholders), dtype=bool)
    for inside in circles(len(game.stakeholders)):
        if (participation_step(inside, game) == inside).all():
            union |= inside
    assert participation_equilibrium(game).tolist() == union.tolist()


@given(participation_games(), st.data())
def test_without_conflict_a_lower_cost_never_shrinks_the_stable_circle(game, data):
    """Text A: "management ... can help these stake holders"; support of one never drives out another."""
    m = len(game.stakeholders)
    saved = np.array(data.draw(st.lists(eighths(0, 3), min_size=m, max_size=m)))
    supported = changed(game, cost=np.maximum(game.cost - saved, 0))
    assert (participation_equilibrium(supported) >= participation_equilibrium(game)).all()


@given(participation_games(stakeholders=st.integers(2, 5)), st.data())
def test_without_conflict_more_synergy_never_shrinks_the_stable_circle(game, data):
    """A product for two stakeholders never drives out a third."""
    first, second = data.draw(st.permutations(game.stakeholders))[:2]
    present = game.synergy[game.stakeholders.index(first), game.stakeholders.index(second)]
    richer = with_synergy(game, first, second, present + data.draw(eighths(0, 3)))
    assert (participation_equilibrium(richer) >= participation_equilibrium(game)).all()


def test_with_conflict_support_for_one_can_drive_out_another():
    """Why both theorems need their condition: a cannot work with d, and stays only because d leaves."""
    a, d, e, f = names = ("a", "d", "e", "f")
    game = participation_parameters(
        names,
        stand_alone={a: 1, d: 1},
        synergy={(a, d): -1, (a, e): 1, (d, f): 0},
        cost={a: 0.75, d: 1, e: 2, f: 0},
    )
    cheaper = changed(game, cost=np.array([0.75, 0.5, 2, 0]))
    assert participation_equilibrium(game).tolist() == [True, False, False, True]
    assert participation_equilibrium(with_synergy(game, d, f, 1)).tolist() == [False, True, False, True]
    assert participation_equilibrium(cheaper).tolist() == [False, True, False, True]


@given(ANY_SIGN)
def test_whoever_takes_part_gets_back_at_least_what_it_puts_in(game):
    """Text A: "never participate ... unless it creates value for them too". True for any signs."""
    stable = participation_equilibrium(game)
    assert (rewards(game, stable) - game.cost >= -TOLERANCE)[stable].all()
    assert participation_step(stable, game).tolist() == stable.tolist()


@given(ANY_SIGN)
def test_nobody_returns_and_the_default_number_of_rounds_is_always_enough(game):
    """Each round but the last loses somebody, so m rounds suffice."""
    m = len(game.stakeholders)
    path = participation_path(game)
    assert path.shape == (m + 1, m)
    assert path[0].all()
    assert (path[1:] <= path[:-1]).all()
    assert participation_path(game, m + 3)[-1].tolist() == participation_equilibrium(game).tolist()


@given(ANY_SIGN)
def test_the_leaving_round_is_the_first_round_of_absence(game):
    """0 for those who stay; otherwise the path shows the stakeholder until the round before."""
    path = participation_path(game)
    for i, left in enumerate(leaving_round(game)):
        assert path[:, i].tolist() == [left == 0 or t < left for t in range(len(path))]


def test_a_cascade_can_take_one_stakeholder_per_round():
    """A chain in which each holds the next: the leaving rounds are 1, 2 and 3."""
    chain = ParticipationParameters(
        stakeholders=("a", "b", "c"),
        synergy=np.array([[0.0, 2.0, 0.0], [2.0, 0.0, 2.0], [0.0, 2.0, 0.0]]),
        cost=np.array([1.5, 1.5, 1.0]),
    )
    assert leaving_round(chain).tolist() == [1, 2, 3]


@given(ANY_SIGN)
def test_enthusiasm_is_the_kept_share_of_what_comes_back(game):
    """(14'): between 0 and 1, 0 outside, and cost = (1 - enthusiasm) times reward for members with a reward."""
    keen = enthusiasm(game)
    stable = participation_equilibrium(game)
    back = rewards(game, stable)
    assert ((keen >= 0) & (keen <= 1)).all()
    assert (keen[~stable] == 0).all()
    paid = stable & (back > 0)
    assert ((1 - keen) * back)[paid] == pytest.approx(game.cost[paid])


def test_who_would_leave_has_no_enthusiasm_and_never_a_negative_one(before):
    """Asked about the full circle: the junior gets back too little, and with distrust less than nothing."""
    everybody = np.ones(4, dtype=bool)
    assert enthusiasm(before, everybody)[1] == 0
    distrust = with_synergy(before, "junior adviser", "senior adviser", -3)
    assert rewards(distrust)[1] < 0
    assert enthusiasm(distrust, everybody)[1] == 0
    assert enthusiasm(before, everybody)[0] == pytest.approx(1 - 0.9 / 1.75)


def test_who_gets_nothing_back_is_not_enthusiastic_even_at_no_cost():
    """0/0 is 0 by definition, and no warning."""
    idle = ParticipationParameters(stakeholders=("a", "b"), synergy=0.0, cost=0.0)
    assert enthusiasm(idle).tolist() == [0.0, 0.0]


@given(st.lists(participation_games(stakeholders=st.just(3), lowest_synergy=-3, pays=True), min_size=1, max_size=4))
def test_scenarios_in_one_call_equal_one_call_per_scenario(games):
    """Leading axes are scenarios, for every function of the model."""
    fields = ("stand_alone", "synergy", "cost", "transfer")
    stacked = changed(games[0], **{name: np.stack([getattr(game, name) for game in games]) for name in fields})
    asked = (coalition_value, shapley_values, rewards, net_value, participation_path, participation_equilibrium)
    for function in (*asked, leaving_round, enthusiasm, is_supportive):
        together = function(stacked)
        assert together.shape[0] == len(games)
        for one, game in zip(together, games, strict=True):
            assert one.tolist() == function(game).tolist()


def test_one_varying_cost_is_enough_to_make_scenarios(before):
    """Fields only need to broadcast; nobody has to repeat the synergies."""
    costs = np.tile(before.cost, (5, 2, 1))
    costs[..., 1] = np.linspace(0, 2, 10).reshape(5, 2)
    varied = changed(before, cost=costs)
    assert participation_path(varied).shape == (5, 2, 5, 4)
    assert participation_equilibrium(varied)[..., 1].ravel().tolist() == [c <= 0.75 for c in np.linspace(0, 2, 10)]


def test_a_circle_given_by_names_or_counts_is_refused(before):
    """Truth values only: 0 and 1 could as well be positions."""
    for wrong in ([1, 0, 1, 1], ["customer"], [True, False]):
        with pytest.raises(ParameterError, match="truth values with a last axis of 4"):
            members_of(before, wrong)


def test_a_negative_number_of_rounds_is_refused(before):
    """A sentence, not an empty picture."""
    with pytest.raises(ParameterError, match="periods must be a whole number from 0; got -1"):
        participation_path(before, -1)


@given(ANY_SIGN, st.data())
def test_transfers_move_value_and_create_none(game, data):
    """They cancel in the total, and end when either side leaves."""
    m = len(game.stakeholders)
    amounts = np.array(data.draw(st.lists(eighths(0, 2), min_size=m * m, max_size=m * m))).reshape(m, m)
    np.fill_diagonal(amounts, 0)
    paying = changed(game, transfer=amounts)
    inside = np.array(data.draw(st.lists(st.booleans(), min_size=m, max_size=m)), dtype=bool)
    assume(inside.any())
    assert rewards(paying, inside).sum() == pytest.approx(coalition_value(game, inside))
    assert net_value(paying, inside) == net_value(game, inside)
    alone = np.eye(m, dtype=bool)
    assert rewards(paying, alone).tolist() == shapley_values(game, alone).tolist()
