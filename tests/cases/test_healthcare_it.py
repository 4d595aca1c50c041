"""The healthcare IT case: surveys with their breaks, a synthetic network held to the model, texts that tell both."""

import re
import shutil
from itertools import pairwise

import pandas as pd
import pytest

from cocreate_teach import models
from cocreate_teach.cases import load_case
from tests.cases.stories import prepare, script

CASE = load_case("healthcare_it")
LINKS = CASE.table("links")
KNOWN_IN_2009, STUDY, LATER = {1, 2, 3, 4, 5, 6}, {7, 8}, set(range(9, 17))


PREPARE = script("healthcare_it", "prepare")
SYNTHETIC = PREPARE.synthetic
TARGETS = CASE.metadata["calibration"]
REACHED = PREPARE.calibration(LINKS)


def test_check_reports_a_changed_survey_value_everywhere_it_goes(tmp_path):
    """A check that cannot fail is no check: 2008 changes the survey, the fits and the curves."""
    folder = tmp_path / "healthcare_it"
    shutil.copytree(CASE.folder, folder)
    survey = folder / "raw" / "us_office_physicians_ehr_2001_2021.csv"
    survey.write_text(survey.read_text(encoding="utf-8").replace("2008,42.0", "2008,41.0"), encoding="utf-8")
    done = prepare(folder)
    assert done.returncode == 1
    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == [
        "data/us_physicians.csv", "data/fits.csv", "data/two_fits.csv",
    ]  # fmt: skip


def test_the_year_that_was_not_surveyed_is_in_the_table_and_in_no_curve():
    """2016 is the value of 2015 printed again; a curve with it would show a plateau that nobody measured."""
    row = CASE.table("physicians").set_index("year").loc[2016]
    assert row.any_ehr_pct == 86.9
    assert "not fielded" in row.note
    drawn = CASE.exhibit(9).table
    assert drawn[drawn.x == "2016-01-01"].value.isna().all()
    assert {"x": "2016-01-01", "label": "not fielded"} in CASE.exhibit(9).settings["marks"]
    assert "2016" in CASE.exhibit(9).caption


def test_years_without_a_value_are_gaps_and_not_lines():
    """A line from 2001 to 2004 would tell something about two years for which there is nothing."""
    drawn = CASE.exhibit(9).table.groupby("x").value.count()
    assert drawn[["2002-01-01", "2003-01-01", "2016-01-01", "2020-01-01"]].sum() == 0
    assert drawn.drop(["2002-01-01", "2003-01-01", "2016-01-01", "2020-01-01"]).min() >= 1
    hospitals = CASE.table("hospitals").set_index("year")
    assert hospitals.loc[2020, ["basic_ehr_with_notes_pct", "certified_ehr_pct"]].isna().all()


def test_interviews_and_letters_are_two_lines():
    """The survey changed its way of asking in 2008; one line would hide that."""
    table = CASE.table("physicians").set_index("year")
    assert table.any_interviews_pct.dropna().index.max() == 2007
    assert table.any_mail_pct.dropna().index.min() == 2008
    both = table.any_interviews_pct.fillna(table.any_mail_pct).drop(2016)
    assert both.equals(table.any_ehr_pct.drop(2016))
    for number in (1, 9):
        assert {"any_interviews_pct", "any_mail_pct"} <= set(CASE.exhibit(number).settings["columns"])


def test_the_misprint_of_2009_is_corrected_and_told():
    """The newer page repeats 11.8 of 2007; the older one and the trend page say 21.8."""
    table = CASE.table("physicians").set_index("year")
    assert table.basic_ehr_pct[2009] == 21.8
    assert "11.8" in table.note[2009]
    assert "11.8" in CASE.exhibit(9).caption


@pytest.mark.parametrize(
    ("exhibit", "words"),
    [
        (9, ("too low", "2020", "Interviews to 2007")),
        (10, ("lower bound", "93", "2020", "two measures")),
        (12, ("only reported", "left out")),
        (13, ("Seven values", "matched")),
        (14, ("61.4", "72.0", "computed")),
        (15, ("Austria", "United States only")),
    ],
)
def test_every_anomaly_of_the_sources_is_told_beside_the_picture(exhibit, words):
    """Readers of a picture do not open the dictionary."""
    for word in words:
        assert word in CASE.exhibit(exhibit).caption


def test_the_reported_value_of_exchange_is_in_no_curve():
    """82 is second-hand, and nobody knows whether it belongs to 2014 or 2015."""
    table = CASE.table("exchange").set_index("year")
    assert table.status[2015] == "reported"
    assert pd.isna(table.exchange_any_published_pct[2015])
    assert CASE.exhibit(12).table.value.max() == 62


def test_seven_values_of_interoperability_are_derived():
    """They were matched to labels of a figure; the rest stands in texts."""
    table = CASE.table("interoperability")
    assert (table.status == "derived").sum() == 7
    assert CASE.exhibit(13).status == "derived"


