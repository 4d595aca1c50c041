"""Make the tables of the Wikipedia case, or check that they are what this script makes.

    python cases/wikipedia/prepare.py            write data/ and record each sha256 in case.toml
    python cases/wikipedia/prepare.py --check    write nothing; report every difference; exit status 1 if there is one

Counts that the Wikimedia Foundation published are not made here: their files are checked. Unpacked, each must have
the sha256 of the file that was curated from the sources named in dictionary.csv.
"""

import gzip
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas as pd

from cocreate_teach.cases.preparing import run

FOLDER: Final = Path(__file__).resolve().parent
STATUS_WORDS: Final = {
    "SECONDARY-CLAIM": "reported", "REAL-TRANSCRIBED": "published", "DERIVED": "derived", "FROM-MEMORY": "unverified",
}  # fmt: skip
CURATED: Final = {
    "data/editions_monthly.csv.gz": "ee85f14b86b9e047eb51325fd4220202dfe535845035690a79ce4f384d87da7c",
    "data/large_editions_monthly.csv.gz": "f1cb6516df6f5fa32f05d24e6ea139c48b0b5e71105fa3075c69ec0da81c9651",
    "data/editor_spread_2011_11.csv": "12a4c485b26492b5e64a3de7e4fa0facecfafea0fcfc37e8c4da831971ca3c62",
    "data/movement_editing.csv": "c3638f3dbd3833422c3d1be4dbb3380a21bed95c01c17aae3532ce91bf895dcd",
    "data/movement_readers.csv": "ff1c24e0fbcfea9cf6ba80ed52f497fb0b0e315e76dd77717f722a0c13ec0d6b",
}
SPLICE_MONTH: Final = "2011-01-01"  # the first month that only the report card has
SPLICE_FACTOR: Final = 0.965  # report card divided by Wikistats in the months that both have
SETTLED_FROM: Final = "2009-05-01"  # before it the two counts differ by less
CLASSES: Final = ((1, 4), (5, 24), (25, 99), (100, 999), (1000, None))  # edits in the month
# Which published facts answer "who writes?", in our words; the value comes from the table of facts.
WHO_WRITES: Final = (
    ("W50", "A", "Share of US visitors who contribute actively"),
    ("W36", "A", "Share of edits by the most active 0.7% of users (524 people)"),
    ("W37", "A", "Share of edits by the most active 2% of users (1,400 people)"),
    ("W45", "A", "Edits to articles per registered user, mean (the median is 0)"),
    ("W46", "A", "Share of registered users who made half of the edits (942 users)"),
    ("W57", "A", "Share of the words that readers see, written by 0.1% of editors"),
    ("W35", "B", "Share of edits by the most active 1% of editors"),
    ("W47", "B", "Share of all edits by the 4,000 most active editors"),
    ("W48", "B", "Share of all edits by the 10,000 most active editors and over 850 programs"),
    ("W52", "B", "Share of edits by editors with more than 100 edits in the month"),
    ("W49", "B", "Editors who made the first tenth of a year's lasting edits, all wikis"),
)


def read(file: str) -> pd.DataFrame:
    """Return a table of data/; the edition called na (Nauruan) is no gap."""
    return pd.read_csv(FOLDER / "data" / file, keep_default_na=False, na_values=[""])


def facts() -> pd.DataFrame:
    """Return the published facts, with the status words of the house."""
    return pd.read_csv(FOLDER / "raw" / "published_facts.csv").replace({"status": STATUS_WORDS})


