"""The explorer of word of mouth shows what the model says, up to a million stakeholders."""

import numpy as np
import pytest

from cocreate_teach import models, widgets
from cocreate_teach.widgets import word_of_mouth_explorer, word_of_mouth_runs
from cocreate_teach.widgets.word_of_mouth_picture import CURVES, PERIODS

TIME = np.arange(PERIODS + 1)


@pytest.fixture
def explorer():
    """Explore neighbours who talk."""
    return widgets.word_of_mouth()


def marks_of(explorer):
    """Return the numbers and the strings of each mark."""
    state = explorer.state
    return {
        mark.name: (numbers, words)
        for mark, numbers, words in explorer._topic.figure.unpack(state["data"], state["texts"])
    }


def shares(explorer, name=CURVES[0]):
    """Return the shares of a curve, period by period."""
    return marks_of(explorer)[name][0][:, 1]


def test_curve_is_a_run_of_the_model(explorer):
    """The line is what the model draws with the same seeds; the point stands on it."""
    path = models.sample_word_of_mouth(
        models.ring_network(2_000, 6),
        models.WordOfMouthParameters(innovation=0.002, imitation=0.6, recommendation=0.8),
        PERIODS,
        rng=np.random.default_rng((1, 1)),
    )
    np.testing.assert_allclose(shares(explorer), path.share, atol=1e-6)
    np.testing.assert_allclose(marks_of(explorer)["now"][0][0, :2], [20, path.share[20]], atol=1e-6)
    dots = marks_of(explorer)["adopters"][0]
    drawn = np.concatenate([path.adopted_in[start : start + 20] for start in range(0, 2_000, 100)])
    assert (~np.isnan(dots[:, 0])).sum() == ((drawn >= 0) & (drawn <= 20)).sum()


def test_reference_curves_are_the_closed_forms(explorer):
    """Everybody with everybody is (17) step by step; nobody talks is 1 - (1 - p)^t."""
    explorer.set(innovation=0.03, imitation=0.38, recommendation=1, period=10)
    expected = [0.0]
    for _ in range(PERIODS):
        expected.append(expected[-1] + (0.03 + 0.38 * expected[-1]) * (1 - expected[-1]))
    np.testing.assert_allclose(shares(explorer, "all talk to all"), expected, atol=1e-6)
    np.testing.assert_allclose(shares(explorer, "nobody talks"), 1 - 0.97**TIME, atol=1e-6)
    assert explorer.key_numbers["Share if everybody talked to everybody"].startswith("0.78")  # docs/models/loyalty.md


def test_run_of_many_who_all_talk_lies_on_the_closed_form(explorer):
    """With 10,000 stakeholders luck moves a share by about 0.01."""
    explorer.set(network="all", size="10000", innovation=0.02)
    np.testing.assert_allclose(shares(explorer), shares(explorer, "all talk to all"), atol=0.03)


def test_ring_of_two_contacts_has_an_exact_number(explorer):
    """Eq. (17r); other networks have none, and with silent adopters it does not hold."""
    label = "Share on an endless ring, exactly"
    assert label not in explorer.key_numbers
    explorer.set(contacts=2, size="10000", innovation=0.02, imitation=0.5)
    exact = models.ring_path(models.BassParameters(innovation=0.02, imitation=0.5, recommendation=0.8), PERIODS)
    assert explorer.key_numbers[label] == f"{exact[20]:.3f}"
    np.testing.assert_allclose(shares(explorer), exact, atol=0.02)
    explorer.set(silent=0.3)
    assert label not in explorer.key_numbers


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "After 20 periods 35 in 100 have adopted. If everybody talked to everybody, about 98 would have."),
        ({"innovation": 0}, "Nobody starts, so nobody has anything to pass on: 0 in 100 adopt."),
        ({"period": 0}, "At the start nobody has adopted. Look at a later period."),
        ({"recommendation": 0}, "After 20 periods 4 in 100 have adopted, each alone: no word of others counts."),
        ({"silent": 1}, "After 20 periods 4 in 100 have adopted, each alone: no word of others counts."),
        ({"recommendation": -0.8, "innovation": 0.05},
         "After 20 periods 20 in 100 have adopted. If adopters did not warn, about 64 would have."),
        ({"network": "all"}, "After 20 periods 98 in 100 have adopted. Without word of mouth about 4 would have."),
        ({"network": "random", "innovation": 0.05, "period": 15},
         "After 15 periods 99 in 100 have adopted. Who talks to whom hardly matters then: about 100 if everybody "
         "talked to everybody."),
        ({"period": 1}, "After 1 period fewer than 1 in 100 have adopted. Who talks to whom hardly matters then: fewer "
         "than 1 if everybody talked to everybody."),
    ],
)  # fmt: skip
def test_headline_says_what_makes_the_difference(explorer, values, told):
    """The network, the warnings, or the word of mouth itself: always with two numbers to compare."""
    explorer.set(**values)
    assert explorer.headline == told


