"""The benchmark of the models runs from end to end and does not bend its goals; how fast anything is, is no test."""

import numpy as np
import pytest

from tests.benchmarks import bench_involvement, bench_models, peers
from tests.benchmarks import bench_word_of_mouth as wom
from tests.benchmarks.bench_models_page import goals
from tests.benchmarks.rows import Row, read_rows


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("benchmarks")
    bench_models.main(["--quick", "--no-peers", "--output", str(folder)])
    return folder


def test_a_quick_run_writes_rows_page_and_figures(output):
    """Small sizes, without the peers: everything else is as in the long run."""
    rows = read_rows(output / "models.csv")
    assert {row.what for row in rows} == {wom.WHAT, wom.SETTING_UP, wom.WITH_NETWORK, bench_involvement.WHAT}
    assert {row.size for row in rows if row.what == wom.WHAT} == {1_000, 10_000}
    assert all(row.seconds > 0 for row in rows if row.what != wom.SETTING_UP)
    assert {row.tool for row in rows} >= {"ours", "NumPy by hand", "solve_ivp, RK45", "solve_ivp, LSODA"}
    page = (output / "models.md").read_text(encoding="utf-8")
    assert "| NumPy by hand |" in page
    for name in ("models_cost.png", "models_involvement.png"):
        assert f"({name})" in page
        assert 1_000 < (output / name).stat().st_size < 200_000


def test_curves_of_two_different_rules_make_the_comparison_void():
    """A little more imitation (.41 for .38) is found out; another run of the same rule is not."""
    spread = wom.deviation(4_000)
    network = wom.small_world_network(100_000, wom.CONTACTS, wom.REWIRING, rng=np.random.default_rng(2))

    def curve(seed, imitation):
        rule = wom.WordOfMouthParameters(innovation=0.03, imitation=imitation)
        rng = np.random.default_rng(seed)
        return wom.sample_word_of_mouth(network, rule, wom.PERIODS, rng=rng).share.tolist()

    wom.check_agreement(100_000, "Mesa", curve(1, 0.38), curve(2, 0.38), spread)
    wom.check_agreement(100_000, "Mesa", curve(1, 0.38), curve(2, 0.38)[:5], spread)
    with pytest.raises(SystemExit, match=r"void: after period \d+ of 100,000 stakeholders Mesa has"):
        wom.check_agreement(100_000, "Mesa", curve(1, 0.38), curve(2, 0.41), spread)


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (Row(what=wom.WHAT, size=10**5, tool=wom.ASKED, ratio_to_ours=99.9), False),
        (Row(what=wom.WHAT, size=10**5, tool=wom.TOLD, ratio_to_ours=100.1), True),
        (Row(what=wom.WHAT, size=10**6, tool=wom.OURS, per_second=19.99e6), False),
        (Row(what=wom.WITH_NETWORK, size=10**6, tool=wom.OURS, peak_mb=400.4), False),
        (Row(what=wom.WHAT, size=10**6, tool=wom.OURS, peak_mb=399.0), True),
        (Row(what=bench_involvement.WHAT, size=10**4, tool=bench_involvement.BY_HAND, ratio_to_ours=0.33), False),
        (Row(what=bench_involvement.WHAT, size=10**4, tool=bench_involvement.BY_HAND, ratio_to_ours=0.34), True),
    ],
)
def test_a_goal_that_is_missed_by_a_little_is_missed(row, verdict):
    """And what was not measured is neither met nor missed."""
    assert [goal.is_met for goal in goals([row]) if goal.is_met is not None] == [verdict]


@pytest.mark.parametrize(("exponent", "verdict"), [(1.0, True), (1.15, False), (0.8, True)])
def test_cost_is_linear_if_it_grows_no_faster_than_the_number_of_stakeholders(exponent, verdict):
    """Fitted to log cost against log size, from 10,000 on: the fixed cost of smaller sizes does not count."""
    sizes = [10**3, 10**4, 10**5, 10**6]
    rows = [
        Row(what=wom.WHAT, size=n, tool=wom.OURS, seconds=s, per_second=n * wom.PERIODS / s)
        for n, s in [(n, 1.0 if n == 10**3 else float(n) ** exponent) for n in sizes]
    ]
    assert goals(rows)[-1].is_met is verdict


def test_peers_are_never_installed_over_something_else(tmp_path, monkeypatch):
    """Making an environment empties its folder."""
    (tmp_path / "thesis.md").write_text("years of work")
    monkeypatch.setenv("COCREATE_PEERS", str(tmp_path))
    with pytest.raises(RuntimeError, match="is no environment of Python"):
        peers.environment()
    assert (tmp_path / "thesis.md").exists()


def test_a_process_that_fails_says_why():
    """The last line of its error becomes the note in the table."""
    with pytest.raises(RuntimeError, match="ours_word_of_mouth: KeyError"):
        peers.run_alone("ours_word_of_mouth", {})
