"""The reference tables: copied without a change, held to published anchors, and without a story."""

import re
import shutil

import numpy as np
import pandas as pd
import pytest

from cocreate_teach.cases import load_case
from cocreate_teach.errors import CaseError
from cocreate_teach.style import STATUSES
from cocreate_teach.widgets.scenarios import find_presets
from tests.cases.stories import prepare

REFERENCE = load_case("reference")


def raw(file: str) -> pd.DataFrame:
    """Return a copy as it was found."""
    return pd.read_csv(REFERENCE.folder / "raw" / file)


def test_check_names_a_changed_copy_and_a_changed_table(tmp_path):
    """A check that cannot fail is no check: one digit of a parameter is enough, in the copy or in the table."""
    folder = tmp_path / "reference"
    shutil.copytree(REFERENCE.folder, folder)
    for path in (folder / "raw" / "bass1969_parameters.csv", folder / "data" / "van_den_bulte_pq_averages.csv"):
        content = path.read_bytes()
        path.write_bytes(content.replace(b"0.0", b"0.1", 1))
        assert path.read_bytes() != content
    done = prepare(folder)
    assert done.returncode == 1, done.stderr
    first, second, third = done.stdout.splitlines()
    assert first.startswith("data/bass1969_parameters.csv is not what prepare.py makes")
    assert second.startswith("data/van_den_bulte_pq_averages.csv is not what prepare.py makes")
    assert third.startswith("raw/bass1969_parameters.csv is not the curated file: sha256 ")


def test_the_correlations_are_a_correlation_matrix():
    """Symmetric, 1 on the diagonal, within -1 and 1, and no combination of items has a negative variance."""
    table = REFERENCE.table("ecsi_correlations").set_index("variable")
    matrix = table.to_numpy()
    assert matrix.shape == (24, 24)
    assert list(table.index) == list(table.columns) == list(REFERENCE.table("ecsi_items").variable)
    assert np.array_equal(matrix, matrix.T)
    assert (np.diag(matrix) == 1).all()
    assert (abs(matrix) <= 1).all()
    assert np.linalg.eigvalsh(matrix).min() > 0


def test_the_reliabilities_are_those_of_the_answers():
    """Alphas computed from the answers of the 250 persons, which we do not ship: the matrix is really theirs."""
    alpha = REFERENCE.table("ecsi_constructs").set_index("construct").alpha
    assert alpha.dropna().to_dict() == pytest.approx(
        {
            "image": 0.714, "expectations": 0.433, "perceived quality": 0.872, "perceived value": 0.817,
            "satisfaction": 0.770, "loyalty": 0.442,
        },
        abs=0.0011,
    )  # fmt: skip
    assert alpha.isna().sum() == 1
    assert REFERENCE.table("ecsi_constructs").n_items.sum() == 24


def test_every_item_has_a_construct_and_a_label_of_our_own():
    """The wording of the questionnaire is not ours to ship: a label is a few words and asks nothing."""
    items = REFERENCE.table("ecsi_items")
    assert not items.isna().any(axis=None)
    assert items.label.is_unique
    assert (items.label.str.split().str.len() <= 8).all()
    assert not items.label.str.contains(r"\?|your|mobile phone").any()
    assert set(items.n) == {250}


def test_the_series_have_their_published_lengths():
    """Eight series, each without a gap in the years."""
    series = REFERENCE.table("diffusion_series")
    assert series.groupby("series").size().to_dict() == {
        "room_air_conditioners": 13, "color_televisions": 8, "clothes_dryers": 13, "ultrasound": 14, "mammography": 14,
        "foreign_language": 12, "accelerated_program": 12, "vcr_us": 10,
    }  # fmt: skip
    for _, rows in series.groupby("series"):
        assert rows.t.tolist() == list(range(1, len(rows) + 1))
        assert (rows.year - rows.t).nunique() == 1
        assert rows.unit.nunique() == 1
        assert (rows.adoptions > 0).all()


def test_what_the_dictionary_says_about_the_percentages_is_so():
    """They do not add up to 100: the unit that the files suggest cannot be right."""
    series = REFERENCE.table("diffusion_series")
    totals = series[series.unit == "percent"].groupby("series").adoptions.sum()
    assert totals.round().to_dict() == {"accelerated_program": 64, "foreign_language": 35}
    row = described("diffusion_series", "unit")
    assert "35 and 64, not to 100" in row.description
    assert row.status == "unverified"


def test_the_parameters_of_1969_are_told_with_their_doubts():
    """Both p and q are second-hand, m is from memory; the rounded copy agrees but for one slip of a factor of ten."""
    bass = REFERENCE.table("bass_1969").set_index("product")
    assert len(bass) == 11
    assert bass.loc["black_white_television", ["p", "q", "m_thousand_units"]].tolist() == [0.027877, 0.25105, 96717]
    ratio = 100 * bass.m_rounded_copy / bass.m_thousand_units
    assert ratio.drop("water_softeners").between(0.993, 1.007).all()
    assert ratio["water_softeners"] == pytest.approx(10, rel=0.05)
    assert bass.note.dropna().index.tolist() == [
        "electric_refrigerators", "black_white_television", "water_softeners", "clothes_dryers",
    ]  # fmt: skip
    for column, status in (("p", "reported"), ("q", "reported"), ("m_thousand_units", "unverified")):
        assert described("bass_1969", column).status == status


