"""Make the tables of the Burberry case, or check that they are what this script makes.

    python cases/burberry/prepare.py            write data/ and record each sha256 in case.toml
    python cases/burberry/prepare.py --check    write nothing; report every difference; exit status 1 if there is one

The files of raw/ were transcribed by hand from the pages that their rows name. A page that repeats somebody's number
makes the row *reported*; the company's own reports, and whoever counted, make it *published*. Gaps stay gaps.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas as pd
import synthetic

from cocreate_teach.cases.preparing import run

FOLDER: Final = Path(__file__).resolve().parent
CURATED: Final = {
    "raw/financials.csv": "01ba95d1b451d5eabdc6878c7249c11d36aad00f12d14316082c8102338f2e96",
    "raw/retail_share.csv": "c18fc47a90589a086b482ceacca80c5d5871f289df99debc55271a2a0db2ac57",
    "raw/followers.csv": "9d000862cb81bda237a413e07a2974025ed65f6a4e483667f084915c7a5a6c35",
    "raw/digital_events.csv": "f3ae0898e4ec58557f2e7f6c07afeb29fcad656c16b4d5a07a7257af26b999e2",
}
COUNTED_BY: Final = "l2inc.com"  # a page whose author made the count
COMPANY: Final = ("Annual Report", "RNS")  # how the company's own reports are named among the printed shares
WHOLE: Final = ("retail_revenue_gbp_m", "wholesale_revenue_gbp_m")
APART: Final = (
    ("2010-11", 1_000_000),  # Facebook: a blog has three million in the same month
    ("2015-09-14", 1_400_000),  # Twitter: probably a misprint
)
# Which events the case tells: initiative, measure, in our words, and the form of its number.
EVENTS: Final = (
    ("art_of_the_trench", "images_uploaded_first_week", "Art of the Trench: images in the first week", "{:,.0f}"),
    ("art_of_the_trench", "visitors_first_9_months", "Art of the Trench: visitors in nine months", "{:,.0f}"),
    ("art_of_the_trench", "views_first_year", "Art of the Trench: views in the first year", "{:,.0f}"),
    ("ecommerce", "online_sales_growth_yoy", "Growth of online sales in a year", "{:.0f}%"),
    ("marketing", "digital_share_of_marketing_budget", "Digital share of the marketing budget", "{:.0f}%"),
    ("facebook", "body_sample_signups", "People who asked for a perfume sample", "{:,.0f}"),
    ("facebook", "post_likes_in_month", "Likes of 18 Facebook posts in a month", "{:,.0f}"),
    ("facebook", "new_likes_in_quarter", "New Facebook likes in a quarter", "{:,.0f}"),
    ("facebook", "fan_growth_yoy", "Growth of Facebook fans in a year", "{:.0f}%"),
)

# What a reader must know of each row; a row without a remark is not told.
REMARKS: Final = {
    ("images_uploaded_first_week", "2009-11"): "A former employee; 191 countries; nobody confirms it",
    ("visitors_first_9_months", "2010-08"): "The same former employee; 'more than'",
    ("views_first_year", "2010-11"): "A blog; 150 countries; conflicts with the visitors",
    ("online_sales_growth_yoy", "2010-12"): "A blog credits the campaign; that is no evidence of a cause",
    ("digital_share_of_marketing_budget", "2011-09"): "'Over'; one company statement; basis not defined",
    ("body_sample_signups", "2011-09"): "'Over'",
    ("post_likes_in_month", "2012-02"): "Stylophane, as a blog quotes it",
    ("new_likes_in_quarter", "2011-Q1"): "'Almost'; counted by L2",
    ("new_likes_in_quarter", "2013-Q2"): "'Less than'; counted by L2",
    ("fan_growth_yoy", "2011-12"): "Ledbury Research, as a page quotes it; Louis Vuitton 182%",
    ("fan_growth_yoy", "2013-12"): "Counted by L2; Louis Vuitton 42%",
}


def raw(file: str) -> pd.DataFrame:
    """Return a file of raw/; an empty cell is a gap."""
    return pd.read_csv(FOLDER / "raw" / file)


def financials() -> pd.DataFrame:
    """Return the financial years as transcribed; the year to March 2010 stands there on both bases."""
    return raw("financials.csv").astype(dict.fromkeys(WHOLE, "Int64")).assign(status="published")


def revenue() -> pd.DataFrame:
    """Return one row per year: revenue with Spain to 2010, without it from 2010 on, and profit, for drawing."""
    table = financials()
    with_spain = table[(table.fy_end < "2010") | (table.basis == "reported_incl_spain")].set_index("fy_end")
    without = table[(table.fy_end >= "2010") & (table.basis != "reported_incl_spain")].set_index("fy_end")
    every = without.combine_first(with_spain)
    years = sorted(set(table.fy_end))
    return pd.DataFrame(
        {
            "revenue_old_basis_gbp_m": with_spain.revenue_gbp_m,
            "revenue_new_basis_gbp_m": without.revenue_gbp_m,
            "retail_old_basis_gbp_m": with_spain.retail_revenue_gbp_m,
            "retail_new_basis_gbp_m": without.retail_revenue_gbp_m,
            "revenue_gbp_m": every.revenue_gbp_m,
            "adj_profit_before_tax_gbp_m": every.adj_profit_before_tax_gbp_m,
            "adj_diluted_eps_pence": every.adj_diluted_eps_pence,
        },
        index=pd.Index(years, name="fy_end"),
    ).reset_index()


def retail_share() -> pd.DataFrame:
    """Return the printed share of retail beside retail revenue divided by revenue: without Spain from 2010 on."""
    shares = raw("retail_share.csv")
    money = financials()
    money = money[money.basis != "reported_incl_spain"].set_index("fy_end")
    computed = (100 * money.retail_revenue_gbp_m / money.revenue_gbp_m).astype(float).round(1)
    is_company = shares.source.str.startswith(COMPANY)
    return shares.assign(
        computed_share_pct=shares.fy_end.map(computed), status=is_company.map({True: "published", False: "reported"})
    )[["fy_end", "retail_share_of_revenue_pct", "computed_share_pct", "source", "url", "status"]]


def judged(table: pd.DataFrame) -> pd.DataFrame:
    """Give each row its status: derived stays, whoever counted has published, anything else is second-hand."""
    counted = table.url.str.contains(COUNTED_BY, regex=False)
    status = counted.map({True: "published", False: "reported"}).mask(table.status == "DERIVED", "derived")
    return table.assign(status=status)


def followers() -> pd.DataFrame:
    """Return the counts of followers, all of them; what contradicts the others is another line of a picture."""
    table = judged(raw("followers.csv"))
    is_apart = pd.Series([pair in APART for pair in zip(table.date, table.followers, strict=True)])
    line = table.platform.str.capitalize() + is_apart.map({True: ",\nother page", False: ""})
    return table.assign(line=line, followers_m=table.followers / 1e6)


def months() -> pd.DataFrame:
    """Return followers and online orders of all invented shops together, by month."""
    shops = synthetic.make_panel()[1]
    return shops.groupby("month", as_index=False)[["followers", "online_orders"]].sum()


def events() -> pd.DataFrame:
    """Return what pages say about initiatives, as transcribed."""
    return judged(raw("digital_events.csv"))


def events_told() -> pd.DataFrame:
    """Return the events of the exhibit as sentences; the remark carries every caveat of the row."""
    table, rows = events(), []
    for initiative, measure, what, form in EVENTS:
        for row in table[(table.initiative == initiative) & (table.measure == measure)].itertuples():
            if (measure, row.date) not in REMARKS:
                continue
            rows.append(
                {
                    "date": row.date, "what": what, "says": form.format(row.value),
                    "remark": REMARKS[measure, row.date], "status": row.status,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def contradictions() -> pd.DataFrame:
    """Return the seven places where sources disagree."""
    return raw("contradictions.csv").assign(status="reported")


MADE: Final[dict[str, Callable[[], pd.DataFrame]]] = {
    "financials.csv": financials,
    "revenue_lines.csv": revenue,
    "retail_share.csv": retail_share,
    "followers.csv": followers,
    "digital_events.csv": events,
    "events_told.csv": events_told,
    "contradictions.csv": contradictions,
    "interactions_synthetic.csv": lambda: synthetic.make_panel()[0],
    "shops_synthetic.csv": lambda: synthetic.make_panel()[1],
    "months_synthetic.csv": months,
}


if __name__ == "__main__":
    sys.exit(
        run(
            FOLDER,
            sys.argv[1:],
            made=MADE,
            curated=CURATED,
            reached=lambda: synthetic.calibration(*synthetic.make_panel()),
        )
    )