def who_writes() -> pd.DataFrame:
    """Return the published facts on who writes, as sentences for an exhibit."""
    told = facts().set_index("fact_id")
    rows = []
    for fact, part, what in WHO_WRITES:
        row = told.loc[fact]
        unit = {"percent": "%", "edits": " edits", "editors": " editors"}[row.unit]
        rows.append(
            {
                "fact_id": fact, "part": part, "date": row.date, "measure": what, "says": f"{row.value:g}{unit}",
                "source": row.source, "status": row.status,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def active_editors() -> pd.DataFrame:
    """Return the two counts of active editors of the English edition, and one spliced count, never an average."""
    both = pd.read_csv(FOLDER / "raw" / "english_active_editors.csv")
    is_early = both.month < SPLICE_MONTH
    later = both.active_editors_5plus_reportcard / SPLICE_FACTOR
    spliced = both.active_editors_5plus_wikistats.where(is_early, later).round()
    whole = {column: "Int64" for column in both.columns[1:]}
    return both.astype(whole).assign(
        active_editors_spliced=spliced.astype("Int64"),
        spliced_from=is_early.map({True: "Wikistats", False: "report card"}),
    )


def splice_factor() -> float:
    """Return the median ratio of the two counts in the months that both have."""
    both = active_editors().set_index("month").loc[SETTLED_FROM:]
    return float((both.active_editors_5plus_reportcard / both.active_editors_5plus_wikistats).dropna().median())


def classes() -> pd.DataFrame:
    """Return editors and edits by the fine classes of November 2011: registered users, articles."""
    spread = read("editor_spread_2011_11.csv")
    spread = spread[(spread.user_type == "registered") & (spread.page_type == "article")]
    low = spread.min_edits_in_month.to_numpy()
    many = spread.n_editors.to_numpy()
    fine = pd.DataFrame({"low": low, "high": [*(low[1:] - 1), low[-1]], "editors": many - [*many[1:], 0]})
    middle = (fine.low * fine.high) ** 0.5
    per_editor = {"edits_low": fine.low, "edits": middle, "edits_high": fine.high}
    return fine.assign(**{column: fine.editors * edits for column, edits in per_editor.items()})


def activity() -> pd.DataFrame:
    """Return editors and edits by five classes of activity."""
    fine, rows = classes(), []
    for low, high in CLASSES:
        part = fine[(fine.low >= low) & (fine.low <= (high or fine.low.max()))]
        shares = {
            f"share_of_{column}": part[column].sum() / fine[column].sum()
            for column in ("editors", "edits_low", "edits", "edits_high")
        }
        name = f"{low:,} to {high:,}" if high else f"{low:,} or more"
        rows.append({"edits_in_month": name, "editors": part.editors.sum(), **shares})
    return pd.DataFrame(rows).round(4)


def lorenz() -> pd.DataFrame:
    """Return the Lorenz curve: shares of the least active editors, and of what they edit."""
    fine = classes()
    fine = fine[fine.editors > 0]
    sums = fine[["editors", "edits_low", "edits", "edits_high"]].cumsum()
    shares = sums / sums.iloc[-1]
    points = pd.concat([pd.DataFrame(0.0, index=[-1], columns=shares.columns), shares]).add_prefix("share_of_")
    points.insert(0, "up_to_edits", [0, *fine.high])
    points["equal_share"] = points.share_of_editors
    return points.round(6)


def gini() -> pd.DataFrame:
    """Return the Gini coefficient of the grouped edits for three guesses about the edits within a class."""
    curve, rows = lorenz(), []
    for column, guess in (("edits_low", "lowest"), ("edits", "middle"), ("edits_high", "highest")):
        y = curve[f"share_of_{column}"]
        area = (curve.share_of_editors.diff() * (y + y.shift())).sum()
        rows.append({"edits_counted_as": f"{guess} of the class", "gini": round(float(1 - area), 4)})
    return pd.DataFrame(rows)


def readers_and_editors() -> pd.DataFrame:
    """Return page views and active editors of all Wikimedia projects in the months that both tables have."""
    views = read("movement_readers.csv").set_index("month")
    editors = read("movement_editing.csv").set_index("month")[["active_editors", "new_active_editors"]]
    both = views[["pageviews_user_total", "automated_pageviews"]].join(editors, how="inner").reset_index()
    everything = both.pageviews_user_total + both.automated_pageviews.fillna(0)
    both.insert(3, "pageviews_with_automated", everything.astype("int64"))
    return both.astype({"automated_pageviews": "Int64"})


def editions_counted() -> pd.DataFrame:
    """Return, for each month, how many editions had articles, and all their articles and editors together."""
    editions = read("editions_monthly.csv.gz")
    months = editions.groupby("month")
    counts = {f"editions_{n}": editions[editions.articles >= n].groupby("month").size() for n in (1, 1000, 20000)}
    sums = months[["articles", "active_editors_5plus", "edits"]].sum()
    table = pd.DataFrame(counts).reindex(sums.index).fillna(0).astype(int).join(sums)
    return table.reset_index()


def claims() -> pd.DataFrame:
    """Return the three claims of the course text with what the data say beside each."""
    counted = editions_counted().set_index("month")
    may, february, march = (counted.loc[f"2005-{month}-01"] for month in ("05", "02", "03"))
    visitors = facts().set_index("fact_id").loc["W50"]
    rows = [
        (
            "W01", "1.5 million clicks from volunteer specialists",
            f"Articles, all editions: {february.articles:,} at the end of February 2005, {march.articles:,} at the end "
            f"of March, {may.articles:,} at the end of May. Edits in May alone: {may.edits:,}",
            "Fits articles in spring 2005, not clicks",
        ),
        (
            "W02", "in 15 dialects",
            f"End of May 2005: {may.editions_1} editions with an article, {may.editions_1000} with 1,000 or more, "
            f"{may.editions_20000} with 20,000 or more",
            "Languages, not dialects; 15 only if small editions are left out",
        ),
        (
            "W03", "5 million individuals for every month visit it",
            "No table of ours counts readers before 2016. For 2006 a page quotes 32 million visitors in the USA alone, "
            f"of whom {visitors.value:g}% contributed actively",
            "Cannot be checked here",
        ),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["fact_id", "claim", "data_say", "reading"]).assign(status="reported")


MADE: Final[dict[str, Callable[[], pd.DataFrame]]] = {
    "published_facts.csv": facts,
    "who_writes.csv": who_writes,
    "english_active_editors.csv": active_editors,
    "activity_2011_11.csv": activity,
    "lorenz_2011_11.csv": lorenz,
    "gini_2011_11.csv": gini,
    "readers_and_editors.csv": readers_and_editors,
    "editions_counted.csv": editions_counted,
    "claims.csv": claims,
}


def unpacked(path: Path) -> bytes:
    """Return the bytes of a file, gzipped or not."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


if __name__ == "__main__":
    sys.exit(
        run(
            FOLDER,
            sys.argv[1:],
            made=MADE,
            curated=CURATED,
            content=unpacked,
            reached=lambda: {"splice_factor": splice_factor()},
        )
    )
