"""The Wikipedia case: real counts, three claims that are only reported, and texts that tell what the tables say."""

import re
import shutil
from itertools import pairwise

import pytest

from cocreate_teach import models
from cocreate_teach.cases import load_case
from tests.cases.stories import prepare, script

CASE = load_case("wikipedia")
PREPARE = script("wikipedia", "prepare")


def test_check_reports_a_changed_copy_and_what_was_made_from_it(tmp_path):
    """A check that cannot fail is no check: one editor more in November 2011 changes the copy and three tables."""
    folder = tmp_path / "wikipedia"
    shutil.copytree(CASE.folder, folder)
    spread = folder / "data" / "editor_spread_2011_11.csv"
    spread.write_bytes(spread.read_bytes().replace(b"article,1,117423", b"article,1,117999", 1))
    done = prepare(folder)
    assert done.returncode == 1
    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == [
        "data/activity_2011_11.csv", "data/lorenz_2011_11.csv", "data/gini_2011_11.csv",
        "data/editor_spread_2011_11.csv",
    ]  # fmt: skip


def test_active_editors_of_the_english_edition_peak_in_march_2007():
    """54,365 is the number of the published peak month; both the raw and the spliced column must say so."""
    english = CASE.table("english").set_index("month")
    for column in ("active_editors_5plus_wikistats", "active_editors_spliced"):
        assert english[column].idxmax() == "2007-03-01"
        assert english[column].max() == 54365
    assert CASE.numbers["peak"] == "54,365"
    assert CASE.numbers["peak_month"] == "2007-03-01"
    labels = {mark["x"]: mark["label"] for n in (1, 6) for mark in CASE.exhibit(n).settings["marks"]}
    assert labels["2007-03-01"].startswith("peak")


def test_the_splice_takes_one_count_and_then_the_other_never_an_average():
    """Before January 2011 it is Wikistats as it stands; from then on the report card divided by 0.965."""
    english = CASE.table("english").set_index("month")
    early, late = english.loc[:"2010-12-01"], english.loc["2011-01-01":]
    assert set(early.spliced_from) == {"Wikistats"}
    assert set(late.spliced_from) == {"report card"}
    assert (early.active_editors_spliced == early.active_editors_5plus_wikistats).all()
    assert (late.active_editors_spliced - late.active_editors_5plus_reportcard / 0.965).abs().max() <= 0.5
    assert late.active_editors_5plus_wikistats.isna().all()
    assert {"x": "2011-01-01", "label": "splice: January 2011"} in CASE.exhibit(6).settings["marks"]


def test_the_factor_of_the_splice_is_what_the_overlap_says():
    """In the months that both counts have, from May 2009 on, every ratio is near 0.965."""
    english = CASE.table("english").set_index("month")
    ratios = (english.active_editors_5plus_reportcard / english.active_editors_5plus_wikistats).dropna()
    assert len(ratios) == 22
    assert ratios.loc["2009-05-01":].between(0.963, 0.968).all()
    assert ratios.loc[:"2009-04-01"].between(0.99, 0.995).all()
    assert round(PREPARE.splice_factor(), 3) == 0.965


def test_the_distribution_sums_to_everybody():
    """117,423 registered people changed an article in November 2011; classes and shares must account for all."""
    spread = CASE.table("spread")
    spread = spread[(spread.user_type == "registered") & (spread.page_type == "article")]
    activity = CASE.table("activity")
    assert spread.n_editors.is_monotonic_decreasing
    assert activity.editors.sum() == spread.n_editors.max() == 117423
    for column in ("share_of_editors", "share_of_edits_low", "share_of_edits", "share_of_edits_high"):
        assert activity[column].sum() == pytest.approx(1, abs=3e-4)
    top = activity[activity.edits_in_month.isin(["100 to 999", "1,000 or more"])]
    assert top.editors.sum() == 3352
    assert top.share_of_edits.sum() == pytest.approx(0.67, abs=0.01)


def test_the_lorenz_curve_runs_from_nothing_to_everything_below_the_diagonal():
    """The least active editors cannot have more than their share."""
    curve = CASE.table("lorenz")
    assert (curve.iloc[0][["share_of_editors", "share_of_edits"]] == 0).all()
    assert (curve.iloc[-1][["share_of_editors", "share_of_edits"]] == 1).all()
    assert curve.share_of_edits.is_monotonic_increasing
    assert (curve.share_of_edits <= curve.share_of_editors).all()
    assert (curve.share_of_edits.diff() / curve.share_of_editors.diff()).dropna().is_monotonic_increasing
    assert CASE.table("gini").gini.round(3).tolist() == [0.852, 0.854, 0.857]


