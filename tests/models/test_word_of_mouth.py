"""Word of mouth: against a plain loop, exact small cases, the Bass model and the ring; what networks change."""

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse.csgraph import shortest_path

from cocreate_teach.errors import ParameterError
from cocreate_teach.models import word_of_mouth
from cocreate_teach.models.bass import BassParameters, bass_path
from cocreate_teach.models.networks import (
    complete_network,
    link_matrix,
    network_from_links,
    random_network,
    ring_network,
    scale_free_network,
    small_world_network,
)
from cocreate_teach.models.progress import is_stopped
from cocreate_teach.models.ring import ring_path
from cocreate_teach.models.word_of_mouth import WordOfMouthParameters, sample_word_of_mouth

MEAN = WordOfMouthParameters(innovation=0.03, imitation=0.38)
BASS = BassParameters(innovation=0.03, imitation=0.38)
SHARES = st.floats(0, 1)


def rng(seed=1):
    return np.random.default_rng(seed)


def runs_of(network, parameters, periods, runs, seed=1, **given):
    """Return the mean of independent runs and four standard errors of it."""
    share = sample_word_of_mouth(network, parameters, periods, rng=rng(seed), runs=runs, **given).share
    return share.mean(axis=0), 4 * share.std(axis=0, ddof=1) / np.sqrt(runs)


@st.composite
def worlds(draw, lowest_weight=-1.0):
    """Draw a small network of any kind, p and q with p + q <= 1, what each says, and who starts."""
    size = draw(st.integers(1, 8))
    pairs = [(i, j) for i in range(size) for j in range(i)]
    links = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    network = network_from_links(np.array(links, dtype=int).reshape(-1, 2), size)
    p = draw(SHARES)
    parameters = WordOfMouthParameters(
        innovation=p,
        imitation=draw(SHARES) * (1 - p),
        recommendation=np.array(draw(st.lists(st.floats(lowest_weight, 1), min_size=size, max_size=size))),
    )
    start = np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    return draw(st.sampled_from([network, complete_network(size)])), parameters, start


def one_by_one(network, parameters, periods, draws, start):
    """Return when each adopts, by the rule and a plain loop over stakeholders."""
    matrix = link_matrix(network).toarray()
    adopted_in = [0 if has else -1 for has in start]
    held = [1.0] * network.size
    for period in range(1, periods + 1):
        before = [0 <= when < period for when in adopted_in]
        for i in range(network.size):
            contacts = np.flatnonzero(matrix[i])
            heard = sum(parameters.recommendation[j] for j in contacts if before[j])
            influence = heard / len(contacts) if len(contacts) else 0.0
            held[i] *= 1 - min(max(parameters.innovation + parameters.imitation * influence, 0), 1)
            if adopted_in[i] < 0 and held[i] <= draws[i]:
                adopted_in[i] = period
    return adopted_in


@given(worlds(), st.integers(0, 6), st.integers(0, 1000))
def test_the_rule_is_followed_to_the_letter(world, periods, seed):
    """Against one stakeholder after the other, on any network, also where somebody has no contacts or warns."""
    network, parameters, start = world
    path = sample_word_of_mouth(network, parameters, periods, rng=rng(seed), initial=start)
    expected = one_by_one(network, parameters, periods, rng(seed).random(network.size), start)
    assert path.adopted_in.tolist() == expected
    counted = [np.mean([0 <= when <= t for when in expected]) for t in range(periods + 1)]
    assert path.share == pytest.approx(counted)


def test_warnings_end_a_chance_and_leave_no_debt():
    """First one contact warns (chance 0, not below), later two recommend: the same as the plain loop, in 100 runs."""
    star = network_from_links([(0, 1), (0, 2), (0, 3)])
    mixed = WordOfMouthParameters(innovation=0.1, imitation=0.9, recommendation=np.array([0, -1.0, 1.0, 1.0]))
    start = np.arange(4) == 1
    path = sample_word_of_mouth(star, mixed, 12, rng=rng(), initial=start, runs=100)
    expected = [one_by_one(star, mixed, 12, draws, start) for draws in rng().random((100, 4))]
    assert path.adopted_in.tolist() == expected


