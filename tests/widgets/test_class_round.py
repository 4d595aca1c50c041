"""The classroom round: what a student puts in and what the class sees are what the model says of their codes."""

import json
import textwrap
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach import models, widgets
from cocreate_teach.errors import ParameterError
from cocreate_teach.widgets.round_codes import RESOURCES, code_of
from cocreate_teach.widgets.round_curves import MOST_IN_ALL, VOLUMES, curves_of, in_all
from cocreate_teach.widgets.round_paper import slips_html

CHOICES = st.tuples(*[st.integers(0, 9)] * 4)
CLASS = "Ann: 5382-K, Ben: 9090-U, Cem: 2041-A, Dora: 7763-T, on paper 1204 and 8865, Evelyn: 5382-X"
FITS = [(5, 3, 8, 2), (9, 0, 9, 0), (2, 0, 4, 1), (7, 7, 6, 3), (1, 2, 0, 4), (8, 8, 6, 5)]


def marks(explorer):
    """Return the marks of the picture now, by name."""
    state = explorer.state
    return {mark.name: item for mark, item, _ in explorer._topic.figure.unpack(state["data"], state["texts"])}


def ends(dyad, choices):
    """Return where involvement ends, asked of the model for one student alone."""
    volume = models.investment_volume(np.array(choices) / 9)
    firm = float(np.broadcast_to(dyad.investment, 2)[1])
    alone = replace(dyad, investment=np.array([volume, firm]))
    return models.involvement(models.involvement_path(alone, 40), alone)[-1]


@given(CHOICES)
def test_the_mapping_is_the_volume_of_the_model(choices):
    """Four numbers are the four resources of M1, 9 is 1, and their mean is what the customer puts in."""
    assert VOLUMES[in_all(choices)] == pytest.approx(float(models.investment_volume(np.array(choices) / 9)), abs=1e-12)
    assert tuple(name.split("_")[0] for name in models.CONSUMER_RESOURCES) == RESOURCES


@given(CHOICES)
def test_the_curve_of_a_sum_is_that_of_each_student_with_it(choices):
    """37 curves are all there are: computed at once, they are those of each student alone."""
    found = curves_of(models.CAPTIVE_DYAD)
    np.testing.assert_allclose(found.ends[in_all(choices)], ends(models.CAPTIVE_DYAD, choices), atol=1e-12)


def test_firms_are_the_pairs_of_the_model():
    """The first is the captive customer of the session; nothing of a pair is lost on the way."""
    pairs = {"captive": models.CAPTIVE_DYAD, "bank": models.BANK_DYAD, "burberry": models.BURBERRY_DYAD}
    for name, pair in pairs.items():
        explorer = widgets.investments(preset=name)
        found = explorer.key_numbers["Your involvement after 40 periods"]
        assert found == f"{ends(pair, (5, 3, 8, 2))[0]:.2f}"
    assert next(iter(widgets.class_round().spec["scenarios"])) == "captive"


MINE = widgets.investments()


@given(CHOICES)
def test_the_code_shown_is_the_code_of_the_choices(choices):
    """Live: in the headline, for the button that copies, in the key numbers; and the class reads the same."""
    MINE.set(**dict(zip(RESOURCES, choices, strict=True)))
    code = code_of(choices)
    assert MINE.state["code"] == MINE.key_numbers["Code"] == code
    assert MINE.headline.startswith(f"Your code is {code}. You end at ")
    assert len(textwrap.wrap(MINE.headline, 66)) <= 2
    assert marks(MINE)["chosen"][:, 0].tolist() == list(choices)


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ({}, "clearly more involved than the firm (0.12)."),
        ({"time": 0, "ideas": 0}, "about as involved as the firm (0.12)."),
        ({"scenario": "burberry", **dict.fromkeys(RESOURCES, 0)}, "clearly less involved than the firm (0.21)."),
    ],
)
def test_a_student_reads_on_which_side_the_asymmetry_is(values, finding):
    """Every sentence that the headline can say is reached by some setting."""
    explorer = widgets.investments()
    explorer.set(**values)
    assert explorer.headline.endswith(finding)


