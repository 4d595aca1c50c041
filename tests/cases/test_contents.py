"""A damaged table is refused by name, row and column, in every case that we ship."""

import csv
import gzip
import io
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate_teach import cli
from cocreate_teach.cases import case_names, check_case, load_case
from cocreate_teach.cases.contents import MOST, content_faults
from cocreate_teach.cases.dictionary import Column, described
from cocreate_teach.cases.loading import cases_root
from cocreate_teach.errors import CaseError

Rows = list[list[str]]
ENTRIES = {case: load_case(case).metadata["tables"] for case in case_names()}
NUMBERS = ("integer", "number")
LARGE = 1_000_000  # bytes; tables above it are damaged in tests of their own


@cache
def columns_of(case: str, table: str) -> tuple[Column, ...]:
    """Return what the dictionary says about a table."""
    return described(cases_root() / case)[ENTRIES[case][table]["file"]]


def unpacked(path: Path) -> bytes:
    """Return the content of a table."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def packed(path: Path, content: bytes) -> bytes:
    """Return the bytes of a file with this content."""
    return gzip.compress(content) if path.suffix == ".gz" else content


def cells_of(content: bytes) -> Rows:
    """Return the cells of a table, its heads first."""
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def written(rows: Rows) -> bytes:
    """Return cells as the content of a table."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


@pytest.fixture(scope="module")
def copies(tmp_path_factory) -> Path:
    """Return a copy of all cases; each test restores the file that it damages."""
    root = tmp_path_factory.mktemp("copies") / "cases"
    shutil.copytree(cases_root(), root)
    return root


def refused(root: Path, case: str, table: str, damage: Callable[[Path], bytes]) -> tuple[str, ...]:
    """Return what somebody reads who asks a case for its damaged table."""
    path = root / case / "data" / ENTRIES[case][table]["file"]
    whole = path.read_bytes()
    path.write_bytes(damage(path))
    try:
        with pytest.raises(CaseError) as caught:
            load_case(case, root=root).table(table)
    finally:
        path.write_bytes(whole)
    first, *where = caught.value.faults
    assert first.startswith(f"case.toml: tables.{table}.sha256 is ")
    assert len(where) <= MOST + 1
    assert all(fault.startswith(f"table {table}: ") and fault.endswith(f"restore data/{path.name}") for fault in where)
    return tuple(fault.removeprefix(f"table {table}: ") for fault in where)


@pytest.mark.parametrize("case", case_names())
def test_every_table_is_in_order(case):
    """Each cell of each table is what the dictionary says, and rows, key and sources are as stated."""
    found = load_case(case)
    assert found.table_names
    for table in found.table_names:
        entry = found.metadata["tables"][table]
        path = found.folder / "data" / entry["file"]
        assert content_faults(path, table, entry, columns_of(case, table)) == []
        assert len(found.table(table)) == entry["rows"]
        assert set(entry["sources"]) <= set(found.sources["number"])


def chosen(case: str, is_wanted: Callable[[Column], bool]) -> tuple[str, int] | None:
    """Return the first table with such a column, and the position of the column."""
    places = ((table, i, c) for table in ENTRIES[case] for i, c in enumerate(columns_of(case, table)))
    return next(((table, place) for table, place, column in places if is_wanted(column)), None)


CELLS = {
    "text in a number": (lambda c: c.type in NUMBERS, "many"),
    "comma in a number": (lambda c: c.type in NUMBERS, "1,234"),
    "infinite": (lambda c: c.type in NUMBERS, "inf"),
    "nan": (lambda c: c.type in NUMBERS, "nan"),
    "space": (lambda c: c.type in NUMBERS, " 1"),
    "decimals in a whole number": (lambda c: c.type == "integer", "1.5"),
    "empty": (lambda c: c.required, ""),
    "unknown category": (lambda c: bool(c.allowed), "elsewhere"),
    "a third answer": (lambda c: c.type == "yes/no", "maybe"),
    "another form of date": (lambda c: c.type == "date", "31/03/2010"),
    "no day of the calendar": (lambda c: c.type == "date", "2010-02-30"),
    "no month of the year": (lambda c: c.type == "period", "2010-13"),
}


@pytest.mark.parametrize(
    ("case", "damage"), [(case, damage) for case in case_names() for damage in CELLS if chosen(case, CELLS[damage][0])]
)
def test_a_wrong_value_is_named_by_row_and_column(copies, case, damage):
    """One cell of the last row: its column, its value and what is allowed stand in one sentence."""
    is_wanted, value = CELLS[damage]
    table, place = chosen(case, is_wanted)
    column = columns_of(case, table)[place]

    def change(path: Path) -> bytes:
        rows = cells_of(unpacked(path))
        rows[-1][place] = value
        return packed(path, written(rows))

    row = ENTRIES[case][table]["rows"] + 1
    told = f"is {value!r}" if value else "is empty"
    faults = refused(copies, case, table, change)
    assert faults[0].startswith(f"row {row:,}, column {column.name} {told}; it must be {column.rule}: mend the cell, ")