def test_a_peak_computed_from_the_parameters_lies_where_the_series_has_it():
    """ln(q/p)/(p+q) is 8.6 years for air conditioners and 8.1 for dryers: two tables from two sources agree."""
    bass = REFERENCE.table("bass_1969").set_index("product")
    series = REFERENCE.table("diffusion_series").set_index("series")
    for product in ("room_air_conditioners", "clothes_dryers"):
        p, q = bass.loc[product, ["p", "q"]].astype(float)
        rows = series.loc[product]
        highest = rows.loc[rows.adoptions == rows.adoptions.max(), "t"].iloc[0]
        assert np.log(q / p) / (p + q) == pytest.approx(highest, abs=1)


def test_no_number_was_changed_on_the_way_from_the_copies():
    """Statuses, notes and units were put in our words; numbers were not touched."""
    for table, file in (
        ("diffusion_series", "diffusion_series_classic.csv"),
        ("van_den_bulte", "van_den_bulte_pq_averages.csv"),
        ("scale_structures", "scale_structures.csv"),
    ):
        copy, ours = raw(file).select_dtypes("number"), REFERENCE.table(table)
        shared = [column for column in copy.columns if column in ours]
        assert shared
        pd.testing.assert_frame_equal(copy[shared], ours[shared])
    lines = (REFERENCE.folder / "raw" / "bass1969_parameters.csv").read_text().splitlines()[1:]  # see prepare.py
    ours = REFERENCE.table("bass_1969")[["product", "p", "q", "m_thousand_units"]].astype(str).values.tolist()
    assert ours == [line.split(",")[:4] for line in lines]
    assert len(REFERENCE.table("van_den_bulte")) == 22


def test_statuses_of_rows_are_words_of_the_house():
    """A number of items has a status exactly where it is given."""
    scales = REFERENCE.table("scale_structures")
    assert len(scales) == 10
    assert set(scales.status) | set(scales.n_items_status.dropna()) <= set(STATUSES)
    assert (scales.n_items.isna() == scales.n_items_status.isna()).all()
    from_memory = raw("scale_structures.csv").status.eq("M")
    assert set(scales[from_memory].status) == {"unverified"}
    assert set(REFERENCE.table("van_den_bulte").status) == {"reported"}


def described(table: str, column: str) -> pd.Series:
    """Return a row of the dictionary."""
    rows = REFERENCE.dictionary(table)
    return rows[rows.column == column].iloc[0]


MISSING = {
    "part 'A'": lambda case: case.reading("A"),
    "part 'short'": lambda case: case.reading("short"),
    "text": lambda case: case.narrative,
    "exhibits": lambda case: case.exhibit(1),
    "stakeholders": lambda case: case.stakeholders,
    "timeline": lambda case: case.timeline,
    "protagonist": lambda case: case.protagonist,
    "decision": lambda case: case.decision,
    "deadline": lambda case: case.deadline,
}


@pytest.mark.parametrize("part", MISSING)
def test_asked_for_a_story_the_tables_say_what_they_have(part):
    """A KeyError would be our slip in the eyes of a student."""
    with pytest.raises(CaseError) as caught:
        MISSING[part](REFERENCE)
    assert caught.value.faults == (
        f"'reference' holds tables without a story and has no {part}; its tables are scale_structures, ecsi_items, "
        "ecsi_correlations, ecsi_constructs, diffusion_series, bass_1969, van_den_bulte: use table",
    )


def test_the_teaching_note_is_missing_like_the_text():
    """All texts answer alike."""
    for ask in (lambda: REFERENCE.teaching_note, lambda: REFERENCE.short_version):
        with pytest.raises(CaseError, match="has no text"):
            ask()


def test_tables_show_themselves_with_their_names_and_statuses():
    """The first look tells which names `table` knows and where the numbers come from."""
    for shown in (REFERENCE._repr_html_(), str(REFERENCE)):
        for name in REFERENCE.table_names:
            assert re.search(rf"(>|^  ){name}(:|<)", shown, flags=re.M), name
        assert REFERENCE.question in " ".join(shown.split())
        assert "Exhibits" not in shown
        assert "Who decides" not in shown
    assert repr(REFERENCE) == f"Case('reference': {REFERENCE.title})"
    assert REFERENCE.kind == "tables"
    assert REFERENCE.exhibit_numbers == ()
    assert dict(REFERENCE.numbers) == {}


def test_an_explorer_that_is_given_tables_says_that_there_is_no_preset():
    """`widgets.participation(case="reference")` is a likely slip."""
    with pytest.raises(CaseError, match="the case 'reference' has no preset for the model 'participation'"):
        find_presets("participation", "reference", None, ())


@pytest.mark.parametrize(
    ("find", "put", "sentence"),
    [
        ('kind = "tables"', 'kind = "story"',
         "kind is 'story'; it must be one of case, vignette, tables: choose one, or leave it out"),
        ('title = "', 'headline = "', "title is missing; it must be a text: add it"),
        ("[[sources]]", "[[origins]]", "sources is missing or empty; add at least one entry with number, key, "
         "citation, licence, address, status, verified"),
        ('status = "real"\ndescription', 'status = "true"\ndescription', "tables.diffusion_series.status is 'true'; it "
         "must be one of real, published, derived, reported, unverified, synthetic, illustrative: choose one"),
    ],
)  # fmt: skip
def test_a_fault_of_tables_is_one_sentence_with_its_place(tmp_path, find, put, sentence):
    """Less is asked of tables than of a case, but that is asked in the same way."""
    shutil.copytree(REFERENCE.folder, tmp_path / "reference")
    path = tmp_path / "reference" / "case.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(find, put), encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        load_case("reference", root=tmp_path)
    assert f"case.toml: {sentence}" in caught.value.faults
