"""The explorer of adoption shows what the model of groups and pairs says, and real surveys behind it."""

import textwrap
import warnings

import numpy as np
import pytest

from cocreate_teach import models, widgets
from cocreate_teach.cases import load_case
from cocreate_teach.errors import ParameterError, ParameterWarning
from cocreate_teach.widgets.adoption_explorer import EXAMPLES, AdoptionTopic
from cocreate_teach.widgets.adoption_picture import GRID, HORIZON
from cocreate_teach.widgets.scenarios import Example

FITS = ("adoption_origin_2000", "adoption_origin_1990")


@pytest.fixture
def explorer():
    """Explore the model's own example."""
    return widgets.adoption()


@pytest.fixture(scope="module")
def case():
    """Explore the case; tests set what they need and reset."""
    return widgets.adoption("healthcare_it")


def marks(explorer):
    """Return the numbers of all marks by name."""
    state = explorer.state
    return {mark.name: numbers for mark, numbers, _ in explorer._topic.figure.unpack(state["data"], state["texts"])}


def test_curves_are_the_model_s_shares(explorer):
    """The widget computes no share itself."""
    found, example = marks(explorer), models.ADOPTION_EXAMPLE
    shown = np.column_stack([found[f"group {i}"][:, 1] for i in range(4)])
    np.testing.assert_allclose(shown, models.adoption_share(example, GRID), atol=1e-6)
    states = np.column_stack([found[f"state {i}"][:, 1] for i in range(3)])
    np.testing.assert_allclose(states[:, 0], models.linked_pairs(example, GRID), atol=1e-6)
    np.testing.assert_allclose(states[:, 1], models.one_sided_pairs(example, GRID), atol=1e-6)
    np.testing.assert_allclose(states.sum(axis=1), 1.0, atol=1e-6)


def test_table_is_the_one_of_the_document(explorer):
    """docs/models/adoption.md: linked and one-sided after 5, 10, 15, 20 and 30 periods."""
    rows = {row[0]: row for row in explorer.table[1:]}
    assert [rows[t][5] for t in ("5", "10", "15", "20", "30")] == ["0.019", "0.218", "0.588", "0.843", "0.986"]
    assert [rows[t][6] for t in ("5", "10", "15", "20", "30")] == ["0.249", "0.527", "0.373", "0.153", "0.014"]


@pytest.mark.parametrize("pairs", ["all", "physicians and patients", "hospitals and suppliers", "within"])
def test_waiting_times_are_the_model_s(explorer, pairs):
    """One integral gives both times, as |T1 - T2| = 2 max(T1, T2) - T1 - T2; the model integrates each."""
    explorer.set(pairs=pairs, imitation_physicians=0.45)
    parameters = explorer._topic.parameters(explorer.values)
    numbers = explorer.key_numbers
    assert float(numbers["Periods until a pair is linked, on average"]) == pytest.approx(
        float(models.unlinked_time(parameters)), abs=0.006
    )
    assert float(numbers["Periods of it one-sided, on average"]) == pytest.approx(
        float(models.one_sided_time(parameters)), abs=0.006
    )


def test_quicker_physicians_lengthen_one_sidedness_and_quicker_patients_shorten_it(explorer):
    """docs/models/adoption.md: 17.35 and 7.53 become 16.05 and 9.52, or 12.96 and 5.24."""
    explorer.set(scenario="two", imitation_physicians=0.6)
    assert explorer.headline.endswith("Against the scenario: linked 1.3 periods sooner but one-sided 2.0 longer.")
    explorer.set(scenario="two", imitation_patients=0.5)
    assert explorer.headline.endswith("Against the scenario: linked 4.4 periods sooner and one-sided 2.3 shorter.")


def test_headline_is_true_when_everybody_is_slow_and_when_the_peak_comes_early(explorer):
    """In the window of the picture pairs may still become more one-sided at its end."""
    slow = {f"{field}_{group}": low for group in explorer._topic.stakeholders
            for field, low in (("imitation", 0.0), ("innovation", 0.002))}  # fmt: skip
    explorer.set(**slow)
    assert explorer.headline.startswith(f"One-sided pairs still rise in period {HORIZON}: ")
    assert np.argmax(marks(explorer)["state 1"][:, 1]) == GRID.size - 1
    quick = {name: (1.0 if "imitation" in name else 0.1) for name in slow}
    explorer.set(**quick)
    assert explorer.headline.startswith("One-sided pairs peak in period 2: 50 in 100.")


def test_pairs_of_one_group_are_drawn_two_from_one_curve(explorer):
    """Two of one large group: linked F², one-sided 2 F (1 - F), eq. (24)."""
    explorer.set(pairs="within")
    found = marks(explorer)
    share = found["group 0"][:, 1].astype(float)
    np.testing.assert_allclose(found["state 0"][:, 1], share**2, atol=1e-6)
    np.testing.assert_allclose(found["state 1"][:, 1], 2 * share * (1 - share), atol=1e-6)
    assert np.isnan(found["group 1"][:, 1]).all()
    assert explorer.table[2][2:5] == ["-", "-", "-"]


