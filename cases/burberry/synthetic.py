"""The invented panel of the Burberry case: 24 shops of an invented coat maker over 24 months.

SYNTHETIC. No shop, post, suggestion or order is real, and none of them is Burberry's. The panel teaches four things:

1. Where suggestions get lost: sales hears most, service answers most, marketing is liked most.
2. A lot: from month 13 on, 12 shops drawn by lot have a joint desk of the three departments, so that a comparison
   with the other 12 is fair. The true effect of the desk on suggestions that are used is `DESK_USED` a month.
3. A coincidence: a campaign for followers runs in all shops from month 19 on, just as the season begins. Orders rise
   after it as they did a year before without it. Its true effect on orders is 0.
4. A price: the desk costs `DESK_HOURS` hours of work more a month in each shop, and its true effect on orders is 0.
"""

from typing import Final

import numpy as np
import pandas as pd

SEED: Final = 1  # the first seed from 1 on with which every calibration target of case.toml is met
SHOPS: Final = 24
MONTHS: Final = 24
DESK_MONTH: Final = 13  # first month of the joint desk
CAMPAIGN_MONTH: Final = 19  # first month of the campaign for followers
DEPARTMENTS: Final = ("sales", "service", "marketing")
POSTS: Final = {"sales": 2.0, "service": 3.0, "marketing": 18.0}  # a month and shop
LIKES: Final = {"sales": 0.4, "service": 0.3, "marketing": 0.73}  # for each post, of 1,000 followers
HEARD: Final = {"sales": 14.0, "service": 9.0, "marketing": 5.0}  # suggestions a month and shop
ANSWERED: Final = {"sales": 0.35, "service": 0.70, "marketing": 0.20}  # share of suggestions, without the desk
USED: Final = {"sales": 0.05, "service": 0.10, "marketing": 0.06}
DESK_ANSWERED: Final = {"sales": 0.60, "service": 0.80, "marketing": 0.55}
DESK_USED: Final = 2.4  # true effect: more suggestions used in a month and shop
DESK_HOURS: Final = 18.0
YEAR_GROWTH: Final = 0.17  # followers in 12 months without a campaign
CAMPAIGN_GROWTH: Final = 0.05  # more followers in each month of the campaign
SEASON: Final = (0.85, 0.85, 0.95, 0.95, 0.95, 0.95, 0.95, 1.0, 1.15, 1.25, 1.35, 1.45)


def make_panel(seed: int = SEED) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return two tables: one row per shop, month and department; and one row per shop and month."""
    rng = np.random.default_rng(seed)
    has_desk = np.isin(np.arange(SHOPS), rng.permutation(SHOPS)[: SHOPS // 2])
    size = np.exp(rng.normal(0, 0.25, SHOPS))
    parts: list[dict[str, object]] = []
    shops: list[dict[str, object]] = []
    for shop in range(SHOPS):
        followers = 40_000 * size[shop]
        for month in range(1, MONTHS + 1):
            at_desk = bool(has_desk[shop]) and month >= DESK_MONTH
            if month > 1:
                campaign = CAMPAIGN_GROWTH * (month >= CAMPAIGN_MONTH)
                followers *= (1 + YEAR_GROWTH) ** (1 / 12) + campaign + rng.normal(0, 0.003)
            fixed = {"shop": f"S{shop + 1:02d}", "joint_desk": "yes" if has_desk[shop] else "no", "month": month}
            rows = [fixed | _department(name, followers, at_desk, rng) for name in DEPARTMENTS]
            parts += rows
            hours = 22 + DESK_HOURS * at_desk + rng.normal(0, 2)
            shops.append(
                fixed
                | {
                    "followers": round(followers),
                    "suggestions_used": sum(int(str(row["used"])) for row in rows),
                    "hours": round(hours, 1),
                    "online_orders": int(rng.poisson(300 * size[shop] * SEASON[(month - 1) % 12])),
                }
            )
    return pd.DataFrame(parts), pd.DataFrame(shops)


def _department(name: str, followers: float, at_desk: bool, rng: np.random.Generator) -> dict[str, object]:
    """Return what one department of one shop does in one month; what is used was answered before."""
    posts = int(rng.poisson(POSTS[name]))
    likes = int(rng.poisson(posts * LIKES[name] * followers / 1000))
    heard = int(rng.poisson(HEARD[name]))
    share = (DESK_ANSWERED if at_desk else ANSWERED)[name]
    answered = int(rng.binomial(heard, share))
    used_share = USED[name] + at_desk * DESK_USED / sum(HEARD.values())
    used = int(rng.binomial(answered, min(1.0, used_share / share)))
    return {
        "department": name, "posts": posts, "likes": likes, "suggestions": heard, "answered": answered, "used": used,
    }  # fmt: skip


def calibration(parts: pd.DataFrame, shops: pd.DataFrame) -> dict[str, float]:
    """Return the numbers for which case.toml states a target."""
    early = parts[parts.month < DESK_MONTH]
    marketing = early[early.department == "marketing"].merge(shops, on=["shop", "month"])
    sums = early.groupby("department")[["suggestions", "answered", "used"]].sum()
    by_month = shops.groupby("month")[["followers", "online_orders"]].sum()
    is_late = shops.month >= DESK_MONTH
    means = shops.groupby(["joint_desk", is_late])[["suggestions_used", "hours", "online_orders"]].mean()
    change = means.xs(True, level=1) - means.xs(False, level=1)
    effect = change.loc["yes"] - change.loc["no"]
    orders, months = by_month.online_orders, by_month.followers
    answered, used = sums.answered / sums.suggestions, sums.used.sum() / sums.suggestions.sum()
    return {
        "marketing_posts": float(marketing.posts.mean()),
        "likes_per_post_1000": float(1000 * marketing.likes.sum() / (marketing.posts * marketing.followers).sum()),
        "followers_growth_year": float(months[13] / months[1] - 1),
        "followers_growth_campaign": float(months[24] / months[18] - 1),
        "answered_sales": float(answered["sales"]),
        "answered_service": float(answered["service"]),
        "answered_marketing": float(answered["marketing"]),
        "used_before": float(used),
        "desk_effect_used": float(effect.suggestions_used),
        "desk_effect_hours": float(effect.hours),
        "desk_effect_orders": float(effect.online_orders),
        "orders_rise_first_year": float(orders.loc[7:12].sum() / orders.loc[1:6].sum() - 1),
        "orders_rise_second_year": float(orders.loc[19:24].sum() / orders.loc[13:18].sum() - 1),
    }
