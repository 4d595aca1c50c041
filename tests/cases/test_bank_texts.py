"""What the texts of the bank case tell is what its data say."""

import re
from itertools import pairwise

import pytest

from tests.cases.bank_panel import BANK, PANEL

TEXTS = {"case.md": BANK.text, "short.md": BANK.short_version}
NOTE = (BANK.folder / "teaching_note.md").read_text(encoding="utf-8")
TOLD = [
    "scored {knowledge junior:.1f} of 100 in the test of product knowledge, a senior {knowledge senior:.1f}",
    "sold {accounts junior:.1f} accounts a month, but only {investments junior:.1f} investment products",
    "a senior sold {investments senior:.1f}",
    "Seniors answered {motivation senior:.1f} of 10, juniors {motivation junior:.1f}",
    "juniors gave {trust junior:.1f} of 10 points; seniors gave {trust senior:.1f}",
    "from {mood other 16:.1f} in month 16 to {mood other 17:.1f} in month 17",
    "from {mood workshop 12:.1f} in month 12 to {mood workshop 16:.1f} in month 16",
    "sold {sold workshop:.1f} contracts a month, a junior in another branch {sold other:.1f}",
    "an effect of {naive:.1f} contracts a month",
    "{before workshop:.1f} against {before other:.1f}",
    "gained {change workshop:.1f} contracts a month, the others {change other:.1f}",
    "is {changes:.1f}, with an interval from {changes low:.1f} to {changes high:.1f}",
    "{cancelled other:.0f}% were cancelled within two months; in workshop branches it was {cancelled workshop:.0f}%",
    "Of 120 juniors in the other branches, {left other:.0f} left",
    "in workshop branches {left workshop:.0f} of 120 left",
    "trust in juniors rose from {trust before:.1f} to {trust after:.1f}",
]
TOLD_SHORT = [
    "({knowledge junior:.1f} against {knowledge senior:.1f} of 100)",
    "({motivation junior:.1f} against {motivation senior:.1f} of 10)",
    "({trust senior:.1f} of 10)",
    "sell {naive:.1f} contracts a month more",
    "is {changes:.1f} (interval {changes low:.1f} to {changes high:.1f})",
    "{cancelled other:.0f}% were cancelled in the other branches and {cancelled workshop:.0f}% in workshop branches",
    "{left other:.0f} of 120 juniors left; in workshop branches {left workshop:.0f} of 120",
]
TOLD_NOTE = [
    "(Exhibit 4) | {naive:.1f} | {naive low:.1f} to {naive high:.1f} |",
    "workshop branches only | {change workshop:.1f} | {change workshop low:.1f} to {change workshop high:.1f} |",
    "(Exhibit 5) | {changes:.1f} | {changes low:.1f} to {changes high:.1f} |",
    "months 13 to 16 only | {early:.1f} | {early low:.1f} to {early high:.1f} |",
    "without life insurance contracts | {plain:.1f} | {plain low:.1f} to {plain high:.1f} |",
    "sold {before workshop:.1f} contracts against {before other:.1f}, a lead of {lead before:.1f}",
    "{left other:.0f} of 120 juniors in other branches left, {left workshop:.0f} of 120 in workshop branches",
    "({mood of leavers:.1f} against {mood of stayers:.1f} of 10",
    "the difference of the changes is again {stayed:.1f}",
    "{cancelled other:.0f}% against {cancelled workshop:.0f}% of contracts cancelled",
    "sold {kept other:.1f} life insurances a month in other branches and {kept workshop:.1f} in workshop branches",
    "trust rose from {trust before:.1f} to {trust after:.1f}",
]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [(BANK.text, s) for s in TOLD] + [(BANK.short_version, s) for s in TOLD_SHORT] + [(NOTE, s) for s in TOLD_NOTE],
)
def test_what_the_texts_tell_about_the_panel_is_computed_from_it(text, sentence):
    """A number in prose that no longer fits the data is the worst kind of error: nobody recomputes prose."""
    words = re.sub(r"\{([a-z0-9 ]+)(:[^}]+)\}", lambda m: format(PANEL[m[1]], m[2][1:]), sentence)
    assert words in text


def test_no_decimal_in_the_case_is_unaccounted_for():
    """Every decimal or percentage of case.md and short.md is a number of the panel or one of the model's, below."""
    model = {"0.75", "1.00", "1.7", "2.2", "0.25", "4.7"}  # held to the model by the tests that follow
    clients = {"5%", "50%"}  # held to the clients by a test that follows
    licence = {"4.0"}  # CC BY 4.0
    panel = {f"{value:.1f}" for value in PANEL.values()} | {f"{value:.0f}%" for value in PANEL.values()}
    for name, text in TEXTS.items():
        told = set(re.findall(r"\d+\.\d+|\d+%", text))
        assert told
        assert told <= panel | model | clients | licence, name


def test_the_texts_have_the_length_that_a_class_can_read():
    """45 minutes of reading at home leave room for 1,200 to 1,800 words; the short version is one page."""
    assert 1200 <= len(BANK.text.split()) <= 1800
    assert 250 <= len(BANK.short_version.split()) <= 350
    for text in TEXTS.values():
        assert "invented" in " ".join(text.split("\n")[:4])


def test_every_exhibit_and_source_is_cited_and_exists():
    """A reference to an exhibit that does not exist is worse than none."""
    told = BANK.text + NOTE
    assert {int(n) for n in re.findall(r"[Ee]xhibits? (\d)", BANK.text)} == set(BANK.exhibit_numbers)
    assert {int(n) for n in re.findall(r"\[(\d)\]", told)} <= set(BANK.sources.number)
    for exhibit in BANK.exhibit_numbers:
        for number in re.findall(r"\[(\d)\]", BANK.exhibit(exhibit).caption):
            assert int(number) in set(BANK.sources.number)


def test_the_plan_of_the_session_adds_up():
    """10 hook, 15 input, 15 explorer, 35 case, 15 debrief: 90 minutes without a gap."""
    spans = [tuple(map(int, span)) for span in re.findall(r"^\| (\d+)-(\d+) \|", NOTE, flags=re.MULTILINE)]
    assert [end - start for start, end in spans] == [10, 15, 15, 35, 15]
    assert all(first[1] == second[0] for first, second in pairwise(spans))