@pytest.mark.parametrize("weight", [1.0, 0.5, -1.0])
def test_two_stakeholders_follow_their_exact_chances(weight):
    """Nobody, one or both: a chain of three states; 40,000 pairs within 4 standard errors in every period."""
    p, q = 0.2, 0.5
    alone, told = p, max(p + q * weight, 0)
    step = np.array([[(1 - alone) ** 2, 2 * alone * (1 - alone), alone**2], [0, 1 - told, told], [0, 0, 1]])
    state, expected = np.array([1.0, 0, 0]), [0.0]
    for _ in range(6):
        state = state @ step
        expected.append(state @ [0, 0.5, 1])
    pair = WordOfMouthParameters(innovation=p, imitation=q, recommendation=weight)
    for network in (complete_network(2), network_from_links([(0, 1)])):
        mean, error = runs_of(network, pair, 6, runs=40_000)
        assert (np.abs(mean - expected) <= error).all()


@pytest.mark.parametrize(("size", "runs"), [(100, 400), (1000, 100), (10_000, 60)])
def test_if_everybody_talks_to_everybody_the_mean_is_the_bass_model(size, runs):
    """(17): within 4 standard errors and a bias of the order 1 / size, with which the limit is reached."""
    mean, error = runs_of(complete_network(size), MEAN, 25, runs)
    assert (np.abs(mean - bass_path(BASS, 25)) <= error + 2 / size).all()


def test_a_million_stakeholders_follow_the_bass_model_without_their_links():
    """5 * 10^11 links would need terabytes; memory stays below 200 MB, and the path within .002 of (17)."""
    tracemalloc.start()
    share = sample_word_of_mouth(complete_network(1_000_000), MEAN, 12, rng=rng()).share
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert share == pytest.approx(bass_path(BASS, 12), abs=0.002)
    assert peak < 200e6


def test_with_60_per_cent_recommenders_imitation_is_60_per_cent():
    """Text B's "recommendations": only their mean counts, q_eff = q * mean(w); who is silent is drawn at random."""
    size = 4000
    recommends = rng(9).permutation(size) < 0.6 * size
    some = WordOfMouthParameters(innovation=0.03, imitation=0.38, recommendation=recommends.astype(int))
    mean, error = runs_of(complete_network(size), some, 20, runs=60)
    expected = bass_path(BassParameters(innovation=0.03, imitation=0.38, recommendation=0.6), 20)
    assert (np.abs(mean - expected) <= error + 2 / size).all()


def test_a_network_with_many_random_contacts_is_nearly_complete():
    """With 60 contacts F(10) is within .01 of (17); with 4 it is well below."""
    bass = bass_path(BASS, 10)[10]
    many, few = (
        sample_word_of_mouth(random_network(20_000, contacts, rng=rng()), MEAN, 10, rng=rng(2)).share[10]
        for contacts in (60, 4)
    )
    assert many == pytest.approx(bass, abs=0.01)
    assert few < bass - 0.05


def test_a_ring_of_six_contacts_is_slower_than_everybody_with_everybody():
    """F(10) = .666 against .783: neighbours of adopters are adopters already."""
    mean, error = runs_of(ring_network(2000, 6), MEAN, 10, runs=60)
    assert mean[10] == pytest.approx(0.666, abs=error[10] + 0.0005)
    assert bass_path(BASS, 10)[10] == pytest.approx(0.783, abs=0.0005)


