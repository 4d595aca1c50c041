"""The Burberry case: published and reported numbers that disagree, and an invented panel that meets its targets."""

import re
import shutil
from itertools import pairwise

import pytest

from cocreate_teach import models
from cocreate_teach.cases import load_case
from tests.cases.stories import prepare, script

CASE = load_case("burberry")
SYNTHETIC = script("burberry", "synthetic")
TARGETS = {target["name"]: target for target in CASE.metadata["calibration"]}


def test_check_reports_a_changed_number_and_what_was_made_from_it(tmp_path):
    """A check that cannot fail is no check: another revenue of 2013 changes three tables, and the curated file."""
    folder = tmp_path / "burberry"
    shutil.copytree(CASE.folder, folder)
    money = folder / "raw" / "financials.csv"
    money.write_bytes(money.read_bytes().replace(b"reported,1999,1417", b"reported,1899,1417", 1))
    done = prepare(folder)
    assert done.returncode == 1
    assert [line.split(" ")[0] for line in done.stdout.splitlines()] == [
        "data/financials.csv", "data/revenue_lines.csv", "data/retail_share.csv", "raw/financials.csv",
    ]  # fmt: skip


def test_check_reports_a_target_that_the_panel_misses(tmp_path):
    """A panel that no longer meets what case.toml promises must not pass."""
    folder = tmp_path / "burberry"
    shutil.copytree(CASE.folder, folder)
    generator = folder / "synthetic.py"
    generator.write_text(generator.read_text().replace("DESK_USED: Final = 2.4", "DESK_USED: Final = 0.4"))
    done = prepare(folder)
    assert done.returncode == 1
    assert "desk_effect_used is " in done.stdout
    assert "it must be 2.4 plus or minus 0.3" in done.stdout


def test_retail_revenue_divided_by_revenue_gives_the_printed_shares():
    """The transcription of three numbers is right only if they agree; in 2010 without Spain, and never with it."""
    money = CASE.table("financials")
    printed = CASE.table("retail_share").set_index("fy_end")
    for year, share in printed.retail_share_of_revenue_pct.items():
        rows = money[(money.fy_end == year) & (money.basis != "reported_incl_spain")]
        if year == "2017-03-31":
            assert rows.retail_revenue_gbp_m.isna().all()
            continue
        (row,) = rows.itertuples()
        assert round(100 * row.retail_revenue_gbp_m / row.revenue_gbp_m) == share
    (spain,) = money[money.basis == "reported_incl_spain"].itertuples()
    assert round(100 * spain.retail_revenue_gbp_m / spain.revenue_gbp_m) == 59 != printed.loc[spain.fy_end].iloc[0]
    computed = printed.computed_share_pct.dropna().tolist()
    assert computed == [52.4, 59.9, 64.1, 68.4, 70.9]


def test_both_bases_of_2010_are_kept_and_never_joined():
    """A line from 1,280 to 1,501 would mix a revenue with Spain and one without."""
    lines = CASE.table("revenue").set_index("fy_end")
    assert lines.loc["2010-03-31", ["revenue_old_basis_gbp_m", "revenue_new_basis_gbp_m"]].tolist() == [1280, 1185]
    both = lines.revenue_old_basis_gbp_m.notna() & lines.revenue_new_basis_gbp_m.notna()
    assert both[both].index.tolist() == ["2010-03-31"]
    assert CASE.table("financials").fy_end.value_counts()["2010-03-31"] == 2


def test_what_was_not_reached_stays_empty():
    """A number between two years would be invented."""
    money = CASE.table("financials").set_index("fy_end")
    for column in ("retail_revenue_gbp_m", "wholesale_revenue_gbp_m"):
        gaps = money.index[money[column].isna()].str[:4].tolist()
        assert gaps == ["2005", "2006", "2014", "2015", "2016", "2017", "2018"]
    empty = money.index[money.adj_operating_profit_gbp_m.isna()].str[:4].tolist()
    assert empty == ["2014", "2015", "2016"]


def test_second_hand_counts_are_reported_and_only_the_counter_publishes():
    """A blog that repeats a number is no publication of it; L2 counted itself."""
    for name in ("followers", "events"):
        table = CASE.table(name)
        assert set(table.status) <= {"reported", "published", "derived"}
        assert table[table.status == "published"].url.str.contains("l2inc.com", regex=False).all()
    followers = CASE.table("followers")
    assert len(followers) == 18
    assert followers[followers.status == "derived"].followers.tolist() == [1_000_000, 4_540_030]
    assert len(CASE.table("events")) == 19