@pytest.mark.parametrize("case", case_names())
def test_a_row_that_comes_twice_is_named_with_its_twin(copies, case):
    """A key that two rows share would count one thing twice."""
    table = next(t for t, entry in ENTRIES[case].items() if entry["key"])
    key = ENTRIES[case][table]["key"]

    def change(path: Path) -> bytes:
        rows = cells_of(unpacked(path))
        for place in (rows[0].index(column) for column in key):
            rows[-1][place] = rows[1][place]
        return packed(path, written(rows))

    (fault,) = refused(copies, case, table, change)
    row = ENTRIES[case][table]["rows"] + 1
    assert fault.startswith(f"rows 2 and {row:,}, column {', '.join(key)}: both have ")


@pytest.mark.parametrize("case", case_names())
def test_swapped_heads_are_named(copies, case):
    """The heads of two columns exchanged: each is named with what the dictionary says."""
    table = next(iter(ENTRIES[case]))

    def change(path: Path) -> bytes:
        rows = cells_of(unpacked(path))
        rows[0][:2] = rows[0][1::-1]
        return packed(path, written(rows))

    one, two = (column.name for column in columns_of(case, table)[:2])
    told = [fault.partition(";")[0] for fault in refused(copies, case, table, change)]
    assert told == [
        f"row 1: column 1 is {two!r}, the dictionary says {one!r}, so columns are swapped",
        f"row 1: column 2 is {one!r}, the dictionary says {two!r}, so columns are swapped",
    ]


@pytest.mark.parametrize("case", case_names())
def test_swapped_values_are_named_though_the_heads_are_in_place(copies, case):
    """A column of numbers holds the texts of another column: every row says so."""
    table, place = chosen(case, lambda column: column.type in NUMBERS)
    columns = columns_of(case, table)
    other = next(i for i, column in enumerate(columns) if column.type not in NUMBERS)

    def change(path: Path) -> bytes:
        rows = cells_of(unpacked(path))
        for row in rows[1:]:
            row[place], row[other] = row[other], row[place]
        return packed(path, written(rows))

    faults = refused(copies, case, table, change)
    assert any(f"row 2, column {columns[place].name} is " in fault for fault in faults)


@pytest.mark.parametrize("case", case_names())
def test_a_column_too_many_is_named(copies, case):
    """A spreadsheet program added a column to every row."""
    table = next(iter(ENTRIES[case]))
    last = len(columns_of(case, table))

    def change(path: Path) -> bytes:
        heads, *rows = cells_of(unpacked(path))
        return packed(path, written([[*heads, "mine"], *([*row, "1"] for row in rows)]))

    (fault,) = refused(copies, case, table, change)
    assert fault.startswith(f"row 1: column {last + 1} is 'mine'; the dictionary has only {last} columns; ")


@pytest.mark.parametrize("case", case_names())
def test_a_row_too_short_or_too_long_is_named(copies, case):
    """A separator lost or added moves every later cell of the row."""
    table = next(iter(ENTRIES[case]))
    width, head = len(columns_of(case, table)), columns_of(case, table)[-1].name

    def change(path: Path) -> bytes:
        rows = cells_of(unpacked(path))
        rows[1], rows[2] = rows[1][:1], [*rows[2], ""]
        return packed(path, written(rows))

    short, long = refused(copies, case, table, change)
    assert short.startswith(f"row 2 has 1 cell, the last in column {columns_of(case, table)[0].name}; it must have ")
    assert long.startswith(f"row 3 has {width + 1} cells, the last in column {head}; it must have {width}: ")


