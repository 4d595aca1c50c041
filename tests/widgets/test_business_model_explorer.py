"""The explorer of business models shows what the network of activities says."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from cocreate_teach import models, widgets
from cocreate_teach.widgets.business_model_network import ACTIVITIES, CHAIN, LINKS, STAKEHOLDERS, USUAL, control_name
from cocreate_teach.widgets.business_model_picture import MOST, SHARES


@pytest.fixture
def explorer():
    """Explore life insurance of an invented bank."""
    return widgets.business_model()


def marks(explorer):
    """Return the numbers of each mark."""
    state = explorer.state
    return {mark.name: numbers for mark, numbers, _ in explorer._topic.figure.unpack(state["data"], state["texts"])}


def switch(link):
    """Name the control of a link."""
    return control_name("link", *link)


def test_network_of_the_document_is_where_it_starts(explorer):
    """docs/models/business_model.md: its bottleneck, span, reciprocity and who decides."""
    assert explorer.headline == (
        "Advise is the bottleneck: 120 of 160 cases get through. 7 of 8 links cross a border between owners."
    )
    shares = dict(zip(SHARES, marks(explorer)["shares"][:, 2].tolist(), strict=True))
    assert shares["links across borders"] == pytest.approx(0.875)
    assert shares["links with answer"] == pytest.approx(0.25)
    assert shares["spread of control"] == pytest.approx(0.70)
    assert explorer.key_numbers["Share of demand served"] == "0.75"
    assert explorer.key_numbers["Value that advisers control"] == "0.00"


def test_bottleneck_moves_on_when_advice_is_widened(explorer):
    """120, 170, 240 with a demand of 200: the document's row of supports, 0.60, 0.85, 0.90."""
    found = []
    for able in (120, 170, 240):
        explorer.set(demand=200, advise=able)
        found.append((explorer.key_numbers["Bottleneck"], explorer.key_numbers["Share of demand served"]))
    assert found == [("advise", "0.60"), ("advise", "0.85"), ("check applications", "0.90")]
    assert explorer.headline.startswith("Check applications is the bottleneck: 180 of 200 cases get through.")


def test_headline_also_holds_where_everything_gets_through(explorer):
    """Then the weakest activity limits nothing yet."""
    explorer.set(demand=100)
    assert explorer.headline.startswith("All 100 cases get through; advise would be the first bottleneck, at 120.")


def test_bottleneck_is_marked_in_network_and_chain(explorer):
    """Ring, bar and both names say the same."""
    explorer.set(advise=400, set_terms=30)
    found = marks(explorer)
    place = list(ACTIVITIES).index("set terms")
    np.testing.assert_array_equal(found["ring"][0, :2], found["activities"][place, :2])
    assert np.flatnonzero(found["names"][:, 2] >= 3).tolist() == [place]
    assert np.flatnonzero(found["chain"][:, -1]).tolist() == [list(CHAIN).index("set terms")]


@pytest.mark.parametrize("link", LINKS, ids=" to ".join)
def test_each_switch_moves_its_own_link_and_the_surplus_by_what_the_link_is_worth(explorer, link):
    """Synergy minus volume times cost of a transaction; a handle that switched another link would be found late."""
    hand = list(LINKS).index(link)
    handles = next(mark for mark in explorer._topic.figure.marks if mark.name == "switches").handles
    assert handles[hand].switch == switch(link)
    surplus, lines = [], []
    for state in (0, 1):
        explorer.set(**{switch(link): state})
        surplus.append(float(models.business_surplus(explorer._topic.model(explorer.values))))
        lines.append(marks(explorer)["links"].copy())
        assert (" to ".join(link) in explorer.alt.split("not linked: ")[1].split(". ")[0]) is (state == 0)
    row = LINKS[link]
    assert surplus[1] - surplus[0] == pytest.approx(
        row.get("synergy", 0) - row.get("volume", 1) * row.get("transaction_cost", 0)
    )
    assert np.flatnonzero((lines[0] != lines[1]).any(axis=1)).tolist() == [hand]
    assert lines[0][hand, -1] == 2


