"""The explorer of inequality shows what the process of newcomers and copying gives, and a real month behind it."""

import textwrap

import numpy as np
import pytest

from cocreate_teach import models, widgets
from cocreate_teach.cases import load_case
from cocreate_teach.widgets.inequality_picture import EDITS, PEOPLE


@pytest.fixture
def explorer():
    """Explore the first example."""
    return widgets.inequality()


@pytest.fixture(scope="module")
def case():
    """Explore the case; each test sets its scenario."""
    return widgets.inequality("wikipedia")


def marks(explorer):
    """Return the numbers of all marks by name."""
    state = explorer.state
    return {mark.name: numbers for mark, numbers, _ in explorer._topic.figure.unpack(state["data"], state["texts"])}


def run_of(explorer):
    """Draw the run that the explorer shows."""
    values = explorer.values
    rng = np.random.default_rng(int(values["chance"]))
    return models.sample_simon_process(explorer._topic.parameters(values), int(values["edits"]), rng=rng)


def test_curves_are_those_of_the_run(explorer):
    """Lorenz curve and tail, counted by hand from the edits of each contributor."""
    counts, found = run_of(explorer), marks(explorer)
    full = models.lorenz_curve(counts)
    expected = np.interp(PEOPLE, np.linspace(0, 1, len(counts) + 1), full)
    np.testing.assert_allclose(found["lorenz"][:, 1], expected, atol=1e-6)
    tail = np.array([(counts >= edits).mean() for edits in EDITS])
    np.testing.assert_allclose(found["run"][:, 1], np.where(tail > 0, tail, np.nan), atol=1e-6)
    long_run = models.yule_simon_tail(explorer._topic.parameters(explorer.values), EDITS - 1)
    np.testing.assert_allclose(found["long run"][:, 1], np.where(long_run >= 5e-6, long_run, np.nan), rtol=1e-4)


def test_key_numbers_are_the_model_s(explorer):
    """Top share, three Gini coefficients and the first editor."""
    explorer.set(readers=0.5, top=2.0, chance=3)
    counts, parameters = run_of(explorer), explorer._topic.parameters(explorer.values)
    everybody = np.concatenate([counts, np.zeros(len(counts))])
    assert list(explorer.key_numbers.values()) == [
        f"{100 * float(models.top_share(everybody, 0.02)):.1f}%",
        f"{float(models.gini(counts)):.3f}",
        f"{float(models.gini(everybody)):.3f}",
        f"{float(models.yule_simon_gini(parameters)):.3f}",
        f"{counts[0] / 200:.1f}%, {100 * float(models.first_editor_share(parameters, 20_000)):.1f}%",
    ]


@pytest.mark.parametrize(("openness", "told"), [(0.05, 0.921), (0.1, 0.849), (0.2, 0.721), (0.5, 0.420)])
def test_long_run_gini_is_the_one_of_the_document(explorer, openness, told):
    """docs/models/inequality.md: more newcomers, less inequality."""
    explorer.set(openness=openness)
    assert explorer.key_numbers["Gini, contributors in the long run"] == f"{told:.3f}"


@pytest.mark.parametrize(
    ("preset", "contributors", "held"),
    [("edits_8200", 8_200, 49), ("edits_70000", 70_000, 82), ("edits_70000_start", 71_700, 50)],
)
def test_presets_of_the_case_give_the_documented_numbers(case, preset, contributors, held):
    """The likeness holds for 8,200 contributors, fails for 70,000, and returns with a larger start."""
    case.set(scenario=preset)
    case.run()
    shown = float(case.key_numbers["Edits made by the most active"].rstrip("%"))
    assert shown == pytest.approx(held, abs=3)  # a single run; the document has means
    assert marks(case)["top point"][0, 1] == pytest.approx(1 - shown / 100, abs=1e-3)
    made = int(case.headline.split(" of ")[1].split()[0].replace(",", ""))
    assert made == pytest.approx(contributors, rel=0.02)
    assert case.headline.endswith("talks said 50. Nobody here is better than others.")