def test_page_views_have_one_definition_with_programs_and_two_without():
    """Programs are counted apart from May 2020 on: the sum continues the older definition."""
    both = CASE.table("readers_and_editors").set_index("month")
    assert both.automated_pageviews.first_valid_index() == "2020-05-01"
    before = both.loc[:"2020-04-01"]
    assert (before.pageviews_with_automated == before.pageviews_user_total).all()
    after = both.loc["2020-05-01":]
    assert (after.pageviews_with_automated == after.pageviews_user_total + after.automated_pageviews).all()


def test_the_three_claims_are_marked_reported():
    """They come from a student's text that credits an article nobody here could read."""
    claims = CASE.table("claims")
    assert claims.fact_id.tolist() == ["W01", "W02", "W03"]
    assert set(claims.status) == {"reported"}
    assert CASE.exhibit(5).status == "reported"
    facts = CASE.table("facts").set_index("fact_id")
    assert len(facts) == 41
    assert set(facts.loc[claims.fact_id].status) == {"reported"}
    assert set(facts.drop(claims.fact_id).status) == {"published"}


def test_the_claims_stand_beside_counts_that_can_be_made_again():
    """1.5 million is crossed in March 2005; 15 editions have 20,000 articles in May, and 199 have one."""
    editions = CASE.table("editions")
    articles = editions.groupby("month").articles.sum()
    assert articles["2005-02-01"] < 1_500_000 < articles["2005-03-01"]
    may = editions[editions.month == "2005-05-01"].articles
    told = CASE.table("claims").set_index("fact_id").data_say
    assert f"{articles['2005-02-01']:,}" in told["W01"]
    assert f"{(may >= 1).sum()} editions with an article" in told["W02"]
    assert f"{(may >= 20000).sum()} with 20,000" in told["W02"]
    assert ((may >= 1).sum(), (may >= 20000).sum()) == (199, 15)
    assert "No table of ours counts readers before 2016" in told["W03"]
    assert CASE.table("movement_readers").month.min() == "2016-07-01"


def test_the_edition_called_na_is_no_gap():
    """The code of Nauruan is what careless readers of tables take for a missing value."""
    editions = CASE.table("editions")
    assert editions.language.notna().all()
    assert editions.language.nunique() == 281
    assert "na" in set(editions.language)


def test_part_a_shows_nothing_of_what_came_later():
    """A decision of November 2007 cannot use counts of 2008; those belong to Part B."""
    for number in (1, 2, 3):
        assert CASE.exhibit(number).table.x.max() == "2007-10-01"
    told_in_a = {int(n) for n in re.findall(r"Exhibits? (\d+)", str(CASE.reading("A")))}
    assert told_in_a == {1, 2, 3, 4, 5}
    assert {int(n) for n in re.findall(r"Exhibits? (\d+)", str(CASE.reading("B")))} == {6, 7, 8, 9, 10}
    assert str(CASE.reading("sources")).count("\n") >= len(CASE.sources)


def test_titles_and_alternative_texts_tell_what_the_exhibits_show():
    """The words stand in case.toml, where no placeholder computes them: hold them to the numbers."""
    index = CASE.exhibit(2).table
    ends = index[index.x == "2007-10-01"].set_index("series").value.round()
    assert ends.to_dict() == {"articles": 123, "edits": 93, "active editors": 86, "new\ncontributors": 77}
    ends = CASE.exhibit(9).table.groupby("series").value.last().round()
    told = re.findall(r"near (\d+)", CASE.exhibit(9).alt)
    assert sorted(map(int, told)) == sorted(ends)
    lorenz = CASE.table("lorenz")
    at_97 = lorenz[lorenz.share_of_editors < 0.9716].iloc[-1]
    assert at_97.share_of_editors > 0.97
    assert at_97.share_of_edits == pytest.approx(1 / 3, abs=0.02)
    english = CASE.table("english")
    yearly = english.groupby(english.month.str[:4]).active_editors_spliced.mean()
    assert yearly["2013":"2015"].max() / yearly["2013":"2015"].min() < 1.02
    assert yearly["2012"] / yearly["2013"] > 1.05
    new = CASE.exhibit(7).table
    means = new[new.x >= "2010-10-01"].groupby("series").value.mean()
    assert means[["English", "German"]].between(40, 60).all()
    assert 70 < means["Spanish"] < 100 < 200 < means["Russian"]
    assert new[new.series == "Russian"].value.max() == pytest.approx(330, abs=5)