def test_letting_advisers_decide_is_the_document_s_second_case(explorer):
    """Participation rises from 0.70 to 0.74."""
    explorer.set(decides="advisers")
    assert marks(explorer)["shares"][3, 2] == pytest.approx(0.74)
    assert explorer.key_numbers["Value that advisers control"] == "0.20"


def test_short_cut_to_the_network_is_what_its_rows_build(explorer):
    """The picture replaces single fields of a network built once; the long way leads to the same."""
    chosen = [link for place, link in enumerate(LINKS) if place % 3]
    explorer.set(**{switch(link): float(link in chosen) for link in LINKS}, decides="advisers", advise=90)
    able = CHAIN | {"advise": 90.0}
    rows = {name: row | ({"capability": able[name]} if name in able else {}) for name, row in ACTIVITIES.items()}
    rows["advise"] = rows["advise"] | {"controller": "advisers"}
    long = models.business_model(STAKEHOLDERS, rows, {link: row for link, row in LINKS.items() if link in chosen})
    short = explorer._topic.model(explorer.values)
    for field in models.BusinessModel.__dataclass_fields__:
        np.testing.assert_array_equal(getattr(short, field), getattr(long, field), err_msg=field)


def test_without_any_link_nothing_breaks(explorer):
    """Shares of links are 0 by convention."""
    explorer.set(**{switch(link): 0 for link in LINKS})
    assert "0 of 0 links cross a border" in explorer.headline
    assert np.isnan(marks(explorer)["heads"]).all(axis=1).all()


def test_switches_are_far_enough_apart_for_a_thumb(explorer):
    """On a phone a point of the picture is about one pixel; targets of 24 pixels must not overlap."""
    for layout in explorer._topic.figure.layouts:
        width, height = layout.boxes["net"][2:]
        places = marks(explorer)["switches"][:, :2] * (width, height)
        assert min(np.hypot(*(one - other)) for one, other in combinations(places, 2)) >= 24


def test_presets_of_the_bank_move_the_bottleneck():
    """With juniors who sell, checking applications is too slow."""
    explorer = widgets.business_model("bank")
    assert explorer.headline.startswith("Advise is the bottleneck: 120 of 160")
    assert set(explorer._topic.model(explorer.values).links) == USUAL - {
        ("set terms", "train advisers"), ("train advisers", "advise"),
    }  # fmt: skip
    explorer.set(scenario="insurance_after")
    assert explorer.headline.startswith("Check applications is the bottleneck: 180 of 200")
    assert set(explorer._topic.model(explorer.values).links) == USUAL


@pytest.mark.parametrize("wanted", [20, 100, 120, 160, 200, 235, 400])
@pytest.mark.parametrize("able", [0, 80, 120, 160, 390, 400])
def test_no_number_stands_on_the_line_of_what_is_wanted(explorer, wanted, able):
    """A bold digit of 10.5 points is about 7.3 points wide."""
    explorer.set(demand=wanted, advise=able)
    place = list(CHAIN).index("advise")
    at = float(marks(explorer)["amounts"][place, 0])
    assert able <= at <= max(able, wanted)
    for layout in explorer._topic.figure.layouts:
        point = layout.boxes["chain"][2] / MOST
        begin = at * point + 4
        assert not begin - 3 < wanted * point < begin + 7.3 * len(f"{able:.0f}")


def test_more_capability_elsewhere_changes_nothing(explorer):
    """The theorem behind the headline: only the bottleneck is worth improving."""
    model = explorer._topic.model(explorer.values)
    is_weakest = np.array([name == "advise" for name in model.activities])
    wider = replace(model, capability=np.where(is_weakest, model.capability, 2 * np.asarray(model.capability)))
    before, after = (float(models.step_capabilities(one).min()) for one in (model, wider))
    assert before == after == 120
    explorer.set(carry_large_risks=400, set_terms=400, check_applications=400)
    assert explorer.key_numbers["Cases that get through"] == "120 of 160 wanted"


def test_text_says_what_each_activity_can_handle(explorer):
    """Also of those that limit nothing: somebody who does not see the bars hears them."""
    explorer.set(set_terms=330)
    assert "carry large risks 400, set terms 330, check applications 180 and advise 120" in explorer.alt
