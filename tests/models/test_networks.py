"""Networks: what each kind promises, and that all are symmetric without loops and duplicates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse.csgraph import shortest_path

from cocreate_teach.errors import ParameterError
from cocreate_teach.models.networks import (
    complete_network,
    link_matrix,
    network_from_links,
    random_network,
    ring_network,
    scale_free_network,
    small_world_network,
)


def rng(seed=1):
    return np.random.default_rng(seed)


@st.composite
def networks(draw):
    """Small networks of every kind that lists its links."""
    size, seed = draw(st.integers(3, 24)), draw(st.integers(0, 10_000))
    contacts = 2 * draw(st.integers(1, (size - 1) // 2))
    return draw(
        st.sampled_from(
            [
                lambda: ring_network(size, contacts),
                lambda: random_network(size, contacts, rng=rng(seed)),
                lambda: small_world_network(size, contacts, seed % 5 / 4, rng=rng(seed)),
                lambda: scale_free_network(size, contacts, rng=rng(seed)),
            ]
        )
    )()


@given(networks())
def test_links_are_symmetric_without_loops_and_duplicates(network):
    """Of every kind: what the simulator relies on."""
    matrix = link_matrix(network).toarray()
    assert (matrix == matrix.T).all()
    assert np.trace(matrix) == 0
    assert set(np.unique(matrix)) <= {0, 1}
    assert network.degrees.tolist() == matrix.sum(axis=1).tolist()
    for i, (first, last) in enumerate(zip(network.offsets, network.offsets[1:], strict=False)):
        assert network.contacts[first:last].tolist() == np.flatnonzero(matrix[i]).tolist()


@given(networks())
def test_a_network_is_small_and_cannot_be_changed(network):
    """32-bit numbers, read-only: a million stakeholders with 8 contacts take 36 MB."""
    for array in (network.offsets, network.contacts):
        assert array.dtype == np.int32
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    assert len(network.offsets) == network.size + 1
    assert not network.is_complete


def test_a_ring_by_hand():
    """Six stakeholders, two contacts: a circle; four contacts: all but the one opposite."""
    assert link_matrix(ring_network(6, 2)).toarray()[0].tolist() == [0, 1, 0, 0, 0, 1]
    assert link_matrix(ring_network(6, 4)).toarray()[0].tolist() == [0, 1, 1, 0, 1, 1]


@given(st.integers(3, 40), st.data())
def test_a_ring_looks_the_same_from_every_place(size, data):
    """Everybody has the nearest `contacts` others, half on each side."""
    contacts = 2 * data.draw(st.integers(1, (size - 1) // 2))
    matrix = link_matrix(ring_network(size, contacts)).toarray()
    distance = np.minimum(np.arange(size), size - np.arange(size))
    nearest = (distance > 0) & (distance <= contacts // 2)
    for i in range(size):
        assert matrix[i].tolist() == np.roll(nearest, i).tolist()


def test_a_random_network_has_the_mean_number_of_contacts():
    """Up to half a link; and its degrees are binomial: variance n p (1 - p), within 4 standard errors."""
    size, mean = 20_000, 8
    degrees = random_network(size, mean, rng=rng()).degrees
    assert degrees.sum() == size * mean
    variance = mean * (1 - mean / (size - 1))
    assert degrees.var() == pytest.approx(variance, abs=4 * variance * np.sqrt(2 / size))
    assert random_network(5, 1.2, rng=rng()).degrees.sum() == 6
    assert random_network(7, 6, rng=rng()).degrees.tolist() == [6] * 7
    assert random_network(7, 0, rng=rng()).degrees.tolist() == [0] * 7
    assert random_network(1, 0, rng=rng()).degrees.tolist() == [0]


@pytest.mark.parametrize("size", [5, 6])
def test_every_pair_is_linked_equally_often_in_random_networks(size):
    """All pairs have a number, and each number one pair: frequencies within 4.5 standard errors of the mean."""
    draws, generator = 3000, rng()
    total = sum(link_matrix(random_network(size, 2, rng=generator)).toarray() for _ in range(draws))
    chance = 2 / (size - 1)
    off = total[~np.eye(size, dtype=bool)] / draws
    assert off == pytest.approx(np.full(off.shape, chance), abs=4.5 * np.sqrt(chance * (1 - chance) / draws))


def test_a_small_world_without_rewiring_is_the_ring():
    """And with it, it has as many links; each stakeholder keeps its own half."""
    assert small_world_network(50, 6, 0, rng=rng()).contacts.tolist() == ring_network(50, 6).contacts.tolist()
    for rewiring in (0.1, 1):
        degrees = small_world_network(5000, 6, rewiring, rng=rng()).degrees
        assert degrees.sum() == 30_000
        assert degrees.min() >= 3


def test_the_share_of_moved_links_is_the_rewiring():
    """Within 4 standard errors; a moved link is back at its place with a chance of 1 in 20,000."""
    size, contacts, rewiring = 20_000, 6, 0.2
    kept = link_matrix(small_world_network(size, contacts, rewiring, rng=rng())).multiply(
        link_matrix(ring_network(size, contacts))
    )
    links = size * contacts / 2
    assert kept.sum() / 2 / links == pytest.approx(1 - rewiring, abs=4 * np.sqrt(rewiring * (1 - rewiring) / links))


def test_a_few_bridges_shorten_the_ways_and_leave_the_neighbourhoods():
    """The small world: with 5 % rewired, ways fall by more than half, common contacts by less than a quarter."""

    def measures(rewiring):
        matrix = link_matrix(small_world_network(600, 8, rewiring, rng=rng()))
        triangles = matrix.multiply(matrix @ matrix).sum()
        degrees = matrix.sum(axis=1)
        way = shortest_path(matrix, unweighted=True)
        return way.sum() / (600 * 599), triangles / (degrees * (degrees - 1)).sum()

    (long, clustered), (short, still), (least, random) = measures(0), measures(0.05), measures(1)
    assert clustered == pytest.approx(9 / 14)  # of a ring with 8 contacts, by hand: 3 (k - 2) / 4 (k - 1)
    assert short < long / 2
    assert still > 0.75 * clustered
    assert least < short
    assert random < 0.1


def test_a_link_whose_new_place_is_taken_tries_again():
    """In a dense ring, where a third would stay after one attempt: less than a tenth does, in 100 networks."""
    ring, generator = link_matrix(ring_network(41, 10)), rng()
    stayed = [link_matrix(small_world_network(41, 10, 1, rng=generator)).multiply(ring).sum() / 410 for _ in range(100)]
    assert np.mean(stayed) < 0.1


def test_nobody_is_stuck_in_a_nearly_complete_small_world():
    """Links that find no free place stay where they are."""
    assert small_world_network(7, 6, 1, rng=rng()).degrees.tolist() == [6] * 7
    assert small_world_network(6, 4, 1, rng=rng()).degrees.sum() == 24


def test_the_scale_free_network_has_the_known_distribution_of_contacts():
    """P(k) = 2m(m+1) / (k(k+1)(k+2)) of many (Bollobas et al. 2001; formula from memory): 1/3 at k = m = 4."""
    size, m = 50_000, 4
    degrees = scale_free_network(size, 2 * m, rng=rng()).degrees
    for k in (4, 5, 6, 10):
        expected = 2 * m * (m + 1) / (k * (k + 1) * (k + 2))
        assert (degrees == k).mean() == pytest.approx(expected, abs=4 * np.sqrt(expected / size))
    assert degrees.mean() == pytest.approx(2 * m, abs=0.02)
    assert degrees.max() > 300


def test_newcomers_prefer_those_with_many_links():
    """Four stakeholders, one link each: the fourth links to the third (1 of 4 ends) in a quarter of the networks."""
    draws, generator = 2000, rng()
    linked = np.mean([link_matrix(scale_free_network(4, 2, rng=generator))[2, 3] for _ in range(draws)])
    assert linked == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / draws))


def test_a_scale_free_network_is_connected():
    """Every newcomer has a link to somebody older."""
    network = scale_free_network(2000, 4, rng=rng())
    assert np.isfinite(shortest_path(link_matrix(network), unweighted=True, indices=[0])).all()
    assert network.degrees.min() >= 1


@pytest.mark.parametrize(
    "draw",
    [
        lambda generator: random_network(300, 6, rng=generator),
        lambda generator: small_world_network(300, 6, 0.3, rng=generator),
        lambda generator: scale_free_network(300, 6, rng=generator),
    ],
)
def test_the_same_seed_gives_the_same_network(draw):
    """And another seed another one."""
    first, second, other = draw(rng(5)), draw(rng(5)), draw(rng(6))
    assert first.contacts.tolist() == second.contacts.tolist()
    assert first.contacts.tolist() != other.contacts.tolist()


def test_a_complete_network_counts_its_links_without_writing_them_down():
    """A million stakeholders have 5 * 10^11 links; a small one can be written down."""
    everybody = complete_network(1_000_000)
    assert everybody.is_complete
    assert everybody.degrees[0] == 999_999
    assert everybody.contacts.size == 0
    assert link_matrix(complete_network(3)).toarray().tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    with pytest.raises(ParameterError, match="complete network of 1,000,000 stakeholders has too many links"):
        link_matrix(everybody)


@given(networks())
def test_a_network_comes_back_from_its_own_links(network):
    """In any order and direction."""
    links = np.argwhere(np.triu(link_matrix(network).toarray()))[::-1]
    links[::2] = links[::2, ::-1]
    again = network_from_links(links, network.size)
    assert again.contacts.tolist() == network.contacts.tolist()
    assert again.offsets.tolist() == network.offsets.tolist()


def test_own_links_may_leave_somebody_alone():
    """The size says how many there are; otherwise the highest number does."""
    assert network_from_links([(2, 0)]).degrees.tolist() == [1, 0, 1]
    assert network_from_links([(2, 0)], 4).degrees.tolist() == [1, 0, 1, 0]
    assert network_from_links(np.empty((0, 2), dtype=int), 2).degrees.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: complete_network(0), "size must be a whole number from 1; got 0"),
        (lambda: ring_network(5, 3), "contacts must be an even number from 2 and below 5, the size; got 3"),
        (lambda: ring_network(5, 6), "contacts must be an even number from 2 and below 5, the size; got 6"),
        (lambda: ring_network(5, 0), "contacts must be an even number from 2"),
        (lambda: ring_network(5, 2.5), "contacts must be a whole number from 0; got 2.5"),
        (lambda: ring_network(10**9, 8), "at most 1,073,741,823 links; got 4,000,000,000; use fewer contacts"),
        (lambda: scale_free_network(10**9, 8, rng=rng()), "at most 1,073,741,823 links"),
        (lambda: random_network(10**9, 8, rng=rng()), "at most 1,073,741,823 links"),
        (lambda: random_network(10, 9.5, rng=rng()), r"mean_contacts must be between 0 and 9 \(contacts\); got 9.5"),
        (lambda: random_network(10, 2, rng=1), r"rng must be a random generator of numpy; got 1"),
        (lambda: small_world_network(10, 2, 1.5, rng=rng()), "rewiring must be between 0 and 1"),
        (lambda: network_from_links([(0, 0)]), r"links must join two different stakeholders; got \[0, 0\]"),
        (lambda: network_from_links([(0, 1), (2, 1), (1, 0)]), r"links must differ; got \[0, 1\] more than once"),
        (lambda: network_from_links([(0, 3)], 3), r"links must name stakeholders from 0 to 2; got \[0, 3\]"),
        (lambda: network_from_links([(-1, 0)]), "links must name stakeholders from 0 to 0"),
        (lambda: network_from_links([0, 1]), r"links must be pairs of whole numbers, shape \(links, 2\); got \[0, 1\]"),
        (lambda: network_from_links(np.zeros((9, 2))), "got an array of float64, shape"),
    ],
)  # fmt: skip
def test_bad_input_is_answered_by_a_sentence(call, sentence):
    """What is wrong, the value, what is allowed."""
    with pytest.raises(ParameterError, match=sentence):
        call()


def test_all_faults_of_own_links_come_at_once():
    """One sentence each."""
    with pytest.raises(ParameterError) as error:
        network_from_links([(0, 0), (1, 7)], 3)
    assert len(error.value.faults) == 2