@pytest.mark.parametrize("case", case_names())
def test_a_file_that_was_cut_is_named_with_the_place_where_it_ends(copies, case):
    """Half a download: how many rows there are, how many there should be, and where the file ends."""
    for table, entry in ENTRIES[case].items():
        faults = refused(copies, case, table, lambda path: path.read_bytes()[: len(path.read_bytes()) // 2].rstrip())
        told = re.compile(
            rf"it ends with row ([\d,]+), the case was written for {entry['rows'] + 1:,} with the heads; "
        )
        (row,) = (found[1] for found in map(told.match, faults) if found)
        assert int(row.replace(",", "")) < entry["rows"] + 1
        if entry["file"].endswith(".gz"):
            assert faults[0].startswith(f"the packed file ends too early, at row {row}, column ")
        else:
            assert re.match(rf"row {row}, column .* ends without a line feed, as if the file were cut; ", faults[0])


@pytest.mark.parametrize("case", case_names())
@pytest.mark.parametrize("change", [-1, 1])
def test_a_row_lost_or_added_is_named(copies, case, change):
    """Nothing in the remaining rows is wrong, but there is one less, or one more that another hand wrote."""
    table = next(name for name, entry in ENTRIES[case].items() if entry["key"])
    rows = ENTRIES[case][table]["rows"] + 1

    def damage(path: Path) -> bytes:
        cells = cells_of(unpacked(path))
        return packed(path, written([*cells, cells[-1]] if change == 1 else cells[:-1]))

    told = f"it ends with row {rows + change:,}, the case was written for {rows:,} with the heads; "
    assert refused(copies, case, table, damage)[0].startswith(told)


@pytest.mark.parametrize("case", case_names())
@pytest.mark.parametrize("damage", ["Latin-1", "byte order mark", "Windows line ends", "carriage return"])
def test_another_encoding_is_named(copies, case, damage):
    """What a spreadsheet program does to a file when it saves it."""
    table, place = chosen(case, lambda column: column.type == "text" and not column.allowed)
    heads = [column.name for column in columns_of(case, table)]

    def change(path: Path) -> bytes:
        rows = cells_of(unpacked(path))
        if damage == "Latin-1":
            rows[2][place] = "Zürich"
            return packed(path, written(rows).replace("Zürich".encode(), "Zürich".encode("latin-1")))
        if damage == "carriage return":
            rows[2][place] = "one and two"
            return packed(path, written(rows).replace(b"one and two", b"one\rtwo"))
        if damage == "byte order mark":
            return packed(path, b"\xef\xbb\xbf" + unpacked(path))
        return packed(path, unpacked(path).replace(b"\n", b"\r\n"))

    told = {
        "Latin-1": f"row 3, column {heads[place]} has the byte 0xfc, which is no UTF-8; ",
        "carriage return": f"row 3, column {heads[place]} has a carriage return; a row ends with a line feed alone; ",
        "byte order mark": f"row 1, column {heads[0]} begins with a byte order mark; a table is UTF-8 without it; ",
        "Windows line ends": f"row 1, column {heads[-1]} has a carriage return; a row ends with a line feed alone; ",
    }
    (fault,) = refused(copies, case, table, change)
    assert fault.startswith(told[damage])


SMALL = [
    (case, table, place)
    for case in case_names()
    for table in ENTRIES[case]
    for place, column in enumerate(columns_of(case, table))
    if column.type in NUMBERS and len(unpacked(cases_root() / case / "data" / ENTRIES[case][table]["file"])) < LARGE
]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_number_above_its_limit_is_named_by_row_and_column(tmp_path_factory, data):
    """Wherever it stands: one more than the largest value that the column may have is one fault, in the right place."""
    case, table, place = data.draw(st.sampled_from(SMALL))
    entry, column = ENTRIES[case][table], columns_of(case, table)[place]
    rows = cells_of(unpacked(cases_root() / case / "data" / entry["file"]))
    row = data.draw(st.integers(1, len(rows) - 1))
    value = str(Decimal(column.maximum) + 1)
    rows[row][place] = value
    path = tmp_path_factory.mktemp("table") / entry["file"]
    path.write_bytes(packed(path, written(rows)))
    (fault,) = content_faults(path, table, entry, columns_of(case, table))
    assert fault == (
        f"table {table}: row {row + 1:,}, column {column.name} is {value!r}; it must be {column.rule}: mend the cell, "
        f"or restore data/{entry['file']}"
    )


def test_many_faults_are_counted_and_not_all_told(copies):
    """Motivation and knowledge exchanged in 8,856 rows: ten sentences, and how many more there are."""

    def change(path: Path) -> bytes:
        rows = cells_of(path.read_bytes())
        one, two = rows[0].index("knowledge"), rows[0].index("motivation")
        for row in rows[1:]:
            row[one], row[two] = row[two], row[one]
        return written(rows)

    faults = refused(copies, "bank", "advisers", change)
    assert len(faults) == MOST + 1
    assert faults[0].startswith("row 2, column knowledge is '5.4'; it must be a whole number from 0 to 100 (points of")
    assert faults[-1] == f"... and {2 * 8856 - MOST:,} more; restore data/advisers_synthetic.csv"


def test_the_large_table_is_checked_to_its_last_row(copies):
    """45,211 rows, packed: the value in row 45,212 is found."""

    def change(path: Path) -> bytes:
        head, last, end = unpacked(path).rpartition(b"2010\n")
        assert (last, end) == (b"2010\n", b"")
        return gzip.compress(head + b"2011\n")

    (fault,) = refused(copies, "bank", "clients_full", change)
    told = "row 45,212, column contact_year_inferred is '2011'; it must be a whole number from 2008 to 2010 (year): "
    assert fault.startswith(told)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"no gzip at all", "unpacking fails: Error -3 while decompressing data: incorrect header check, at row 1"),
        (b"", "the packed file ends too early, at row 1"),
    ],
)
def test_what_is_no_packed_file_is_named(copies, content, told):
    """A page of an error in place of the file, or nothing at all."""
    faults = refused(copies, "bank", "clients_full", lambda path: content)
    assert faults[0].startswith(told)
    assert faults[1].startswith("it ends with row 0, the case was written for 45,212 with the heads; ")


