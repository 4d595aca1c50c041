"""From rows to the numbers of an exhibit: each expected value can be checked by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate_teach.cases.aggregation import aggregate, difference, estimate, formatted, share

ROWS = pd.DataFrame(
    {
        "branch": ["a", "a", "a", "b", "c", "c", "d", "d"],
        "kind": ["x", "x", "x", "x", "y", "y", "y", "y"],
        "month": [1, 2, 2, 1, 1, 2, 1, 2],
        "sold": [1.0, 2.0, 3.0, 6.0, 1.0, 2.0, 3.0, 6.0],
        "offered": [2, 4, 4, 8, 2, 2, 4, 8],
        "yes": ["yes", "no", "no", "yes", "no", "no", "no", "yes"],
        "age": [18, 24, 25, 35, 36, 40, 44, 45],
    }
)


def test_an_interval_of_a_mean_is_the_textbook_one():
    """Mean 3, standard deviation 1, three values: 3 plus or minus 4.303 / sqrt(3)."""
    mean, low, high = estimate(pd.Series([2.0, 3.0, 4.0]))
    assert mean == 3
    assert (low, high) == (pytest.approx(3 - 2.4843, abs=1e-3), pytest.approx(3 + 2.4843, abs=1e-3))


def test_one_value_has_no_interval():
    """A single branch says nothing about the spread between branches."""
    mean, low, high = estimate(pd.Series([2.0]))
    assert mean == 2
    assert low != low
    assert high != high


def test_a_difference_has_welchs_interval():
    """Means 1 and 5, variances 1 and 4, three values each: standard error sqrt(5/3), about 2.94 degrees of freedom."""
    mean, low, high = difference(pd.Series([4.0, 5.0, 6.0]), pd.Series([-1.0, 1.0, 3.0]))
    assert mean == 4
    assert high - low == pytest.approx(2 * 3.2176 * (5 / 3) ** 0.5, rel=1e-3)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_of_a_share_stays_between_0_and_1(drawn):
    """Wilson's interval is used because the simple one leaves the range for rare answers."""
    found, low, high = share(*drawn)
    assert 0 <= low <= found + 1e-9
    assert found - 1e-9 <= high <= 1


def test_clusters_count_equally():
    """Branch a has three rows with mean 2, branch b one row with 6: the mean over branches is 4, over rows 3."""
    settings = {"kind": "bars", "y": "sold", "group": ["kind"]}
    assert aggregate(ROWS, settings)["mean"].tolist() == [3, 3]
    clustered = aggregate(ROWS, settings | {"cluster": "branch"})
    assert clustered["mean"].tolist() == [4, 3]
    assert clustered["n"].tolist() == [2, 2]


def test_a_ratio_is_formed_within_each_cluster():
    """Sold per offered: branch a 6 of 10, branch b 6 of 8, c 3 of 4, d 9 of 12."""
    found = aggregate(ROWS, {"kind": "bars", "y": "sold", "per": "offered", "group": ["kind"], "cluster": "branch"})
    assert found["mean"].tolist() == [pytest.approx((0.6 + 0.75) / 2), pytest.approx(0.75)]


def test_a_yes_no_column_gives_a_share():
    """Kind x: two of four said yes; kind y: one of four."""
    found = aggregate(ROWS, {"kind": "bars", "y": "yes", "group": ["kind"]})
    assert found["mean"].tolist() == [0.5, 0.25]
    assert found["n"].tolist() == [4, 4]


def test_conditions_keep_the_rows_that_they_name():
    """Both ends of a range belong to it, and several conditions hold together."""
    where = [{"column": "month", "from": 2, "to": 2}, {"column": "branch", "is": ["a", "c"]}]
    found = aggregate(ROWS, {"kind": "bars", "y": "sold", "group": ["branch"], "where": where})
    assert dict(zip(found["group"], found["mean"], strict=True)) == {"a": 2.5, "c": 2.0}


def test_ages_fall_into_bins_named_by_their_ends():
    """18 to 24 contains 18 and 24; 25 begins the next bin; the last edge is outside."""
    settings = {
        "kind": "lines", "x": "age", "y": "sold", "group": ["kind"], "total": "all",
        "bins": [{"column": "age", "edges": [18, 25, 36, 46]}],
    }  # fmt: skip
    found = aggregate(ROWS, settings)
    assert found[["group", "age", "n"]].values.tolist() == [
        ["x", "18 to 24", 2], ["x", "25 to 35", 2], ["y", "36 to 45", 4],
        ["all", "18 to 24", 2], ["all", "25 to 35", 2], ["all", "36 to 45", 4],
    ]  # fmt: skip


def test_labels_and_order_are_those_of_the_exhibit():
    """Readers see names, not codes, in the order that the author chose."""
    settings = {
        "kind": "bars", "y": "sold", "group": ["kind", "month"], "labels": {"x": "left", "y": "right"},
        "order": ["right, 1", "right, 2", "left, 1", "left, 2"],
    }  # fmt: skip
    assert aggregate(ROWS, settings)["group"].tolist() == settings["order"]


def test_the_difference_of_the_changes_is_the_change_against_the_change_of_the_others():
    """Changes a +4, b +6 with the treatment, c +1, d +3 without: 5 against 2, a difference of 3."""
    rows = pd.DataFrame(
        {
            "branch": list("abcd") * 2,
            "group_": ["t", "t", "o", "o"] * 2,
            "month": [1] * 4 + [2] * 4,
            "sold": [1, 3, 2, 4, 5, 9, 3, 7],
        }
    )
    settings = {
        "kind": "before_after", "time": "month", "start": 2, "y": "sold", "group": ["group_"], "cluster": "branch",
        "treated": "t",
    }  # fmt: skip
    found = aggregate(rows, settings).set_index(["quantity", "group"])
    assert found.estimate["change", "t"] == 5
    assert found.estimate["change", "o"] == 2
    assert found.estimate["before", "difference"] == -1
    assert found.estimate["after", "difference"] == 2
    assert found.estimate["change", "difference"] == 3
    assert found.low["change", "difference"] == pytest.approx(3 - 4.3027 * 2**0.5, rel=1e-3)
    shown = formatted(found.reset_index(), settings | {"decimals": 1})
    assert shown.loc[2].tolist() == ["change", "5.0 (-7.7 to 17.7)", "2.0 (-10.7 to 14.7)", "3.0 (-3.1 to 9.1)"]


def test_numbers_are_shown_with_the_decimals_asked_for_and_gaps_in_words():
    """Floats are formatted, never bare, and an empty cell says that there are no data."""
    rows = ROWS[(ROWS.kind == "x") | (ROWS.month == 1)]
    settings = {"kind": "lines", "x": "month", "y": "sold", "group": ["kind"], "x_label": "month", "decimals": 1}
    shown = formatted(aggregate(rows, settings), settings)
    assert shown.columns.tolist() == ["month", "x", "y"]
    assert shown.loc[1].tolist() == [2, "2.5 (-3.9 to 8.9)", "no data"]
    only = formatted(aggregate(rows, settings), settings | {"shown": [1]})
    assert only["month"].tolist() == [1]


def test_a_table_shows_empty_cells_as_nothing():
    """A missing number is not the word nan."""
    settings = {"kind": "table", "columns": {"name": "Name", "value": "Value"}}
    found = aggregate(pd.DataFrame({"name": ["a", "b"], "value": [0.5, None], "other": [1, 2]}), settings)
    assert formatted(found, settings).values.tolist() == [["a", "0.5"], ["b", ""]]