def test_a_class_sees_every_curve_the_median_and_the_asymmetric_ones():
    """The widget computes nothing itself; equal sums share a curve, and nobody else has one."""
    explorer = widgets.class_round(CLASS)
    found, curves = marks(explorer), curves_of(models.CAPTIVE_DYAD)
    sums = [sum(one) for one in FITS]
    for place in range(MOST_IN_ALL + 1):
        asymmetric = abs(curves.apart[place]) >= 0.05
        for kind, is_kind in (("alike", not asymmetric), ("asymmetric", asymmetric)):
            curve = found[f"{kind} {place}"][:, 1]
            if place in sums and is_kind:
                np.testing.assert_allclose(curve, curves.involved[place, ::2, 0], atol=1e-6)
            else:
                assert np.isnan(curve).all()
    everybody = curves.involved[sums]
    np.testing.assert_allclose(found["student"][:, 1], np.median(everybody[..., 0], axis=0), atol=1e-6)
    np.testing.assert_allclose(found["firm"][:, 1], np.median(everybody[..., 1], axis=0), atol=1e-6)
    assert found["middle"][:, 0].tolist() == np.median(FITS, axis=0).tolist()
    assert explorer.key_numbers["Codes"] == "6"
    assert explorer.key_numbers["Median involvement in the end"] == f"{np.median(everybody[:, -1, 0]):.2f}"
    assert explorer.key_numbers["Put in more than the firm"] == "6 of 6"
    assert explorer.key_numbers["Without a check letter (paper)"] == "2"


def test_circles_and_table_count_every_choice():
    """The largest circle is the number that most chose; the table has every count."""
    explorer = widgets.class_round("5382-K 5382-K 9090-U")
    circles = marks(explorer)["counts"].reshape(4, 10, 4)
    assert circles[0, 5, 2] == circles[..., 2][~np.isnan(circles[..., 2])].max()
    assert circles[0, 9, 2] == pytest.approx(13 * np.sqrt(0.5), rel=1e-6)
    rows = {row[0]: row[1] for row in explorer.table[1:]}
    assert rows == {
        "18": "3",
        "time: students who chose 0, 1, ... 9": "0 0 0 0 0 2 0 0 0 1",
        "information: students who chose 0, 1, ... 9": "1 0 0 2 0 0 0 0 0 0",
        "ideas: students who chose 0, 1, ... 9": "0 0 0 0 0 0 0 0 2 1",
        "data: students who chose 0, 1, ... 9": "1 0 2 0 0 0 0 0 0 0",
    }


def test_codes_that_do_not_fit_are_told_one_by_one_and_do_not_stop_the_others():
    """A sentence each, with its place; the picture shows the rest."""
    explorer = widgets.class_round(f"{CLASS}, 538-K")
    assert explorer.fault == ""
    assert explorer.caution.splitlines() == [
        "code 7, 5382-X: the letter does not fit the digits; ask for it again.",
        "code 8, 538-K: it has 3 digits, a code has 4; ask for it again.",
    ]
    assert explorer.headline.endswith("2 codes do not fit.")
    assert explorer.key_numbers["Codes that do not fit"] == "2"


def test_many_wrong_codes_are_counted_and_not_all_told():
    """A pasted table of something else must not fill the screen."""
    explorer = widgets.class_round("5382-X " * 50)
    assert len(explorer.caution.splitlines()) == 41
    assert explorer.caution.endswith("10 more do not fit.")
    assert (
        explorer.headline == "No code fits yet, 50 do not. With this firm, involvement can end between 0.09 and 0.26."
    )


@pytest.mark.parametrize(
    ("codes", "values", "headline"),
    [
        ("", {}, "No code yet. With this firm, involvement can end between 0.09 and 0.26."),
        ("5382-X", {}, "No code fits yet, 1 does not. With this firm, involvement can end between 0.09 and 0.26."),
        ("5382", {}, "1 code: involvement ends at 0.18. 1 of 1 is clearly more involved than the firm."),
        ("0000 0000", {"scenario": "burberry"},
         "2 codes: involvement ends at 0.15 in the median. 2 of 2 are clearly less involved than the firm."),
        ("1111 5382-X", {}, "1 code: involvement ends at 0.12. Nobody is clearly more or less involved than the firm. "
         "1 code does not fit."),
    ],
)  # fmt: skip
def test_headline_says_how_many_where_they_end_and_who_is_asymmetric(codes, values, headline):
    """Every sentence that the headline can say is reached by some class."""
    explorer = widgets.class_round(codes)
    explorer.set(**values)
    assert explorer.headline == headline


def test_names_are_kept_nowhere():
    """Neither in the values, nor in what is saved, said or handed to a reader without a kernel."""
    explorer = widgets.class_round(CLASS)
    assert explorer.values["codes"] == "5382-K 9090-U 2041-A 7763-T 1204 8865 5382-X"
    explorer.set(codes="Grace 9090-U, Frida Kahlo 23456789: 5382-K")
    assert explorer.values["codes"] == explorer.state["of"]["codes"] == "9090-U 5382-K"
    kept = json.dumps([explorer.values, explorer.spec, explorer._repr_mimebundle_()[0], explorer.state], default=str)
    for name in ("Ann:", "Evelyn", "Frida", "Kahlo", "23456789", "Grace"):
        assert name not in kept


