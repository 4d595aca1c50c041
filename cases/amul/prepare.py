"""Make the derived tables of the vignette, or check that they are what this script makes.

    python cases/amul/prepare.py            write data/ and record each sha256 in case.toml
    python cases/amul/prepare.py --check    write nothing; report every difference; exit status 1 if there is one

data/figures.csv was transcribed by hand from the pages that its rows name by the number of the source.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas as pd

from cocreate_teach.cases.preparing import run

FOLDER: Final = Path(__file__).resolve().parent
CURATED: Final = {"data/figures.csv": "9bcd0a3ddff90b7087427ce03d39fefbc3fac11227e2e910ec16e8bede5f3dab"}
# Members were not told for 2016-17: the number is that of the start of the year.
YEARS: Final = {
    "2009-10": ("milk_2009", "price_2009", "members_2009"),
    "2011-12": ("milk_2011", "price_2011", "members_2011"),
    "2016-17": ("milk_2016", "price_2016", "members_2015"),
    "2019-20": ("milk_2019", "price_2019", "members_2019"),
}
# Question, what one page prints, what another page prints, what may be behind it (our reading).
CONFLICTS: Final = (
    ("Milk a day, 2009-10", "milk_2009", "milk_2009_slip", "A slip: a lakh is 100,000, and 90.93 lakh were misread"),
    ("Milk a day, early 2016", "milk_2015_first", "milk_2015", "An older count beside a round one? No page says"),
    ("Milk a day, 2016-17", "milk_2016", "milk_2016_gujarat", "Litres and kilograms; the second is Gujarat alone"),
    ("Members, early 2016", "members_2015_first", "members_2015", "'More than'; members, or those who deliver?"),
    ("Buffalo milk, 2016-17", "litre_2016", "litre_2016_six", "One price of fat; richer and less rich milk"),
    ("Large farms", "farms_first", "farms_2014", "Both 'over'; two years; the second does not define large"),
)


def figures() -> pd.DataFrame:
    """Return the transcribed figures by fact."""
    return pd.read_csv(FOLDER / "data" / "figures.csv", keep_default_na=False).set_index("fact")


def growth() -> pd.DataFrame:
    """Return milk, price and members of four years, and milk times price as an index: in all, and for each member."""
    value = figures()["value"]
    rows = pd.DataFrame(
        {
            "period": period,
            "year_end": f"20{period[-2:]}-03-31",
            "milk_million_litres": value[milk],
            "price_rupees": value[price],
            "members_million": value[members],
        }
        for period, (milk, price, members) in YEARS.items()
    )
    paid = rows.milk_million_litres * rows.price_rupees
    each = paid / rows.members_million
    return rows.assign(paid_index=(100 * paid / paid[0]).round(1), paid_each_index=(100 * each / each[0]).round(1))


def conflicts() -> pd.DataFrame:
    """Return the places where two pages print different numbers, each with its source, and their ratio."""
    rows = figures()

    def told(fact: str) -> str:
        row = rows.loc[fact]
        return f"{row.value:,.6g} {row.unit} [{row.source}]"

    return pd.DataFrame(
        {
            "question": question,
            "one_page": told(one),
            "another_page": told(other),
            "larger_by_smaller": round(max(pair) / min(pair), 2),
            "our_reading": reading,
        }
        for question, one, other, reading in CONFLICTS
        for pair in [rows.loc[[one, other], "value"]]
    )


MADE: Final[dict[str, Callable[[], pd.DataFrame]]] = {"growth.csv": growth, "conflicts.csv": conflicts}


if __name__ == "__main__":
    sys.exit(run(FOLDER, sys.argv[1:], made=MADE, curated=CURATED))