def test_the_two_fits_are_those_of_the_page_on_fitting():
    """58.2 and 67.2 percent for 2014: the origin decides, as docs/models/fitting.md shows."""
    fits = CASE.table("fits").set_index("origin")
    assert fits.pct_2014.to_dict() == {2000: 58.2, 1990: 67.2}
    assert fits.q.to_dict() == {2000: 0.0, 1990: 0.183}
    curves = CASE.table("two_fits").set_index("year")
    assert curves.observed_pct.dropna().index.tolist() == [2001, 2004, 2005, 2006, 2007, 2008]
    misses = (curves.loc[2001, ["origin_2000_pct", "origin_1990_pct"]].astype(float) - 18).abs()
    assert misses.origin_2000_pct > misses.origin_1990_pct


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target["name"])
def test_the_network_meets_each_target(target):
    """A synthetic table is only as good as what it is held to."""
    assert abs(REACHED[target["name"]] - target["target"]) <= target["tolerance"]


def test_the_targets_of_the_network_are_what_the_model_says():
    """The shares are no wish: they are equations (22) and (22') for the example of docs/models/adoption.md."""
    told = {target["name"]: target["target"] for target in TARGETS}
    time = [5, 10, 15]
    for name, share in (("linked", models.linked_pairs), ("one_sided", models.one_sided_pairs)):
        said = share(models.ADOPTION_EXAMPLE, time)
        assert [told[f"{name}_{t}"] for t in time] == pytest.approx(list(said), abs=0.0006)
    shares = dict(
        zip(models.ADOPTION_EXAMPLE.stakeholders, models.adoption_share(models.ADOPTION_EXAMPLE, 9), strict=True)
    )
    partners = sum(many * float(shares[group]) for group, many in SYNTHETIC.PRACTICE_LINKS.items())
    assert told["practice_one_sided_wait_9"] == pytest.approx(partners, abs=0.06)
    assert told["practice_one_sided_wait_9"] + told["practice_one_sided_buy_9"] == 50


def test_another_seed_gives_another_network_and_the_same_seed_the_same():
    """The seed is the only chance in it."""
    assert SYNTHETIC.make_links().equals(SYNTHETIC.make_links())
    assert not SYNTHETIC.make_links(seed=2).equals(SYNTHETIC.make_links())


def test_linked_one_sided_and_neither_are_all_pairs():
    """Unlinked is everything that is not linked; one-sided is a part of it, not the same."""
    pairs = CASE.table("pairs")
    assert (pairs.linked + pairs.one_sided + pairs.neither).sub(1).abs().max() < 2e-4
    assert (pairs.unlinked - pairs.one_sided - pairs.neither).abs().max() < 2e-4
    whole = pairs[pairs.pair == "all kinds"]
    assert whole.unlinked.is_monotonic_decreasing
    assert not whole.one_sided.is_monotonic_increasing
    assert 0 < whole.set_index("period").one_sided.idxmax() < 20


def test_shares_can_be_counted_again_from_the_links():
    """Period 10, by hand: a pair is one-sided if exactly one of two numbers is 10 or less."""
    others = LINKS[LINKS["first"] != "D001"]
    has = (others[["first_adopts", "second_adopts"]] <= 10).sum(axis=1)
    row = CASE.table("pairs").query("pair == 'all kinds' and period == 10").iloc[0]
    assert row.linked == pytest.approx((has == 2).mean(), abs=1e-4)
    assert row.one_sided == pytest.approx((has == 1).mean(), abs=1e-4)
    assert not LINKS.duplicated(["first", "second"]).any()


def test_the_practice_has_fifty_links_under_every_option():
    """Options differ in one date only; from period 12 on all are equal, as Part B says."""
    options = CASE.table("options")
    assert (options.linked + options.one_sided + options.neither == 50).all()
    late = options[options.period >= 12].drop(columns="option")
    assert (late.groupby("period").nunique() == 1).all().all()
    nine = options[options.period == 9].set_index("option")
    assert nine.one_sided["buy now"] > nine.one_sided["wait"]
    assert nine.linked["buy now"] > nine.linked["wait"] == 0


def test_whatever_is_invented_says_so_in_name_status_and_picture():
    """A synthetic table that looks like a survey is a lie."""
    for table in ("links", "pairs", "options"):
        settings = CASE.metadata["tables"][table]
        assert settings["file"].endswith("_synthetic.csv")
        assert settings["status"] == "synthetic"
    for number in STUDY:
        assert CASE.exhibit(number).status == "synthetic"
        assert "Invented network, seed 1" in CASE.exhibit(number).caption