def asked(explorer, monkeypatch, **question):
    """Return the answers to a message of the browser."""
    sent = []
    monkeypatch.setattr(explorer, "send", lambda content, buffers=None: sent.append(content))
    explorer._on_message(explorer, question, [])
    return sent


def test_the_browser_asks_what_is_kept_before_it_sets_anything(monkeypatch):
    """What was pasted never becomes a value; the number tells the browser which text the answer belongs to."""
    explorer = widgets.class_round("1204")
    before = dict(explorer.values), dict(explorer.state)
    answers = asked(explorer, monkeypatch, do="tidy", name="codes", text="Ann: 5382k", number=3)
    assert answers == [{"kept": "5382-K", "name": "codes", "number": 3}]
    assert asked(explorer, monkeypatch, do="tidy", name="trust", text="x", number=4) == []
    assert (explorer.values, explorer.state) == before


def test_too_long_a_text_from_the_browser_is_a_sentence_until_it_is_put_right(monkeypatch):
    """Somebody pastes a whole book: it is neither kept nor drawn, and the picture stays."""
    explorer = widgets.class_round("5382-K")
    answers = asked(explorer, monkeypatch, do="tidy", name="codes", text="x" * 60_001, number=1)
    assert answers == [{"kept": None, "name": "codes", "number": 1}]
    assert explorer.fault == "codes of the class may have up to 60,000 characters; got 60,001; paste less."
    assert explorer.key_numbers["Codes"] == "1"
    asked(explorer, monkeypatch, do="tidy", name="codes", text="5382-K", number=2)
    assert explorer.fault == ""


def test_another_firm_leaves_the_codes_and_reset_empties_the_box():
    """A lecturer compares firms with one class, and presses Reset before the next class."""
    explorer = widgets.class_round()
    explorer.set(codes=CLASS)
    assert not explorer.moved
    assert not explorer.note.startswith("Changed")
    explorer.set(scenario="bank")
    assert explorer.values["codes"].startswith("5382-K 9090-U")
    explorer.set(trust=0.9)
    assert explorer.note.startswith("Changed by hand")
    explorer.reset()
    assert (explorer.values["codes"], explorer.values["scenario"]) == ("", "captive")


def test_reset_returns_to_the_codes_that_were_given():
    """A lesson may open with a class."""
    explorer = widgets.class_round("5382-K", preset="bank")
    explorer.set(codes="")
    explorer.reset()
    assert (explorer.values["codes"], explorer.values["scenario"]) == ("5382-K", "bank")


def test_looking_ahead_with_a_text_answers_for_the_values_that_were_asked(monkeypatch):
    """The browser finds a picture by the values it asked with, and the class is in it."""
    explorer = widgets.class_round("5382-K")
    wanted = [explorer.values | {"trust": 0.31}]
    (content,) = asked(explorer, monkeypatch, do="ahead", wanted=wanted)
    assert content["ahead"][0]["of"] == wanted[0]
    assert content["ahead"][0]["key_numbers"][0] == ["Codes", "1"]


def test_codes_that_are_no_text_are_a_sentence():
    """A number typed without quotes loses its first nought."""
    with pytest.raises(ParameterError, match="codes of the class must be a text; got 5382; type or paste it"):
        widgets.class_round(5382)


WHOLE = widgets.class_round()


@given(codes=st.lists(CHOICES, max_size=12), firm=st.floats(0, 1), trust=st.floats(0, 1))
def test_headline_fits_and_names_of_curves_stay_apart(codes, firm, trust):
    """A still picture has room for two lines; names at the ends of curves must not lie on each other."""
    WHOLE.set(codes=" ".join(code_of(one) for one in codes), firm=firm, trust=trust)
    assert len(textwrap.wrap(WHOLE.headline, 66)) <= 2
    heights = marks(WHOLE)["ends"][:, 1]
    heights = np.sort(heights[~np.isnan(heights)])
    assert len(heights) == (2 if codes else 1)
    assert (np.diff(heights) >= 0.0519).all()
    drawn = np.concatenate([item[:, 1] for name, item in marks(WHOLE).items() if name in ("possible", "student")])
    assert np.nanmax(drawn) < 0.9


def test_the_same_goes_on_paper():
    """A heading to unfold says how; the lecturer also gets slips to print."""
    mine, whole = (build().spec["leaflet"] for build in (widgets.investments, widgets.class_round))
    assert [row[0] for row in mine["rows"]] == list(RESOURCES)
    assert mine["rows"][0][1:] == tuple("0123456789")
    assert (mine["page"], whole["page"]) == ("", slips_html())
    assert widgets.involvement().spec["leaflet"] is None


def test_slips_load_nothing_and_ask_for_no_name():
    """Eight on a sheet, to print without a network."""
    page = slips_html()
    assert page.count("<section>") == 8
    assert "http" not in page.replace("http-equiv", "")
    assert "No name is needed." in page