def test_band_holds_the_line_and_grows_from_one_point(explorer):
    """Ten runs on the same network; larger sizes have one run, and say so."""
    band = marks_of(explorer)["band"][0]
    low, high = band[: PERIODS + 1, 1], band[PERIODS + 1 :, 1][::-1]
    assert (low <= shares(explorer) + 1e-6).all()
    assert (shares(explorer) <= high + 1e-6).all()
    assert (low[20] < high[20]) and low[0] == high[0] == 0
    assert marks_of(explorer)["luck"][1] == ["band: 10 runs, same network, other luck"]
    explorer.set(size="10000")
    assert np.isnan(marks_of(explorer)["band"][0]).all()
    assert marks_of(explorer)["luck"][1] == ["one run"]


def test_same_seed_same_picture_and_more_say_does_not_slow_it(explorer):
    """Scenarios differ by their parameters and not by luck."""
    first = shares(explorer)
    explorer.set(recommendation=1.0)
    assert (shares(explorer) >= first).all()
    explorer.set(recommendation=0.8, seed=2)
    assert (shares(explorer) != first).any()
    explorer.set(seed=1)
    assert (shares(explorer) == first).all()


def test_silent_adopters_count_by_their_number_where_all_talk_to_all(explorer):
    """Half say nothing: as if all said half as much, for the closed form; on the ring it is slower than that."""
    explorer.set(silent=0.5)
    silent, everybody = shares(explorer), shares(explorer, "all talk to all")
    explorer.set(silent=0, recommendation=0.4)
    np.testing.assert_allclose(shares(explorer, "all talk to all"), everybody, atol=1e-6)
    assert silent[-1] < shares(explorer)[-1]


def test_rows_of_neighbours_come_from_all_around_the_network(explorer):
    """Else a reader could not see that word of mouth stays near, or would see one neighbourhood only."""
    network = models.ring_network(2_000, 6)
    drawn = word_of_mouth_runs.in_picture(network).reshape(20, 20)
    assert (np.diff(drawn, axis=1) == 1).all()
    assert drawn[:, 0].tolist() == list(range(0, 2_000, 100))
    explorer.set(period=PERIODS)
    marks = marks_of(explorer)
    people = np.where(np.isnan(marks["others"][0]), marks["adopters"][0], marks["others"][0])
    assert people.tolist() == [[along, row] for row in range(20) for along in range(20)]
    assert word_of_mouth_runs.in_picture(models.ring_network(200, 6)).tolist() == list(range(200))


def test_hubs_stand_first(explorer):
    """The first dots are those with most contacts, and the last those with fewest."""
    explorer.set(network="hubs")
    network = models.scale_free_network(2_000, 6, rng=np.random.default_rng((1, 0)))
    drawn = network.degrees[word_of_mouth_runs.in_picture(network)]
    assert (np.diff(drawn) <= 0).all()
    assert (drawn[0], drawn[-1]) == (network.degrees.max(), network.degrees.min())
    explorer.set(size="200")
    assert (~np.isnan(marks_of(explorer)["others"][0][:, 0])).sum() + (
        ~np.isnan(marks_of(explorer)["adopters"][0][:, 0])
    ).sum() == 200


@pytest.mark.parametrize("values", [{}, {"recommendation": 0}, {"network": "all"}, {"innovation": 0}, {"period": 30}])
def test_names_of_the_curves_do_not_overlap(explorer, values):
    """A line of 11 points needs about 0.07 of an axis of 196 points."""
    explorer.set(**values)
    heights = np.sort(marks_of(explorer)["names"][0][:, 1])
    assert (np.diff(heights) >= 0.0749).all()


def test_size_decides_how_fast_it_follows(explorer):
    """Spec: live to 10,000, on release at 100,000, with Run at 1,000,000."""
    topic = explorer._topic
    paces = [topic.pace({**explorer.values, "size": str(size)}) for size in word_of_mouth_explorer.SIZES]
    assert paces == ["live", "live", "live", "release", "run"]
    assert topic.effort({**explorer.values, "size": "1000000"}) == (
        "1,000,000 stakeholders take 3 seconds or more, and up to 160 MB of memory."
    )
    assert "up to 40 MB" in topic.effort({**explorer.values, "size": "1000000", "network": "all"})


