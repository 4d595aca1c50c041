"""What the texts of the bank case tell is what its data say; its digits are held by `test_texts`."""

import re
from itertools import pairwise

import pytest

from tests.cases.bank_panel import BANK, PANEL

NOTE = BANK.teaching_note
# Each number of the texts, and the same number computed another way, from the panel itself.
SAME = {
    "knowledge_junior": "knowledge junior", "knowledge_senior": "knowledge senior", "mood_junior": "motivation junior",
    "mood_senior": "motivation senior", "trust_junior": "trust junior", "trust_senior": "trust senior",
    "accounts_junior": "accounts junior", "investments_junior": "investments junior",
    "investments_senior": "investments senior", "mood_other_16": "mood other 16", "mood_other_17": "mood other 17",
    "mood_workshop_12": "mood workshop 12", "mood_workshop_16": "mood workshop 16", "after_workshop": "sold workshop",
    "after_other": "sold other", "lead_after": "naive", "lead_after_low": "naive low", "lead_after_high": "naive high",
    "before_workshop": "before workshop", "before_other": "before other", "lead_before": "lead before",
    "change_workshop": "change workshop", "change_workshop_low": "change workshop low",
    "change_workshop_high": "change workshop high", "change_other": "change other", "effect": "changes",
    "effect_low": "changes low", "effect_high": "changes high", "early": "early", "early_low": "early low",
    "early_high": "early high", "plain": "plain", "plain_low": "plain low", "plain_high": "plain high",
    "stayed": "stayed", "trust_before": "trust before", "trust_after": "trust after", "left_other": "left other",
    "left_workshop": "left workshop", "cancelled_other": "cancelled other", "cancelled_workshop": "cancelled workshop",
    "mood_leavers": "mood of leavers", "mood_stayers": "mood of stayers", "kept_other": "kept other",
    "kept_workshop": "kept workshop",
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_a_number_of_the_texts_is_what_the_panel_says(name):
    """A placeholder that names the wrong row or group would print a number that fits nothing."""
    told = BANK.numbers[name]
    expected = {"%": "{:.0f}%", ".": "{:.1f}"}.get(next((c for c in told if c in "%."), ""), "{:.0f}")
    assert told == expected.format(PANEL[SAME[name]])


def test_every_number_of_the_panel_is_held_by_another_computation():
    """A number that is added to the texts must be added to the table above."""
    entries = BANK.metadata["numbers"]
    from_panel = {
        name for name, entry in entries.items()
        if entry.get("exhibit") in {2, 3, 4, 5, 9} or entry.get("table") in {"advisers", "comparisons"}
    }  # fmt: skip
    counts = {"advisers", "branches", "workshop_branches", "other_branches", "juniors_workshop", "juniors_other"}
    starts = {"mood_workshop_1", "mood_other_1"}  # the first month, in an alternative text
    assert from_panel == set(SAME) | counts | starts
    assert [BANK.numbers[name] for name in sorted(counts)] == ["400", "40", "120", "120", "20", "20"]
    panel = BANK.table("advisers").query("month == 1 and grade == 'junior'").groupby("managers_in_workshop").motivation
    assert [BANK.numbers[name] for name in sorted(starts)] == [f"{x:.1f}" for x in panel.mean()]


def test_words_for_numbers_are_true():
    """Nobody computes a word: six and four advisers a branch, almost half of the lead, one contract in four."""
    grades = BANK.table("advisers").query("month == 1").groupby(["branch", "grade"]).size()
    assert "six juniors and four seniors in each branch" in BANK.narrative
    assert set(grades.xs("junior", level="grade")) == {6}
    assert set(grades.xs("senior", level="grade")) == {4}
    assert "almost half of the lead" in BANK.exhibit(5).title
    assert 0.45 < PANEL["lead before"] / PANEL["naive"] < 0.5
    assert "one life insurance in four" in BANK.exhibit(9).title
    assert 0.22 < PANEL["cancelled other"] / 100 < 0.28
    assert "Seniors hardly changed at all" in BANK.narrative
    mood = BANK.exhibit(3).table
    seniors = mood[mood.group.str.startswith("seniors")].groupby("group")["mean"]
    assert (seniors.max() - seniors.min()).max() < 0.5


def test_part_a_shows_nothing_of_part_b():
    """Students decide before they know about the launch; its exhibits come on another sheet."""
    shown = {part: {int(n) for n in re.findall(r"Exhibit (\d+)", str(BANK.reading(part)))} for part in "AB"}
    assert shown["A"] == {1, 2, 6, 7, 8, 11}
    assert shown["B"] == {3, 4, 5, 9, 10}
    for number in shown["A"]:
        exhibit = BANK.exhibit(number)
        assert "launch" not in exhibit.title + exhibit.caption + exhibit.alt
    assert {"column": "month", "from": 1, "to": 12} in BANK.exhibit(2).settings["where"]
    assert "month 17" not in str(BANK.reading("A"))
    printed = re.search(r"Print Part A with Exhibits (.*?), and Part B with Exhibits (.*?), on", NOTE)
    assert [{int(n) for n in re.findall(r"\d+", part)} for part in printed.groups()] == [shown["A"], shown["B"]]


def test_every_caption_states_the_question_that_the_exhibit_answers():
    """A picture without a question is decoration."""
    for number in BANK.exhibit_numbers:
        assert re.match(r"[^.]+\?", BANK.exhibit(number).caption), number


def test_the_texts_have_the_length_that_a_class_can_read():
    """45 minutes of reading at home leave room for 1,200 to 1,800 words; the short version is one page."""
    assert 1200 <= len(BANK.narrative.split()) <= 1800
    assert 250 <= len(BANK.short_version.split()) <= 350
    for text in (BANK.narrative, BANK.short_version):
        assert "invented" in " ".join(text.split("\n")[:4])


def test_every_exhibit_and_source_is_cited_and_exists():
    """A reference to an exhibit that does not exist is worse than none."""
    assert {int(n) for n in re.findall(r"[Ee]xhibits? (\d+)", BANK.narrative)} == set(BANK.exhibit_numbers)
    captions = " ".join(BANK.exhibit(n).caption for n in BANK.exhibit_numbers)
    assert {
        int(n)
        for group in re.findall(r"\[(\d(?:, \d)*)\]", BANK.narrative + NOTE + captions)
        for n in group.split(", ")
    } == (set(BANK.sources.number))


def test_the_lists_at_the_end_of_the_case_agree_with_its_metadata():
    """Readers on paper have only these lists: the status of each exhibit, and one line for each source."""
    told = re.findall(r"^(\d+)\. .*\((\w+)", BANK.narrative.split("## Exhibits")[1].split("##")[0], flags=re.MULTILINE)
    assert told == [(str(n), BANK.exhibit(n).status) for n in BANK.exhibit_numbers]
    sources = re.findall(r"^(\d+)\. (.*)$", BANK.narrative.split("## Sources")[1], flags=re.MULTILINE)
    assert [int(number) for number, _ in sources] == BANK.sources.number.tolist()
    for (_, line), status in zip(sources, BANK.sources.status, strict=True):
        assert status.capitalize() in line


def test_the_plan_of_the_session_adds_up():
    """10 hook, 15 input, 15 explorer, 35 case, 15 debrief: 90 minutes without a gap."""
    spans = [tuple(map(int, span)) for span in re.findall(r"^\| (\d+)-(\d+) \|", NOTE, flags=re.MULTILINE)]
    assert [end - start for start, end in spans] == [10, 15, 15, 35, 15]
    assert all(first[1] == second[0] for first, second in pairwise(spans))


def test_the_outcome_is_told_to_nobody_but_the_lecturer():
    """The true effect and the epilogue stand in the teaching note alone, which says that no outcome is documented."""
    assert "No outcome is documented" in NOTE
    for text in (BANK.narrative, BANK.short_version):
        assert "pilogue" not in text
        assert "true effect" not in text