def test_the_sentence_of_the_course_text_is_reported_and_not_shown():
    """Its source was not found, and no table here counts outcomes."""
    assert CASE.sources.set_index("number").status[1] == "reported"
    assert "[1] (reported)" in CASE.narrative
    assert "None of our tables has an error" in CASE.teaching_note


def test_nothing_after_2009_is_in_the_parts_of_the_case():
    """The epilogue is the lecturer's: exhibits of later years are named in the note only."""
    told = {part: {int(n) for n in re.findall(r"Exhibits? (\d+)", str(CASE.reading(part)))} for part in ("A", "B")}
    assert told["A"] == {*KNOWN_IN_2009}
    assert told["B"] == {*STUDY}
    assert CASE.exhibit(1).table.x.max() == "2008-01-01"
    for part in ("A", "B", "short"):
        assert f"{CASE.numbers['any_2014']}%" not in str(CASE.reading(part))
    in_note = re.findall(r"[Ee]xhibits? (\d+)(?: (?:and|to) (\d+))?", CASE.teaching_note)
    assert {int(n) for pair in in_note for n in pair if n} >= LATER
    assert set(CASE.exhibit_numbers) == KNOWN_IN_2009 | STUDY | LATER


def test_the_note_claims_no_cause_and_no_outcome():
    """Before and after is not a comparison, and no outcome was counted."""
    assert "Nobody can say from these tables" in CASE.teaching_note
    assert "not significant [15]" in CASE.teaching_note
    assert CASE.numbers["effect"] == "7"


def test_the_texts_have_the_length_that_a_class_can_read():
    """1,200 to 1,800 words for the case, one page for the short version; the first lines say what is invented."""
    assert 1200 <= len(CASE.narrative.split()) <= 1800
    assert 250 <= len(CASE.short_version.split()) <= 350
    for text in (CASE.narrative, CASE.short_version):
        assert "invented" in " ".join(text.split("\n")[:4])
        assert "{{" not in text


def test_the_lists_at_the_end_of_the_case_agree_with_its_metadata():
    """Readers on paper have only these lists: the status of each exhibit, and one line for each source."""
    told = re.findall(
        r"^(\d+)\. .*\((\w+)\)$", CASE.narrative.split("## Exhibits")[1].split("##")[0], flags=re.MULTILINE
    )
    assert told == [(str(n), CASE.exhibit(n).status) for n in sorted(KNOWN_IN_2009 | STUDY)]
    sources = re.findall(r"^(\d+)\. (.*)$", CASE.narrative.split("## Sources")[1], flags=re.MULTILINE)
    assert [int(number) for number, _ in sources] == CASE.sources.number.tolist()
    for (_, line), status in zip(sources, CASE.sources.status, strict=True):
        assert status.capitalize() in line


def test_every_source_is_cited():
    """A source that nobody cites is decoration; a citation without a source is worse."""
    captions = " ".join(CASE.exhibit(n).caption for n in CASE.exhibit_numbers)
    timeline = " ".join(entry["what"] for entry in CASE.metadata["timeline"])
    told = " ".join((CASE.narrative, CASE.teaching_note, captions, timeline))
    cited = {int(n) for group in re.findall(r"\[(\d+(?:, \d+)*)\]", told) for n in group.split(", ")}
    assert cited == set(CASE.sources.number)


def test_the_plan_of_the_session_adds_up():
    """10 hook, 15 input, 15 explorer, 35 case, 15 debrief: 90 minutes without a gap."""
    spans = [tuple(map(int, s)) for s in re.findall(r"^\| (\d+)-(\d+) \|", CASE.teaching_note, flags=re.MULTILINE)]
    assert [end - start for start, end in spans] == [10, 15, 15, 35, 15]
    assert all(first[1] == second[0] for first, second in pairwise(spans))


def test_the_voice_preset_gives_what_the_teaching_note_tells():
    """The note compares the owner's decision with a shared one; its six numbers come from the model."""
    values = CASE.presets["voice_2009"].values
    names, found = values["stakeholders"], []
    assert names == CASE.stakeholders.name.tolist()
    for centralisation in (values["centralisation"], 0.2):
        given = models.EngagementParameters(
            stakeholders=tuple(names),
            is_internal=tuple(values["is_internal"][who] for who in names),
            power=[values["power"][who] for who in names],
            interest=[values["interest"][who] for who in names],
            centralisation=centralisation,
        )
        engaged = models.engagement_equilibrium(given)
        inside, outside = models.internal_cocreation(engaged, given), models.external_cocreation(engaged, given)
        found.append((float(inside), float(outside), float(engaged[names.index("nurse")])))
    (inside, outside, nurse), (more, most, heard) = found
    for words in (
        f"internal co-creation is {inside:.2f} and external co-creation {outside:.2f}",
        f"they would be {more:.2f} and {most:.2f}",
        f"the engagement of nurses would rise from {nurse:.2f} to {heard:.2f}",
    ):
        assert words in CASE.teaching_note