@pytest.mark.parametrize(
    ("p", "q", "w", "start"),
    [(0.03, 0.38, 1, 0), (0.1, 0.9, 1, 0), (0.05, 0.6, 0.5, 0), (0.1, 0.6, -1, 0), (0.03, 0.38, 1, 0.2)],
)
def test_the_ring_of_two_contacts_follows_its_closed_form(p, q, w, start):
    """(17r), computed apart from the draws: 60 rings of 2,000, within 4 standard errors in every period."""
    size, runs = 2000, 60
    parameters = WordOfMouthParameters(innovation=p, imitation=q, recommendation=w)
    has = rng(5).random((runs, size)) < start
    paths = np.array(
        [
            sample_word_of_mouth(ring_network(size, 2), parameters, 20, rng=rng(i), initial=has[i]).share
            for i in range(runs)
        ]
    )
    expected = ring_path(BassParameters(innovation=p, imitation=q, recommendation=w), 20, start)
    error = 4 * paths.std(axis=0, ddof=1) / np.sqrt(runs)
    rare = 10 / (size * runs)  # where hardly anybody is left, a standard error of none left is no error
    assert (np.abs(paths.mean(axis=0) - expected) <= error + rare).all()


def test_on_a_ring_silent_adopters_cost_more_than_their_share():
    """Half recommend, half are silent: slower than if all said half as much, as a message ends beside the silent.

    So the mean of the recommendations decides only if everybody talks to everybody.
    """
    size = 4000
    says = (rng(6).permutation(size) < size / 2).astype(float)
    mixed = WordOfMouthParameters(innovation=0.03, imitation=0.38, recommendation=says)
    mean, error = runs_of(ring_network(size, 2), mixed, 15, runs=40)
    alike = ring_path(BassParameters(innovation=0.03, imitation=0.38, recommendation=0.5), 15)
    assert mean[1] == pytest.approx(alike[1], abs=error[1])
    assert mean[15] + error[15] < alike[15] - 0.03


def test_with_short_periods_the_ring_follows_the_published_formula():
    """Fibich & Gibori (2010), one dimension: 1 - exp(-(p + q) t + q (1 - e^{-pt}) / p); the distance halves."""
    p, q, t = 0.03, 0.38, 10.0
    exact = 1 - np.exp(-(p + q) * t + q * (1 - np.exp(-p * t)) / p)

    def distance(parts):
        return abs(ring_path(BassParameters(innovation=p / parts, imitation=q / parts), 10 * parts)[-1] - exact)

    assert distance(32) < 0.003
    assert distance(64) / distance(32) == pytest.approx(0.5, abs=0.02)


@given(SHARES, SHARES, SHARES, SHARES)
def test_the_ring_is_never_faster_than_everybody_with_everybody(p, part, weight, start):
    """Theorem for p + q <= 1 and w >= 0; a share that never falls, with the same start and the same first step."""
    parameters = BassParameters(innovation=p, imitation=part * (1 - p), recommendation=weight)
    ring, complete = ring_path(parameters, 12, start), bass_path(parameters, 12, start)
    assert ring[:2] == pytest.approx(complete[:2], abs=1e-12)
    assert (ring <= complete + 1e-12).all()
    assert (np.diff(ring) >= -1e-12).all()


def test_ring_scenarios_in_one_call_equal_one_call_per_scenario():
    """Leading axes are scenarios."""
    many = BassParameters(innovation=np.array([0.03, 0.1]), imitation=np.array([[0.38], [0.2], [0]]))
    path = ring_path(many, 5, 0.2)
    assert path.shape == (3, 2, 6)
    for i, q in enumerate((0.38, 0.2, 0)):
        for j, p in enumerate((0.03, 0.1)):
            assert path[i, j] == pytest.approx(ring_path(BassParameters(innovation=p, imitation=q), 5, 0.2))


@given(worlds(), st.integers(0, 1000))
def test_without_innovation_and_a_first_adopter_nobody_ever_adopts(world, seed):
    """Text A calls a campaign "mandatory": with p = 0 and F(0) = 0 nothing starts, on any network."""
    network, parameters, _ = world
    silent = WordOfMouthParameters(innovation=0, imitation=1, recommendation=parameters.recommendation)
    path = sample_word_of_mouth(network, silent, 10, rng=rng(seed))
    assert (path.share == 0).all()
    assert (path.adopted_in == -1).all()