def test_contradicting_counts_stand_apart_from_the_line():
    """A line through 3, 1.4 and 4.5 million would show a fall that nobody counted."""
    for number, odd in ((2, 1.0), (7, 1.4)):
        drawn = CASE.exhibit(number).table
        lines = {name: rows.value.tolist() for name, rows in drawn.groupby("series")}
        main, other = sorted(lines.values(), key=len, reverse=True)
        assert main == sorted(main)
        assert other == [odd]


def test_the_seven_contradictions_hold_in_the_tables():
    """The differences are stated in words; each that can be computed is computed here."""
    pairs = CASE.table("contradictions").set_index("number")
    assert pairs.index.tolist() == list(range(1, 8))
    assert set(pairs.status) == {"reported"}
    count = CASE.table("followers").set_index(["platform", "date"]).followers
    assert count["twitter", "2015-09"] == 6_831_673 - 2_291_643
    assert count["twitter", "2015-09"] / count["twitter", "2015-09-14"] == pytest.approx(3, abs=0.3)
    growth = count["facebook", "2012-03-31"] / count["facebook", "2011-09-20"] - 1
    assert f"{growth:.0%}" in pairs.difference[2]
    events = CASE.table("events").set_index("measure").value
    assert events["visitors_first_9_months"] > events["views_first_year"]
    assert CASE.numbers["margin09"] in pairs.another_source[5]
    assert f"{events['operating_margin_fy2009_claimed']}%" in pairs.one_source[5]
    assert f"up {CASE.numbers['rev_first']}" in pairs.another_source[6]


@pytest.mark.parametrize("name", TARGETS)
def test_the_panel_meets_each_of_its_targets(name):
    """A synthetic table is only as good as what it is calibrated to."""
    reached = SYNTHETIC.calibration(CASE.table("interactions"), CASE.table("shops"))
    assert set(reached) == set(TARGETS)
    assert reached[name] == pytest.approx(TARGETS[name]["target"], abs=TARGETS[name]["tolerance"])


def test_the_anchors_of_the_panel_are_the_printed_numbers():
    """18 posts with 138,537 likes among 10 to 11 million fans, and 17% in a year: read from the tables."""
    events = CASE.table("events")
    (row,) = events[events.detail == "18 posts"].itertuples()
    low, high = (1000 * row.value / 18 / fans for fans in (11e6, 10e6))
    assert low < TARGETS["likes_per_post_1000"]["target"] < high
    assert TARGETS["marketing_posts"]["target"] == 18
    assert TARGETS["followers_growth_year"]["target"] == float(CASE.numbers["fans_year"]) / 100


def test_what_is_used_was_answered_and_what_is_answered_was_heard():
    """A funnel cannot widen, and the shops' sums are those of their departments."""
    parts, shops = CASE.table("interactions"), CASE.table("shops")
    assert (parts.used <= parts.answered).all()
    assert (parts.answered <= parts.suggestions).all()
    assert len(parts) == 3 * len(shops) == 3 * 24 * 24
    used = parts.groupby(["shop", "month"]).used.sum().to_numpy()
    assert (used == shops.suggestions_used.to_numpy()).all()
    assert shops.groupby("joint_desk").shop.nunique().to_dict() == {"no": 12, "yes": 12}
    assert shops.groupby("month").followers.sum().tolist() == CASE.table("months").followers.tolist()


def test_every_synthetic_table_says_so_everywhere():
    """In the name of the file, in each row of the dictionary, and in each exhibit."""
    for name in CASE.table_names:
        entry = CASE.metadata["tables"][name]
        is_synthetic = entry["file"].endswith("_synthetic.csv")
        assert is_synthetic == (entry["status"] == "synthetic")
        rows = CASE.dictionary(name)
        assert (rows.status == "synthetic").all() == is_synthetic
        assert all(
            (e["status"] == "synthetic") == is_synthetic for e in CASE.metadata["exhibits"] if e["table"] == name
        )