@pytest.mark.parametrize("preset", FITS)
def test_presets_of_the_case_are_fresh_fits(case, preset):
    """A preset holds the p and q that a fit to the surveys of 2001 to 2008 finds today."""
    rows = load_case("healthcare_it").table("physicians").query("year <= 2008").dropna(subset="any_ehr_pct")
    values = load_case("healthcare_it").presets[preset].values
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ParameterWarning)  # few observations, q at 0: the case tells it
        fit = models.fit_bass_shares(rows["year"], rows["any_ehr_pct"] / 100, origin=values["origin"])
    assert values["innovation"]["physicians"] == pytest.approx(fit.p, abs=5e-6)
    assert values["imitation"]["physicians"] == pytest.approx(abs(fit.q), abs=5e-4)
    case.set(scenario=preset)
    assert case.values["origin"] == values["origin"]
    curve = dict(zip(*marks(case)["group 0"].T.tolist(), strict=True))
    told = {"adoption_origin_2000": 0.582, "adoption_origin_1990": 0.672}[preset]
    assert curve[2014 - values["origin"]] == pytest.approx(told, abs=6e-4)  # docs/models/fitting.md


def test_surveys_behind_are_those_of_the_table_without_the_year_that_was_not_fielded(case):
    """2016 repeats 2015 on the page; interviews end in 2007 and letters start in 2008."""
    case.set(scenario="adoption_origin_1990")
    rows = load_case("healthcare_it").table("physicians").dropna(subset="any_ehr_pct").set_index("year")
    found = marks(case)
    for name, years in (("interviews", [2001, 2004, 2005, 2006, 2007]),
                        ("letters", [*range(2008, 2016), 2017, 2018, 2019, 2021])):  # fmt: skip
        dots = found[f"groups {name}"]
        np.testing.assert_allclose(dots[:, 0] + 1990, years)
        np.testing.assert_allclose(dots[:, 1], rows.loc[years, "any_ehr_pct"] / 100, atol=1e-6)
        two = found[f"pairs {name}"][:, 1].astype(float)
        np.testing.assert_allclose(two, 2 * dots[:, 1] * (1 - dots[:, 1]), atol=1e-6)
    np.testing.assert_allclose(found["not fielded"], [[26, 0.869]], atol=1e-6)


def test_origin_moves_the_surveys_and_not_the_curve(case):
    """The p and q of a fit belong to its origin: with another one the same curve misses the same surveys."""
    case.set(scenario="adoption_origin_1990")
    before, gap = marks(case), case.key_numbers["Curve and surveys apart, to 2008"]
    case.set(origin=1996)
    after = marks(case)
    np.testing.assert_array_equal(before["group 0"], after["group 0"])
    np.testing.assert_allclose(before["groups letters"][:, 0] - 6, after["groups letters"][:, 0])
    assert float(gap.split()[0]) < 3 < 10 < float(case.key_numbers["Curve and surveys apart, to 2008"].split()[0])


def test_surveys_that_fall_out_of_the_picture_or_belong_to_no_pair_are_not_drawn(case):
    """The axis ends at period 35; pairs of other groups have no physician."""
    case.set(scenario="adoption_origin_1990", origin=1986)
    assert np.nanmax(marks(case)["groups letters"][:, 0]) == HORIZON
    case.set(pairs="hospitals and patients")
    assert np.isnan(marks(case)["groups letters"][:, 0]).all()
    assert "surveys" not in case.alt
    assert len(case.key_numbers) == 4


def test_invented_network_lies_only_behind_its_own_scenario(case):
    """Synthetic diamonds beside a fit to real surveys would mix two worlds."""
    rows = load_case("healthcare_it").table("pairs")
    for pairs, kind in (("all", "all kinds"), ("physicians and patients", "physicians and patients")):
        case.set(scenario="adoption_network", pairs=pairs)
        expected = rows[rows["pair"] == kind][["period", "one_sided"]]
        np.testing.assert_allclose(marks(case)["invented"], expected, atol=1e-6)
        assert "invented network (synthetic)" in case.alt
    case.set(scenario="adoption_origin_2000")
    assert np.isnan(marks(case)["invented"]).all()
    assert "invented" not in case.alt


def test_a_name_has_the_marker_of_its_curve(case):
    """A sign that stands in the key and nowhere else sends a reader searching."""
    known = {mark.name: mark.styles for mark in case._topic.figure.marks}
    for panel, curve in (("groups", "group"), ("pairs", "state")):
        for place, key in enumerate(known[f"{panel} keys"]):
            (drawn,) = known[f"{curve} {place}"]
            assert (drawn.marker, drawn.colour) == (key.marker, key.colour)
            assert key.marker


@pytest.mark.parametrize("high", [0.0, 0.05, 0.3, 1.0])
def test_names_do_not_overlap_and_the_headline_fits(case, high):
    """Names keep their distance, and a still picture has room for two lines."""
    case.set(scenario="adoption_network", imitation_physicians=high, imitation_patients=high, pairs="all")
    for name in ("groups names", "pairs names"):
        heights = np.sort(marks(case)[name][:, 1])
        assert np.diff(heights).min() >= 0.0749
        assert 0 <= heights[0] <= heights[-1] <= 1
    for pairs in ("all", "within", "physicians and patients"):
        case.set(pairs=pairs)
        assert len(textwrap.wrap(case.headline, 66)) <= 2


def test_presets_with_different_groups_are_refused():
    """One picture cannot show two sets of groups."""
    other = Example(name="other", label="Other", values={"innovation": {"a": 0.1}, "imitation": {"a": 0.1}})
    with pytest.raises(ParameterError, match="must share the same groups"):
        AdoptionTopic((*EXAMPLES, other))
