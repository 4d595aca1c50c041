"""Every number that the texts of the bank case tell about the panel, computed from the tables."""

from cocreate_teach.cases import load_case
from cocreate_teach.cases.aggregation import aggregate

BANK = load_case("bank")


def comparison(y="sold_all", grade="junior", panel=None):
    """Return the before-and-after comparison of Exhibit 5 for another column, grade or part of the panel."""
    settings = dict(BANK.exhibit(5).settings) | {"y": y, "where": [{"column": "grade", "is": [grade]}]}
    found = aggregate(BANK.table("advisers") if panel is None else panel, settings)
    return found.set_index(["quantity", "group"])


def numbers_of_the_panel() -> dict[str, float]:
    """Compute every number that the texts of the case tell about the panel, by the words around it."""
    panel = BANK.table("advisers").assign(no_life=lambda p: p.sold_accounts + p.sold_investment)
    juniors = panel[panel.grade == "junior"]
    who = BANK.exhibit(2).table.set_index(["measure", "group"])["mean"]
    mood = BANK.exhibit(3).table.set_index(["group", "month"])["mean"]
    sold = comparison()
    early = comparison(panel=panel[panel.month < 17])
    plain = comparison("no_life", panel=panel)
    trust = comparison("trust_other_grade", "senior").estimate
    cancelled = BANK.exhibit(9).table.set_index("group")["mean"]
    last = juniors.groupby("adviser").last_month.first()
    first_year = juniors[juniors.month <= 12].groupby("adviser").motivation.mean()
    known = juniors[juniors.month.between(17, 22)]
    kept = (
        known.assign(kept=known.sold_life - known.life_cancelled)
        .groupby(["managers_in_workshop", "branch"])
        .kept.mean()
    )
    stayed = comparison(panel=panel[panel.last_month.isna()])
    us, them, gap = "workshop branches", "other branches", "difference"
    return {
        "knowledge junior": who["knowledge, of 100", "junior"],
        "knowledge senior": who["knowledge, of 100", "senior"],
        "motivation junior": who["motivation, of 10", "junior"],
        "motivation senior": who["motivation, of 10", "senior"],
        "trust junior": who["trust, of 10", "junior"],
        "trust senior": who["trust, of 10", "senior"],
        "accounts junior": who["accounts, sold a month", "junior"],
        "investments junior": who["investments, sold a month", "junior"],
        "investments senior": who["investments, sold a month", "senior"],
        "mood other 16": mood["juniors, other", 16],
        "mood other 17": mood["juniors, other", 17],
        "mood workshop 12": mood["juniors, workshop", 12],
        "mood workshop 16": mood["juniors, workshop", 16],
        "sold workshop": sold.estimate["after", us],
        "sold other": sold.estimate["after", them],
        "naive": sold.estimate["after", gap],
        "naive low": sold.low["after", gap],
        "naive high": sold.high["after", gap],
        "before workshop": sold.estimate["before", us],
        "before other": sold.estimate["before", them],
        "lead before": sold.estimate["before", gap],
        "change workshop": sold.estimate["change", us],
        "change workshop low": sold.low["change", us],
        "change workshop high": sold.high["change", us],
        "change other": sold.estimate["change", them],
        "changes": sold.estimate["change", gap],
        "changes low": sold.low["change", gap],
        "changes high": sold.high["change", gap],
        "early": early.estimate["change", gap],
        "early low": early.low["change", gap],
        "early high": early.high["change", gap],
        "plain": plain.estimate["change", gap],
        "plain low": plain.low["change", gap],
        "plain high": plain.high["change", gap],
        "stayed": stayed.estimate["change", gap],
        "trust before": trust["before", us],
        "trust after": trust["after", us],
        "cancelled other": 100 * cancelled[them],
        "cancelled workshop": 100 * cancelled[us],
        "left other": float(last[last.index.isin(juniors[juniors.managers_in_workshop == "no"].adviser)].count()),
        "left workshop": float(last[last.index.isin(juniors[juniors.managers_in_workshop == "yes"].adviser)].count()),
        "mood of leavers": first_year[last > 12].mean(),
        "mood of stayers": first_year[last.isna()].mean(),
        "kept other": kept["no"].mean(),
        "kept workshop": kept["yes"].mean(),
    }


PANEL = numbers_of_the_panel()