def test_a_first_adopter_reaches_all_who_are_connected_and_nobody_else():
    """With p = 0, q = 1 and a chain 0-1-2-3: one a period; the isolated fifth never."""
    chain = network_from_links([(0, 1), (1, 2), (2, 3)], 5)
    certain = WordOfMouthParameters(innovation=0, imitation=1)
    path = sample_word_of_mouth(chain, certain, 200, rng=rng(), initial=np.arange(5) == 0)
    assert (path.adopted_in[:4] >= 0).all()
    assert (np.diff(path.adopted_in[:4]) > 0).all()
    assert path.adopted_in[4] == -1


def test_if_the_mean_recommendation_is_negative_fewer_adopt_than_by_innovation_alone():
    """Text A: a product is made or broken "on the virtual world"; here 30 % recommend and 70 % warn."""
    size = 2000
    says = np.where(rng(3).permutation(size) < 0.3 * size, 1.0, -1.0)
    mixed = WordOfMouthParameters(innovation=0.1, imitation=0.5, recommendation=says)
    alone = 1 - 0.9 ** np.arange(16)
    for network in (complete_network(size), random_network(size, 8, rng=rng()), ring_network(size, 4)):
        mean, error = runs_of(network, mixed, 15, runs=30)
        assert (mean[3:] + error[3:] < alone[3:]).all()
    mean, error = runs_of(complete_network(size), mixed, 15, runs=30)
    expected = bass_path(BassParameters(innovation=0.1, imitation=0.5, recommendation=-0.4), 15)
    assert (np.abs(mean - expected) <= error + 2 / size).all()


@given(worlds(), st.integers(0, 1000))
def test_if_all_warn_nobody_adopts_earlier_than_by_innovation_alone(world, seed):
    """Pathwise, stakeholder by stakeholder: the same draws, a chance of at most p."""
    network, parameters, start = world
    p, q = parameters.innovation, parameters.imitation
    warned, alone = (
        sample_word_of_mouth(
            network, WordOfMouthParameters(innovation=p, imitation=q, recommendation=w), 8, rng=rng(seed), initial=start
        )
        for w in (-np.abs(parameters.recommendation), 0)
    )
    assert (when(warned) >= when(alone)).all()


def when(path):
    """Return the periods of adoption, late for those who never adopt."""
    return np.where(path.adopted_in < 0, 10**6, path.adopted_in)


@given(
    worlds(lowest_weight=0),
    st.sampled_from(["innovation", "imitation", "recommendation", "start"]),
    SHARES,
    st.integers(0, 1000),
)
def test_if_nobody_warns_more_of_anything_never_delays_anybody(world, name, part, seed):
    """Pathwise, for p, q, w and first adopters, on any network: all scenarios share their draws."""
    network, parameters, start = world
    p, q, w = parameters.innovation, parameters.imitation, parameters.recommendation
    more = {
        "innovation": (p + part * (1 - p - q), q, w, start),
        "imitation": (p, q + part * (1 - p - q), w, start),
        "recommendation": (p, q, w + part * (1 - w), start),
        "start": (p, q, w, start | (np.arange(network.size) < part * network.size)),
    }[name]
    less, higher = (
        sample_word_of_mouth(
            network,
            WordOfMouthParameters(innovation=max(i, 0), imitation=min(j, 1), recommendation=np.minimum(k, 1)),
            8, rng=rng(seed), initial=s,
        )
        for i, j, k, s in ((p, q, w, start), more)
    )  # fmt: skip
    assert (when(higher) <= when(less)).all()


def test_bridges_shorten_ways_and_speed_up_diffusion():
    """Text A: communities "are coming closer". Means of 100 runs with 2,000: each step of rewiring is faster."""
    shares, ways = [], []
    for rewiring in (0, 0.05, 0.3):
        network = small_world_network(2000, 6, rewiring, rng=rng(7))
        ways.append(shortest_path(link_matrix(network), unweighted=True, indices=range(50)).mean())
        shares.append(runs_of(network, WordOfMouthParameters(innovation=0.001, imitation=0.5), 20, runs=100))
    assert ways[0] > 2 * ways[1] > 2 * ways[2]
    for (slow, slow_error), (fast, fast_error) in pairwise(shares):
        assert fast[20] - slow[20] > fast_error[20] + slow_error[20]


