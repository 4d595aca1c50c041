"""The invented panel of the bank case: 400 advisers in 40 branches over 24 months.

SYNTHETIC. No adviser, branch or number is real. The panel is built to teach five things about a comparison:

1. Selection: better branches volunteered for the workshops, so that their juniors sold more before they began.
2. A rival cause: the life insurance was launched in all branches four months after the workshops began, and the
   better branches made a little more of it.
3. Attrition: advisers with low motivation leave, so that those who stay look better.
4. Chance: branches drift apart for reasons that nobody recorded, so that an interval is needed.
5. Customers: contracts sold without customers at the table are cancelled more often. This is put in by hand.

The true effect of the workshops on a junior adviser's sales is `WORKSHOP_ACCOUNTS + WORKSHOP_INVESTMENT` a month.
"""

from typing import Final

import numpy as np
import pandas as pd

SEED: Final = 6  # the first seed from 1 on with which every calibration target of case.toml is met
BRANCHES: Final = 40
JUNIORS, SENIORS = 6, 4  # advisers in each branch
MONTHS: Final = 24
WORKSHOP_MONTH: Final = 13  # first month with workshops
LAUNCH_MONTH: Final = 17  # first month in which the life insurance is sold
WORKSHOP_ACCOUNTS: Final = 1.2  # true effect, contracts a month, juniors
WORKSHOP_INVESTMENT: Final = 0.3
CANCELLED: Final = {"workshop": 0.10, "other": 0.24}  # true chance that a life insurance is cancelled


def make_panel(seed: int = SEED) -> pd.DataFrame:
    """Return the panel: one row per adviser and month, until the adviser leaves or month 24."""
    rng = np.random.default_rng(seed)
    quality = rng.standard_normal(BRANCHES)
    willing = 0.8 * quality + 0.6 * rng.standard_normal(BRANCHES)
    has_workshop = willing >= np.sort(willing)[BRANCHES // 2]
    drift = rng.normal(0, 0.05, BRANCHES)  # contracts a month, added every month
    rows: list[dict[str, object]] = []
    for branch in range(BRANCHES):
        for place in range(JUNIORS + SENIORS):
            is_junior = place < JUNIORS
            fixed = {
                "adviser": f"A{branch * (JUNIORS + SENIORS) + place + 1:03d}",
                "branch": f"B{branch + 1:02d}",
                "managers_in_workshop": "yes" if has_workshop[branch] else "no",
                "grade": "junior" if is_junior else "senior",
                "age": int(rng.integers(25, 36) if is_junior else rng.integers(36, 61)),
            }
            rows += _career(fixed, float(quality[branch]), float(drift[branch]), bool(has_workshop[branch]), rng)
    return pd.DataFrame(rows)


def _career(
    fixed: dict[str, object], quality: float, drift: float, has_workshop: bool, rng: np.random.Generator
) -> list[dict[str, object]]:
    """Return the months of one adviser. Random numbers are drawn for all 24 months, also for those who leave."""
    is_junior = fixed["grade"] == "junior"
    skill = rng.standard_normal()
    rows: list[dict[str, object]] = []
    has_left = False
    for month in range(1, MONTHS + 1):
        in_workshop = has_workshop and month >= WORKSHOP_MONTH
        phase = min(1.0, (month - WORKSHOP_MONTH + 1) / 3) if in_workshop else 0.0
        is_launched = month >= LAUNCH_MONTH
        mood = _mood(is_junior, quality, skill, phase, is_launched) + rng.normal(0, 0.7)
        knowledge = _knowledge(is_junior, quality, skill, phase, month) + rng.normal(0, 3)
        trust = (4.7 + 0.4 * phase if is_junior else 3.1 + 0.8 * phase) + rng.normal(0, 0.8)
        accounts, investment, life = _rates(is_junior, quality, skill, in_workshop, month)
        accounts += drift * (month - WORKSHOP_MONTH)
        sold = rng.poisson(max(accounts, 0.5)), rng.poisson(investment), rng.poisson(life)
        cancelled = rng.binomial(sold[2], CANCELLED["workshop" if has_workshop else "other"])
        leaves = rng.random() < (0.006 * np.exp(0.8 * (4.8 - mood)) if is_junior else 0.003)
        if not has_left:
            rows.append(
                {
                    **fixed,
                    "month": month,
                    "knowledge": round(float(np.clip(knowledge, 0, 100))),
                    "motivation": round(float(np.clip(mood, 0, 10)), 1),
                    "trust_other_grade": round(float(np.clip(trust, 0, 10)), 1),
                    "sold_accounts": int(sold[0]),
                    "sold_investment": int(sold[1]),
                    "sold_life": int(sold[2]) if is_launched else None,
                    "sold_all": int(sold[0] + sold[1] + (sold[2] if is_launched else 0)),
                    "life_cancelled": int(cancelled) if is_launched and month <= MONTHS - 2 else None,
                }
            )
        has_left = has_left or leaves
    for row in rows:
        row["last_month"] = rows[-1]["month"] if has_left and len(rows) < MONTHS else None
    return rows


def _mood(is_junior: bool, quality: float, skill: float, phase: float, is_launched: bool) -> float:
    if not is_junior:
        return 6.7 + 0.1 * quality + 0.3 * skill + 0.1 * phase
    return 4.5 + 0.3 * quality + 0.5 * skill + 0.9 * phase + 0.5 * is_launched


def _knowledge(is_junior: bool, quality: float, skill: float, phase: float, month: int) -> float:
    if not is_junior:
        return 76 + 2 * quality + 4 * skill
    return 43 + 2 * quality + 5 * skill + 0.15 * month + 4 * phase


def _rates(is_junior: bool, quality: float, skill: float, in_workshop: bool, month: int) -> tuple[float, float, float]:
    """Return the expected contracts of a month: accounts and savings, investment products, life insurance."""
    launched = float(month >= LAUNCH_MONTH)
    if not is_junior:
        return 5.0 + 0.3 * quality, 6.0 + 0.7 * quality + 0.4 * skill, 0.7 * launched
    accounts = 7.6 + 1.2 * quality + 0.4 * skill + 0.03 * month + WORKSHOP_ACCOUNTS * in_workshop
    investment = 0.5 + 0.1 * skill + WORKSHOP_INVESTMENT * in_workshop
    return accounts, max(investment, 0.05), max(1.7 + 0.3 * quality, 0.1) * launched