def test_real_dots_are_those_of_the_tables(case):
    """Registered users and articles of November 2011; the statements are the published facts."""
    case.set(scenario="edits_8200")
    loaded, found = load_case("wikipedia"), marks(case)
    lorenz = loaded.table("lorenz")
    np.testing.assert_allclose(found["real lorenz"], lorenz[["share_of_editors", "share_of_edits"]], atol=1e-6)
    np.testing.assert_allclose(found["said"], [[0.993, 0.5], [0.98, 0.266]], atol=1e-6)
    assert found["real tail"][0].tolist() == [1, 1]
    at_100 = found["real tail"][found["real tail"][:, 0] == 100][0, 1]
    assert at_100 == pytest.approx(3352 / 117_423, rel=1e-5)
    assert case.table[3][2] == "49%"


def test_who_is_counted_changes_gini_and_not_the_contributors(case):
    """With readers the coefficient comes near 1; among contributors nothing has changed (G_all = 1 - (1 - G) π)."""
    case.set(scenario="edits_8200")
    before = case.key_numbers
    tail = marks(case)["run"].copy()
    case.set(readers=0.9)
    after = case.key_numbers
    assert after["Gini, contributors only"] == before["Gini, contributors only"]
    gini = float(before["Gini, contributors only"])
    assert float(after["Gini, with those who never edit"]) == pytest.approx(1 - (1 - gini) * 0.1, abs=0.001)
    np.testing.assert_array_equal(marks(case)["run"], tail)
    assert case.headline.startswith("If 90 in 100 people never edit, the most active 0.7% make ")
    np.testing.assert_allclose(marks(case)["real lorenz"][0], [0.9, 0], atol=1e-6)


def test_headline_says_when_one_person_dominates_and_when_shares_are_nearly_equal(explorer):
    """The finding must be true for each setting."""
    explorer.set(scenario="founder")
    counts = run_of(explorer)
    assert explorer.headline.endswith(f"The first editor alone makes {counts[0] / 200:.0f}: by chance, not talent.")
    explorer.set(scenario="wiki", openness=0.9)
    assert explorer.headline.endswith("make 3 of 100 edits. With equal shares it would be 1.")
    explorer.set(scenario="wiki", openness=0.2)
    assert explorer.headline.endswith("Yet nobody in this model is better than others.")


def test_a_run_is_drawn_once_and_long_ones_wait(explorer):
    """The base moves live; a new long run is drawn when the reader asks for it."""
    topic, values = explorer._topic, dict(explorer.values)
    assert topic.pace(values) == "live"
    assert topic.pace(values | {"edits": "200000"}) == "release"
    assert topic.pace(values | {"edits": "1750000"}) == "run"
    explorer.set(edits="1750000", openness=0.01)
    assert explorer.state["waiting"] == "a run of 1,750,000 edits takes about a second"
    explorer.run()
    assert explorer.state["waiting"] == ""
    assert topic.pace(dict(explorer.values)) == "live"
    counts = topic._counts(explorer.values)
    explorer.set(readers=0.5)
    assert topic._counts(explorer.values) is counts


def test_same_chance_same_run_and_another_chance_another(explorer):
    """A saved lesson shows the same run on each machine."""
    first = explorer.state["data"]
    explorer.set(chance=2)
    assert explorer.state["data"] != first
    explorer.set(chance=1)
    assert explorer.state["data"] == first


@pytest.mark.parametrize("top", [0.1, 0.7, 20.0])
@pytest.mark.parametrize("readers", [0.0, 0.99])
def test_headline_fits_and_the_label_stays_inside(case, top, readers):
    """A still picture has room for two lines; the label of the most active stands within the panel."""
    case.set(scenario="edits_8200", top=top, readers=readers)
    assert len(textwrap.wrap(case.headline, 66)) <= 2
    assert 0.05 <= marks(case)["top label"][0, 1] <= 0.95