def test_hubs_as_first_adopters_reach_more_than_stakeholders_at_random():
    """Scale-free, p = 0: the 20 with most contacts against 20 at random, 40 runs, beyond the errors of both."""
    network = scale_free_network(3000, 6, rng=rng())
    hubs = np.zeros(3000, dtype=bool)
    hubs[np.argsort(network.degrees)[-20:]] = True
    told = WordOfMouthParameters(innovation=0, imitation=0.4)
    most, error = runs_of(network, told, 8, runs=40, initial=hubs)
    some, other = runs_of(network, told, 8, runs=40, initial=rng(2).permutation(hubs))
    assert most[8] - some[8] > error[8] + other[8]


@pytest.mark.parametrize(
    "network", [complete_network(40), random_network(40, 5, rng=rng()), scale_free_network(40, 4, rng=rng())]
)
def test_scenarios_in_one_call_equal_one_call_per_scenario(network):
    """They share their draws; p, q, recommendations and starts vary together here, and runs are the first axis."""
    p, q = np.array([0.02, 0.2, 0.1]), np.array([[0.3], [0.7]])
    says = rng(3).uniform(-1, 1, (3, 40))
    start = rng(4).random((2, 1, 40)) < 0.1
    many = WordOfMouthParameters(innovation=p, imitation=q, recommendation=says)
    path = sample_word_of_mouth(network, many, 6, rng=rng(), initial=start, runs=5)
    assert path.share.shape == (5, 2, 3, 7)
    assert path.adopted_in.shape == (5, 2, 3, 40)
    for i in range(2):
        for j in range(3):
            one = WordOfMouthParameters(innovation=p[j], imitation=q[i, 0], recommendation=says[j])
            alone = sample_word_of_mouth(network, one, 6, rng=rng(), initial=start[i, 0], runs=5)
            assert (path.share[:, i, j] == alone.share).all()
            assert (path.adopted_in[:, i, j] == alone.adopted_in).all()


def test_one_number_of_recommendation_per_scenario_needs_an_axis_for_the_stakeholders():
    """(scenarios, 1): half recommend less."""
    each = WordOfMouthParameters(innovation=0.03, imitation=0.38, recommendation=np.array([[1.0], [0.5]]))
    both = sample_word_of_mouth(ring_network(50, 4), each, 5, rng=rng())
    assert both.share.shape == (2, 6)
    half = WordOfMouthParameters(innovation=0.03, imitation=0.38, recommendation=0.5)
    assert (both.share[1] == sample_word_of_mouth(ring_network(50, 4), half, 5, rng=rng()).share).all()


def test_the_same_seed_gives_the_same_path():
    """Also as the first of several runs; the runs differ, and so do seeds."""
    network = random_network(200, 6, rng=rng())
    one, again, other = (sample_word_of_mouth(network, MEAN, 12, rng=rng(seed)) for seed in (1, 1, 2))
    several = sample_word_of_mouth(network, MEAN, 12, rng=rng(1), runs=3)
    assert (one.adopted_in == again.adopted_in).all()
    assert (several.adopted_in[0] == one.adopted_in).all()
    assert (several.adopted_in[0] != several.adopted_in[1]).any()
    assert (one.adopted_in != other.adopted_in).any()
    assert several.share.shape == (3, 13)


def test_a_longer_run_begins_like_a_shorter_one():
    """Draws are per stakeholder, not per period."""
    network = random_network(200, 6, rng=rng())
    short, long = (sample_word_of_mouth(network, MEAN, periods, rng=rng()).share for periods in (4, 9))
    assert (long[:5] == short).all()


