"""The tables of the bank case: made again byte by byte, and built to teach a comparison."""

import gzip

import pytest

from tests.cases.bank_panel import BANK, PANEL
from tests.cases.stories import prepare, script

NOTE = BANK.teaching_note


def test_check_reports_a_changed_table_and_a_missed_target(damaged_root):
    """A check that cannot fail is no check: one changed sale, one changed client and one other target are all named."""
    folder = damaged_root / "bank"
    panel = folder / "data" / "advisers_synthetic.csv"
    panel.write_bytes(panel.read_bytes().replace(b"A001,B01,", b"A001,B02,", 1))
    clients = folder / "data" / "clients_full.csv.gz"
    clients.write_bytes(
        gzip.compress(gzip.decompress(clients.read_bytes()).replace(b"58,management", b"59,management", 1))
    )
    case = folder / "case.toml"
    case.write_text(case.read_text(encoding="utf-8").replace("target = 1.8", "target = 2.8"), encoding="utf-8")
    done = prepare(folder)
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "data/advisers_synthetic.csv is not what prepare.py makes; run prepare.py to write it again"
    assert lines[1].startswith("data/clients_full.csv.gz is not the curated file: sha256 ")
    assert lines[2].startswith("difference_of_changes is 1.8")
    assert len(lines) == 3


def test_the_naive_comparison_misses_the_true_effect_and_the_comparison_of_changes_does_not():
    """The panel was made for this: 1.5 lies outside the first interval and inside the second."""
    synthetic = script("bank", "synthetic")
    true = synthetic.WORKSHOP_ACCOUNTS + synthetic.WORKSHOP_INVESTMENT
    assert f"is {true:.1f} contracts a month" in NOTE
    assert PANEL["naive low"] > true + 1
    assert PANEL["changes low"] < true < PANEL["changes high"]
    assert abs(PANEL["changes"] - true) < abs(PANEL["naive"] - true) / 4
    assert abs(PANEL["early"] - true) < abs(PANEL["changes"] - true)
    assert PANEL["early high"] - PANEL["early low"] > PANEL["changes high"] - PANEL["changes low"]


def test_the_panel_is_as_described():
    """400 advisers, 40 branches, 24 months; juniors aged 25 to 35; no life insurance before month 17."""
    panel = BANK.table("advisers")
    assert (panel.adviser.nunique(), panel.branch.nunique(), panel.month.nunique()) == (400, 40, 24)
    assert panel.groupby("managers_in_workshop").branch.nunique().to_dict() == {"no": 20, "yes": 20}
    assert panel[panel.grade == "junior"].age.agg(["min", "max"]).tolist() == [25, 35]
    assert panel[panel.month < 17].sold_life.isna().all()
    assert panel[panel.month >= 17].sold_life.notna().all()
    assert (panel.sold_all == panel.sold_accounts + panel.sold_investment + panel.sold_life.fillna(0)).all()
    assert (panel.life_cancelled.fillna(0) <= panel.sold_life.fillna(0)).all()
    stays = panel.groupby("adviser").agg(rows=("month", "size"), end=("month", "max"), last=("last_month", "first"))
    assert (stays.rows == stays.end).all()
    assert (stays["last"].fillna(24) == stays.end).all()


def test_the_real_clients_are_told_as_they_are():
    """11.7 % said yes; 5.1, 17.1 and 51.6 % by year; about 5 % at every age in 2008 and about 50 % in 2010."""
    clients = BANK.table("clients_full").assign(yes=lambda c: c.subscribed.eq("yes"))
    assert f"{clients.yes.sum():,} of {len(clients):,} clients said yes ({clients.yes.mean():.1%})" in NOTE
    by_year = clients.groupby("contact_year_inferred").yes.mean()
    assert f"{by_year[2008]:.1%} said yes in 2008, {by_year[2009]:.1%} in 2009 and {by_year[2010]:.1%} in 2010" in NOTE
    by_age = BANK.exhibit(6).table.set_index("group")["mean"]
    assert by_age["2008"].between(0.045, 0.065).all()
    assert by_age["2010"].between(0.45, 0.62).all()
    assert f"{clients[clients.contact_year_inferred == 2008].age.max()}" == BANK.numbers["oldest_2008"]
    by_length = BANK.exhibit(11).table
    assert by_length["mean"].is_monotonic_increasing
    assert by_length.n.sum() == len(clients)  # the bins leave no call out
    assert clients[clients.call_duration_s < 120].yes.mean() == pytest.approx(by_length["mean"].iloc[0])
    shared = list(BANK.table("clients_sample").columns)
    assert len(BANK.table("clients_sample").merge(clients[shared].drop_duplicates(), on=shared)) == 4521
