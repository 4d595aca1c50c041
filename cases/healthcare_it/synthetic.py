"""The invented referral network of the healthcare IT case: who works with whom, and who has a record when.

SYNTHETIC. No physician, hospital, patient or supplier is real. Members of four groups adopt by the Bass model with the
p and q of `models.ADOPTION_EXAMPLE` (illustrative), each member by itself. Pairs of all six kinds are drawn by lot.
The network is built to teach three things:

1. A pair of which one side has adopted is one-sided; early adoption makes more such pairs before it makes fewer.
2. Groups differ: hospitals are early, patients late, so that pairs with patients stay one-sided for longest.
3. One practice chooses only its own period. What its partners do decides how many of its links are linked.
"""

from typing import Final

import numpy as np
import pandas as pd

from cocreate_teach.models import ADOPTION_EXAMPLE

SEED: Final = 1  # the first seed from 1 on with which every calibration target of case.toml is met
PERIODS: Final = 30  # who adopts later has an empty cell
MEMBERS: Final = {"physicians": 200, "hospitals": 100, "patients": 600, "suppliers": 100}
LETTERS: Final = {"physicians": "D", "hospitals": "H", "patients": "P", "suppliers": "S"}
LINKS_PER_KIND: Final = 300
PRACTICE: Final = "D001"  # the practice of the case; its own period is set by the option
PRACTICE_LINKS: Final = {"hospitals": 4, "patients": 40, "suppliers": 6}
TODAY: Final = 8
OPTIONS: Final = {"buy now": 9, "wait": 12, "join": 10}  # period in which the practice adopts


def adoption_periods(group: str, rng: np.random.Generator) -> np.ndarray:
    """Return the period in which each member of a group adopts: the Bass curve, eq. (18), turned round."""
    place = ADOPTION_EXAMPLE.stakeholders.index(group)
    p = float(np.broadcast_to(ADOPTION_EXAMPLE.innovation, 4)[place])
    q = float(np.broadcast_to(ADOPTION_EXAMPLE.imitation, 4)[place])
    share = rng.random(MEMBERS[group])
    time = np.log((1 + q / p * share) / (1 - share)) / (p + q)
    return np.ceil(time).astype(int)


def make_links(seed: int = SEED) -> pd.DataFrame:
    """Return the network: one row per pair with the period in which each side adopts."""
    rng = np.random.default_rng(seed)
    groups = list(MEMBERS)
    periods = {group: adoption_periods(group, rng) for group in groups}
    rows: list[dict[str, object]] = []
    for i, left in enumerate(groups):
        for right in groups[i + 1 :]:
            cells = rng.choice(MEMBERS[left] * MEMBERS[right], LINKS_PER_KIND, replace=False)
            for cell in np.sort(cells):
                a, b = divmod(int(cell), MEMBERS[right])
                if (left, a) != ("physicians", 0):  # the practice of the case gets its own links below
                    rows.append(_link(left, a, right, b, periods))
    for right, many in PRACTICE_LINKS.items():
        for b in np.sort(rng.choice(MEMBERS[right], many, replace=False)):
            rows.append(_link("physicians", 0, right, int(b), periods))
    links = pd.DataFrame(rows)
    links.loc[links["first"] == PRACTICE, "first_adopts"] = None
    for column in ("first_adopts", "second_adopts"):
        links[column] = links[column].where(links[column] <= PERIODS).astype("Int64")
    links.insert(0, "link", [f"L{i:04d}" for i in range(1, len(links) + 1)])
    return links


def _link(left: str, a: int, right: str, b: int, periods: dict[str, np.ndarray]) -> dict[str, object]:
    return {
        "pair": f"{left} and {right}",
        "first": f"{LETTERS[left]}{a + 1:03d}",
        "second": f"{LETTERS[right]}{b + 1:03d}",
        "first_adopts": int(periods[left][a]),
        "second_adopts": int(periods[right][b]),
    }


def pair_shares(links: pd.DataFrame) -> pd.DataFrame:
    """Return, for each kind of pair and period, the shares linked, one-sided and neither; unlinked is the last two."""
    links = links[links["first"] != PRACTICE]
    rows = []
    for pair, part in [("all kinds", links), *links.groupby("pair", sort=False)]:
        for period in range(PERIODS + 1):
            has = [part[c].le(period).fillna(False).astype(bool) for c in ("first_adopts", "second_adopts")]
            linked, one_sided = float((has[0] & has[1]).mean()), float((has[0] ^ has[1]).mean())
            rows.append(
                {
                    "period": period, "pair": pair, "linked": linked, "one_sided": one_sided,
                    "neither": 1 - linked - one_sided, "unlinked": 1 - linked,
                }
            )  # fmt: skip
    return pd.DataFrame(rows).round(4).replace(-0.0, 0.0)


def practice_options(links: pd.DataFrame) -> pd.DataFrame:
    """Return, for each option and period, how the links of the practice stand.

    To the model an option is only a date: who holds the record, and whether two systems can talk, is not in it.
    """
    own = links[links["first"] == PRACTICE].reset_index(drop=True)
    rows = []
    for option, start in OPTIONS.items():
        partner = own.second_adopts.astype("float")
        for period in range(TODAY, 21):
            has, they = period >= start, partner.le(period)
            counts = {
                "linked": int(they.sum()) if has else 0,
                "one_sided_we_have": int((~they).sum()) if has else 0,
                "one_sided_they_have": 0 if has else int(they.sum()),
            }
            one_sided = counts["one_sided_we_have"] + counts["one_sided_they_have"]
            neither = len(own) - counts["linked"] - one_sided
            rows.append({"period": period, "option": option, **counts, "one_sided": one_sided, "neither": neither})
    return pd.DataFrame(rows)