def test_looking_up_contacts_in_portions_changes_nothing(monkeypatch):
    """Memory is saved by portions of adopters."""
    network = scale_free_network(300, 4, rng=rng())
    whole = sample_word_of_mouth(network, MEAN, 10, rng=rng(), runs=2)
    monkeypatch.setattr(word_of_mouth, "AT_ONCE", 7)
    assert (sample_word_of_mouth(network, MEAN, 10, rng=rng(), runs=2).adopted_in == whole.adopted_in).all()


def test_a_run_tells_how_far_it_is_and_keeps_what_it_has_when_stopped():
    """Called once a period; False stops it, and the path so far is the beginning of the whole one."""
    network, told = ring_network(100, 4), []
    whole = sample_word_of_mouth(network, MEAN, 6, rng=rng(), progress=lambda *done: told.append(done))
    assert told == [(t, 6) for t in range(1, 7)]
    part = sample_word_of_mouth(network, MEAN, 6, rng=rng(), progress=lambda done, total: done < 3)
    assert part.share.tolist() == whole.share[:4].tolist()
    assert (part.adopted_in == np.where(whole.adopted_in <= 3, whole.adopted_in, -1)).all()


@pytest.mark.parametrize(("answer", "stopped"), [(False, True), (None, False), (True, False), (0, False)])
def test_only_false_stops(answer, stopped):
    """A bar that returns nothing lets the run go on, and so does no bar."""
    assert is_stopped(lambda done, total: answer, 1, 2) is stopped
    assert is_stopped(None, 1, 2) is False


def test_who_adopted_at_the_start_counts_at_once():
    """And a run of no periods is its start."""
    start = np.arange(10) < 3
    path = sample_word_of_mouth(ring_network(10, 2), MEAN, 0, rng=rng(), initial=start)
    assert path.share.tolist() == [0.3]
    assert path.adopted_in.tolist() == [0, 0, 0] + [-1] * 7


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: WordOfMouthParameters(innovation=0.3, imitation=0.9),
            r"innovation \+ imitation must be at most 1 \(chance per period\); got 0.3 \+ 0.9 = 1.2; use a",
        ),
        (
            lambda: WordOfMouthParameters(innovation=0.3, imitation=np.array([0.1, 0.8])),
            r"got 0.3 \+ 0.8 = 1.1",
        ),
        (lambda: WordOfMouthParameters(innovation=2, imitation=0.1), "innovation must be between 0 and 1"),
        (lambda: WordOfMouthParameters(innovation=np.zeros(2), imitation=np.zeros(3)), "leading axes"),
        (
            lambda: WordOfMouthParameters(innovation=np.zeros(2), imitation=0, recommendation=np.zeros((3, 5))),
            "leading axes",
        ),
        (lambda: sample(recommendation=np.zeros(9)), "recommendation must be one number or end in an axis of 10"),
        (lambda: sample(recommendation=[1.0, 2.0]), "recommendation must be between -1 and 1"),
        (lambda: sample(initial=[0, 1]), "initial must say True or False for each of the 10 stakeholders"),
        (lambda: sample(initial=np.zeros(9, dtype=bool)), r"got bool of shape \(9,\)"),
        (lambda: sample(initial=np.full(10, 3)), r"got int64 of shape \(10,\)"),
        (lambda: sample(innovation=np.zeros(3), initial=np.zeros((2, 10), dtype=bool)), "leading axes"),
        (lambda: sample(periods=-1), "periods must be a whole number from 0"),
        (lambda: sample(runs=0), "runs must be a whole number from 1; got 0"),
        (lambda: sample(rng=3), "rng must be a random generator"),
        (lambda: ring_path(BASS, -1), "periods must be a whole number from 0"),
        (lambda: ring_path(BASS, 1, 1.5), "initial must be between 0 and 1"),
    ],
)
def test_bad_input_is_answered_by_a_sentence(call, sentence):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=sentence):
        call()


def sample(innovation=0.1, recommendation=1.0, periods=2, **given):
    """Run word of mouth on a ring of ten."""
    parameters = WordOfMouthParameters(innovation=innovation, imitation=0.2, recommendation=recommendation)
    return sample_word_of_mouth(ring_network(10, 2), parameters, periods, **({"rng": rng()} | given))