def test_the_texts_have_the_length_that_a_class_can_read():
    """1,200 to 1,800 words for the case, one page for the short version, and the first lines say what is invented."""
    assert 1200 <= len(CASE.narrative.split()) <= 1800
    assert 250 <= len(CASE.short_version.split()) <= 350
    for text in (CASE.narrative, CASE.short_version):
        assert "invented" in " ".join(text.split("\n")[:4])
        assert "{{" not in text


def test_every_exhibit_and_source_is_cited_and_exists():
    """A reference to an exhibit that does not exist is worse than none."""
    told = CASE.narrative + CASE.teaching_note
    assert {int(n) for n in re.findall(r"[Ee]xhibits? (\d+)", CASE.narrative)} == set(CASE.exhibit_numbers)
    cited = {int(n) for group in re.findall(r"\[(\d+(?:, \d+)*)\]", told) for n in group.split(", ")}
    assert cited <= set(CASE.sources.number)
    in_captions = " ".join(CASE.exhibit(n).caption for n in CASE.exhibit_numbers)
    cited |= {int(n) for n in re.findall(r"\[(\d+)\]", in_captions)}
    assert cited == set(CASE.sources.number)


def test_the_lists_at_the_end_of_the_case_agree_with_its_metadata():
    """Readers on paper have only these lists: the status of each exhibit, and one line for each source."""
    told = re.findall(
        r"^(\d+)\. .*\((\w+)\)$", CASE.narrative.split("## Exhibits")[1].split("##")[0], flags=re.MULTILINE
    )
    assert told == [(str(n), CASE.exhibit(n).status) for n in CASE.exhibit_numbers]
    sources = re.findall(r"^(\d+)\. (.*)$", CASE.narrative.split("## Sources")[1], flags=re.MULTILINE)
    assert [int(number) for number, _ in sources] == CASE.sources.number.tolist()
    for (_, line), status in zip(sources, CASE.sources.status, strict=True):
        assert status.capitalize() in line


def test_the_plan_of_the_session_adds_up():
    """10 hook, 15 input, 15 explorer, 35 case, 15 debrief: 90 minutes without a gap."""
    spans = [tuple(map(int, s)) for s in re.findall(r"^\| (\d+)-(\d+) \|", CASE.teaching_note, flags=re.MULTILINE)]
    assert [end - start for start, end in spans] == [10, 15, 15, 35, 15]
    assert all(first[1] == second[0] for first, second in pairwise(spans))


def test_the_voice_preset_gives_what_the_teaching_note_tells():
    """The note compares shared decisions with decisions of a few; its six numbers come from the model."""
    values = CASE.presets["voice_2007"].values
    names, found = values["stakeholders"], []
    assert names == CASE.stakeholders.name.tolist()
    for centralisation in (values["centralisation"], 0.8):
        given = models.EngagementParameters(
            stakeholders=tuple(names),
            is_internal=tuple(values["is_internal"][who] for who in names),
            power=[values["power"][who] for who in names],
            interest=[values["interest"][who] for who in names],
            centralisation=centralisation,
        )
        engaged = models.engagement_equilibrium(given)
        inside, outside = models.internal_cocreation(engaged, given), models.external_cocreation(engaged, given)
        found.append((float(inside), float(outside), *engaged[[names.index("newcomer"), names.index("administrator")]]))
    (inside, outside, newcomer, administrator), (less, least, lost, kept) = found
    for words in (
        f"internal co-creation is {inside:.2f} and external co-creation {outside:.2f}",
        f"they would be {less:.2f} and {least:.2f}",
        f"falls from {newcomer:.2f} to {lost:.2f}, that of administrators from {administrator:.2f} to {kept:.2f}",
    ):
        assert words in CASE.teaching_note
    assert lost / newcomer < kept / administrator