def test_moving_what_is_said_keeps_the_network(explorer, monkeypatch):
    """A million stakeholders are linked once, not at every move."""
    made = []
    original = word_of_mouth_runs.made
    monkeypatch.setattr(word_of_mouth_runs, "made", lambda *key, **more: made.append(key) or original(*key, **more))
    for recommendation in (0.1, 0.2, 0.3):
        explorer.set(recommendation=recommendation, innovation=0.01)
    assert made == []
    explorer.set(contacts=8)
    explorer.set(recommendation=0.4)
    assert made == [("ring", 2_000, 8, 1)]
    assert len(explorer._topic.runs.networks) == 1


@pytest.fixture
def tiny_million(monkeypatch):
    """Let the largest size be small, so that a test of runs takes no seconds."""
    monkeypatch.setattr(word_of_mouth_explorer, "SIZES", (200, 2_000, 20_000))
    return widgets.word_of_mouth()


def test_a_run_waits_reports_each_period_and_is_kept(tiny_million):
    """After the run another period is a look, not a run; other values are a run again."""
    explorer, told = tiny_million, []
    explorer.set(size="20000")
    assert explorer.state["waiting"].startswith("20,000 stakeholders take 3 seconds")
    explorer._topic.run(explorer.values, lambda share, text: told.append((share, text)))
    assert told[0] == (0.0, "making the network")
    assert told[-1] == (1.0, f"period {PERIODS} of {PERIODS}")
    assert sum(text.startswith("period ") for _, text in told) == PERIODS
    assert (0.0, "making the network, step 4 of 4 done") in told
    explorer.run()
    assert explorer.key_numbers["Adopters in period 20"].endswith("of 20,000")
    explorer.set(period=10)
    assert explorer.state["waiting"] == ""
    assert "Adopters in period 10" in explorer.key_numbers
    explorer.set(recommendation=0.5)
    assert explorer.state["waiting"] != ""


def test_a_cancelled_run_leaves_nothing_half_done(tiny_million):
    """The exception of Cancel goes through the model; the next run starts anew and is whole."""

    class Cancelled(Exception):
        pass

    def cancel(share, _text):
        if share > 0.5:
            raise Cancelled

    explorer = tiny_million
    explorer.set(size="20000")
    with pytest.raises(Cancelled):
        explorer._topic.run(explorer.values, cancel)
    assert explorer._topic.pace(explorer.values) == "run"
    explorer.run()
    assert len(explorer._topic.runs.results[word_of_mouth_runs.setting_of(explorer.values)].share[0]) == PERIODS + 1


@pytest.mark.parametrize("kind", ["ring", "bridges", "random", "hubs"])
def test_cancel_is_heard_while_the_network_is_made(tiny_million, kind):
    """A million stakeholders take seconds to link; every piece of that asks, and the next run links them all."""

    class Cancelled(Exception):
        pass

    explorer, told = tiny_million, []
    explorer.set(size="20000", network=kind)
    explorer._topic.run(explorer.values, lambda share, text: told.append(text))
    pieces = sum(text.startswith("making the network, step") for text in told)
    assert pieces >= 5
    whole = next(iter(explorer._topic.runs.networks.values()))
    explorer.set(seed=2)
    for stop in range(pieces):
        calls = iter(range(stop + 2))  # one more is told before the network is begun

        def cancel(_share, _text, calls=calls):
            if next(calls, None) is None:
                raise Cancelled

        with pytest.raises(Cancelled):
            explorer._topic.run(explorer.values, cancel)
        assert explorer._topic.pace(explorer.values) == "run"
    explorer.set(seed=1, recommendation=0.5)
    explorer.run()
    again = next(iter(explorer._topic.runs.networks.values()))
    np.testing.assert_array_equal(again.contacts, whole.contacts)
    np.testing.assert_array_equal(again.contacts, word_of_mouth_runs.made(kind, 20_000, 6, 1).contacts)


def test_few_results_are_kept(explorer):
    """A hand that moves for an hour must not fill the memory."""
    for seed in range(20):
        explorer.set(seed=seed)
    assert len(explorer._topic.runs.results) == 4


@pytest.mark.parametrize(
    ("preset", "told"),
    [
        ("fans_recommend", "After 20 periods 55 in 100"),
        ("fans_follow_stars", "After 20 periods 76 in 100"),
        ("fans_warn", "After 20 periods 27 in 100 have adopted. If adopters did not warn, about 56 would have."),
    ],
)
def test_presets_of_the_fashion_case(preset, told):
    """Stars reach more than circles of friends; after a bad review advertising reaches half of whom it would."""
    assert widgets.word_of_mouth("burberry", preset=preset).headline.startswith(told)