def test_a_changed_byte_in_a_packed_file_keeps_what_comes_before_it(copies):
    """The place of the damage is found, not only that there is one."""
    faults = refused(
        copies, "bank", "clients_full", lambda path: path.read_bytes()[:200_000] + b"###" + path.read_bytes()[200_003:]
    )
    assert faults[0].startswith("unpacking fails: ")
    places = [int(re.search(r"row ([\d,]+)", fault)[1].replace(",", "")) for fault in faults[:MOST]]
    assert 20_000 < min(places) < 30_000


def test_an_open_quotation_mark_is_named(copies):
    """All rows below it would be one cell."""
    faults = refused(copies, "bank", "facts", lambda path: path.read_bytes() + b'B06,case,"open\n')
    assert faults[0].startswith("row 7 cannot be read: ")


def test_a_change_that_breaks_no_rule_is_still_refused(copies):
    """An age of 26 is as good as one of 25, but it is not what the case was written for."""
    faults = refused(copies, "bank", "advisers", lambda path: path.read_bytes().replace(b",25,1,", b",26,1,", 1))
    assert faults == (
        "each value is one that its column may hold, yet the bytes differ; restore data/advisers_synthetic.csv",
    )


def test_a_whole_check_finds_what_the_dictionary_does_not_allow(damaged_root):
    """The table may be as recorded and the rule be wrong: an author learns it, a student is not kept waiting for it."""
    path = damaged_root / "bank" / "dictionary.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",18,70,,yes", ",18,59,,yes", 1), encoding="utf-8")
    load_case("bank", root=damaged_root).table("advisers")
    with pytest.raises(CaseError) as caught:
        check_case(damaged_root / "bank")
    assert all(
        re.match(r"table advisers: row [\d,]+, column age is '60'; it must be a whole number from 18 to 59", fault)
        for fault in caught.value.faults[:MOST]
    )


def test_a_damaged_table_is_told_where_the_case_is_loaded_if_its_heads_are_wrong(damaged_root):
    """The table is at fault and not the dictionary: nobody is sent to remove a row of the dictionary."""
    path = damaged_root / "bank" / "data" / "advisers_synthetic.csv"
    path.write_bytes(path.read_bytes().replace(b"knowledge", b"mood", 1))
    with pytest.raises(CaseError) as caught:
        load_case("bank", root=damaged_root)
    first, second = caught.value.faults
    assert first.startswith("case.toml: tables.advisers.sha256 is ")
    assert second.startswith("table advisers: row 1: column 7 is 'mood', the dictionary says 'knowledge'; restore ")


def test_the_doctor_says_that_every_case_is_in_order(capsys):
    """One line a case, with how much was read."""
    assert cli.main(["doctor"]) == 0
    told = capsys.readouterr().out
    for case in case_names():
        tables = ENTRIES[case].values()
        rows = sum(entry["rows"] for entry in tables)
        assert f"ok       data {case}: {len(tables)} tables, {rows:,} rows, in order\n" in told


def test_the_doctor_names_every_fault_of_every_case_and_fails(capsys, monkeypatch, damaged_root):
    """A missing program is no fault; a damaged table is, and both of two are told."""
    for file, old, new in (
        ("advisers_synthetic.csv", b"A012", b""),
        ("published_facts.csv", b",companion,", b",other,"),
    ):
        path = damaged_root / "bank" / "data" / file
        path.write_bytes(path.read_bytes().replace(old, new, 1))
    monkeypatch.setattr("cocreate_teach.cases.loading.cases_root", lambda: damaged_root)
    assert cli.main(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "damaged  data bank: 4 faults\n" in told
    assert "         table advisers: row 247, column adviser is empty; it must be a text: mend the cell, or " in told
    assert "column topic is 'other'; it must be one of case, companion: mend the cell, or restore data/" in told
