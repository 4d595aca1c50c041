"""The vignette on Amul: short, honest about what was read, and its claims follow from its table."""

import re
import shutil
import tomllib

import pytest

from cocreate_teach.cases import check_case, load_case
from cocreate_teach.errors import CaseError
from tests.cases.stories import prepare

AMUL = load_case("amul")
FIGURES = AMUL.table("figures").set_index("fact")


@pytest.fixture
def copy(tmp_path):
    """Return a copy of the folder, to be damaged."""
    return shutil.copytree(AMUL.folder, tmp_path / "amul")


def change(path, old, new):
    """Replace one place of a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_it_is_read_and_discussed_in_ten_minutes():
    """Without its sources it has 400 to 650 words, in four sections, and stands in one session."""
    body = AMUL.narrative.partition("\n## Sources")[0]
    assert 400 <= len(body.split()) <= 650
    assert re.findall(r"^## (.*)$", AMUL.narrative, flags=re.M) == ["The story", "The numbers", "Questions", "Sources"]
    assert (AMUL.kind, AMUL.metadata["session"], AMUL.metadata["minutes"]) == ("vignette", 3, 10)


def test_a_part_of_a_vignette_is_its_whole_text_or_its_sources():
    """It has no Part B and no short version; who asks for one is told what there is."""
    assert str(AMUL.reading("A")).startswith("### The story")
    assert str(AMUL.reading("A")).count("### ") == 3
    assert str(AMUL.reading("sources")).startswith("### Sources")
    for part in ("B", "short"):
        with pytest.raises(CaseError, match=f"no part '{part}'; its parts are 'A', 'sources'"):
            AMUL.reading(part)


def test_fourfold_holds_for_all_payments_but_not_for_a_member():
    """The cooperative's claim, and what a growing number of members makes of it."""
    value = FIGURES["value"]
    in_all = value["milk_2016"] * value["price_2016"] / (value["milk_2009"] * value["price_2009"])
    each = in_all * value["members_2009"] / value["members_2015"]
    assert in_all == pytest.approx(value["income_claim"], rel=0.03)
    assert each == pytest.approx(3.16, abs=0.01)
    growth = AMUL.table("growth").set_index("period")
    assert growth.loc["2016-17", ["paid_index", "paid_each_index"]].tolist() == [round(100 * in_all, 1), 315.6]
    assert (AMUL.numbers["paid16"], AMUL.numbers["each16"]) == ("3.9", "3.2")


def test_the_printed_prices_of_a_litre_are_one_price_of_fat():
    """680 rupees a kilogram: 49 rupees for 7% of fat, 42.02 for 6%, a litre taken as 1.03 kg. No page is wrong."""
    value = FIGURES["value"]
    assert value["price_2016"] * 0.07 * 1.03 == pytest.approx(value["litre_2016"], abs=0.05)
    assert value["price_2016"] * 0.06 * 1.03 == pytest.approx(value["litre_2016_six"], abs=0.01)


def test_the_share_of_the_farmers_depends_on_what_it_is_a_share_of():
    """85% of the federation's sales is what the cooperative says; of all sales together it is far less."""
    value = FIGURES["value"]
    share = value["paid_2011"] / value["sales_2011"]
    assert share == pytest.approx(value["share_high"] / 100, abs=0.005)
    assert AMUL.numbers["share_group"] == f"{share * value['sales_2016'] / value['group_2016']:.0%}" == "60%"


def test_each_conflict_is_one_of_figures():
    """Both numbers and their sources come from the table; two pages that agree are no conflict."""
    table = AMUL.table("conflicts")
    printed = {f"{row.value:,.6g} {row.unit} [{row.source}]" for row in FIGURES.itertuples()}
    assert set(table.one_page) | set(table.another_page) <= printed
    assert (table.larger_by_smaller > 1).all()


def test_no_number_is_better_than_its_page():
    """Only the cooperative's own page is published; what is computed from reported numbers stays reported."""
    sources = AMUL.sources.set_index("number")
    assert (FIGURES.status == FIGURES.source.map(sources.status)).all()
    assert FIGURES.index[FIGURES.status == "published"].tolist() == ["sales_2013"]
    statuses = {name: entry["status"] for name, entry in AMUL.metadata["numbers"].items()}
    assert {name for name, status in statuses.items() if status != "reported"} == {"sales13"}
    read = sources.drop(index=1)
    assert read.citation.str.endswith("Read as a stored excerpt").all()
    assert read.licence.str.contains("nobody saw a licence line").all()


def test_a_changed_figure_is_noticed_by_its_script(copy):
    """One digit of a transcribed number is enough, and what is made of it differs, too."""
    change(copy / "data" / "figures.csv", "17.65,", "17.66,")
    done = prepare(copy)
    assert done.returncode == 1, done.stderr
    assert [line.partition(" is not ")[0] for line in done.stdout.splitlines()] == [
        "data/growth.csv", "data/conflicts.csv", "data/figures.csv",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("session = 3", "session = 9", "case.toml: session is 9; it must be between 1 and 8: change it"),
        ("session = 3", 'session = "3"', "case.toml: session is '3'; it must be a whole number: change it"),
        ("minutes = 10\n", "", "case.toml: minutes is missing; it must be a whole number: add it"),
        ('kind = "vignette"', 'kind = "story"', "case.toml: kind is 'story'; it must be one of case, vignette, tables"),
    ],
)
def test_what_a_vignette_needs_is_asked_for(copy, old, new, fault):
    """A session and its minutes, besides what every case needs."""
    change(copy / "case.toml", old, new)
    with pytest.raises(CaseError) as caught:
        check_case(copy)
    assert any(told.startswith(fault) for told in caught.value.faults)


def test_a_number_that_its_texts_do_not_use_is_a_fault(copy):
    """A vignette has no short version: the texts that it has are enough to tell what nobody uses."""
    path = copy / "case.toml"
    text = path.read_text(encoding="utf-8")
    assert "unused" not in tomllib.loads(text)["numbers"]
    path.write_text(text + '\n[numbers.unused]\nformula = "claim + 1"\nformat = ".0f"\nstatus = "reported"\n')
    with pytest.raises(CaseError) as caught:
        check_case(copy)
    assert list(caught.value.faults) == [
        "case.toml: numbers.unused is used in no text and no formula; use it or remove it"
    ]