def test_part_a_shows_nothing_of_what_came_later():
    """A decision of January 2014 cannot use numbers of 2015; those belong to Part B."""
    assert max(max(CASE.exhibit(n).table.x) for n in (1, 2)) < "2014"
    assert CASE.exhibit(3).table["When"].max() < "2014"
    assert CASE.exhibit(4).table["Year to"].max() < "2014"
    assert CASE.exhibit(5).settings["where"] == [{"column": "month", "from": 1, "to": 12}]
    assert {int(n) for n in re.findall(r"Exhibits? (\d+)", str(CASE.reading("A")))} == {1, 2, 3, 4, 5}
    assert {int(n) for n in re.findall(r"Exhibits? (\d+)", str(CASE.reading("B")))} == {6, 7, 8, 9, 10}


def test_titles_and_alternative_texts_tell_what_the_exhibits_show():
    """The words stand in case.toml, where no placeholder computes them: hold them to the numbers."""
    assert 0.6 < float(CASE.numbers["rev_growth"].rstrip("%")) / 100 < 0.72
    index = CASE.exhibit(6).table.set_index(["series", "x"]).value.round()
    told = {int(n) for n in re.findall(r"\b(\d{3})\b", CASE.exhibit(6).alt)}
    eps = "earnings\na share"
    assert {index["revenue", "2015-03-31"], index["revenue", "2018-03-31"]} == {213, 231}
    assert [index[eps, f"{year}-03-31"] for year in (2015, 2016, 2018)] == [219, 199, 234]
    assert told == {100, 213, 231, 219, 199, 234}
    lines = CASE.exhibit(9).table.set_index(["series", "x"]).value.round()
    assert [lines["followers", month] for month in (18, 24)] == [125, 180]
    assert [lines["online\norders", month] for month in (6, 12, 24)] == [111, 166, 165]
    means = CASE.exhibit(5).table.pivot(index="measure", columns="group", values="mean")
    assert means.idxmax(axis=1).tolist() == [
        {"posts": "marketing", "likes": "marketing", "suggestions": "sales"}.get(m.split(",")[0], "service")
        for m in means.index
    ]
    assert 2 <= float(CASE.numbers["used_times"]) < 2.5


def test_the_texts_have_the_length_that_a_class_can_read():
    """1,200 to 1,800 words for the case, one page for the short version, and the first lines say what is invented."""
    assert 1200 <= len(CASE.narrative.split()) <= 1800
    assert 250 <= len(CASE.short_version.split()) <= 350
    for text in (CASE.narrative, CASE.short_version):
        assert "invented" in " ".join(text.split("\n")[:4])
        assert "{{" not in text


def test_every_exhibit_and_source_is_cited_and_exists():
    """A reference to an exhibit that does not exist is worse than none."""
    assert {int(n) for n in re.findall(r"[Ee]xhibits? (\d+)", CASE.narrative)} == set(CASE.exhibit_numbers)
    told = CASE.narrative + CASE.teaching_note + " ".join(CASE.exhibit(n).caption for n in CASE.exhibit_numbers)
    cited = {int(n) for group in re.findall(r"\[(\d+(?:, \d+)*)\]", told) for n in group.split(", ")}
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


def test_the_epilogue_is_in_the_teaching_note_only():
    """Students must not read what is known and not known before they decide."""
    assert "## Epilogue" in CASE.teaching_note
    for text in (CASE.narrative, CASE.short_version):
        assert "pilogue" not in text


def test_the_voice_preset_gives_what_the_teaching_note_tells():
    """The note compares decisions of a few with shared decisions; its numbers come from the model."""
    values = CASE.presets["voice_2014"].values
    names, found = values["stakeholders"], []
    assert names == CASE.stakeholders.name.tolist()
    for key in ("power", "interest", "is_internal"):
        assert [values[key][who] for who in names] == CASE.stakeholders[key].tolist()
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
        found.append((float(inside), float(outside), *engaged[[names.index("customer"), names.index("marketing")]]))
    (inside, outside, customer, marketing), (more, most, heard, kept) = found
    for words in (
        f"internal co-creation is {inside:.2f} and external co-creation {outside:.2f}",
        f"they would be {more:.2f} and {most:.2f}",
        f"rise from {customer:.2f} to {heard:.2f}, that of marketing from {marketing:.2f} to {kept:.2f}",
    ):
        assert words in CASE.teaching_note
