"""Make the tables of the bank case, or check that they are what this script makes.

    python cases/bank/prepare.py            write data/ and record each sha256 in case.toml
    python cases/bank/prepare.py --check    write nothing; report every difference; exit status 1 if there is one

The real clients are not made here: their files are checked. Written again in the form of the original archive
(semicolons, quoted texts), they must have the sha256 of the original files.
"""

import csv
import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pandas as pd
import synthetic

from cocreate_teach.cases.aggregation import aggregate, estimate
from cocreate_teach.cases.preparing import metadata, run
from cocreate_teach.models import (
    ParticipationParameters,
    coalition_value,
    net_value,
    participation_equilibrium,
    participation_parameters,
    rewards,
)

FOLDER: Final = Path(__file__).resolve().parent
STATUS_WORDS: Final = {"SECONDARY-CLAIM": "reported", "REAL-TRANSCRIBED": "published"}
ORIGINAL_HEADER: Final = (
    "age", "job", "marital", "education", "default", "balance", "housing", "loan", "contact", "day", "month",
    "duration", "campaign", "pdays", "previous", "poutcome", "y",
)  # fmt: skip
ORIGINAL_NUMBERS: Final = {"age", "balance", "day", "duration", "campaign", "pdays", "previous"}
CURATED: Final = {  # of the files in their original form
    "data/clients_full.csv.gz": "d1513ec63b385506f7cfce9f2c5caa9fe99e7ba4e8c3fa264b3aaf0f849ed32d",
    "data/clients_sample.csv": "dc8d576e9bda0f41ee891251bd84bab9a39ce576cba715aac08adc2374a01fde",
}
# What each stakeholder had to say about the product before it was launched, as Part B of the story tells it.
ASKED: Final = {
    "customer": "heard in the workshops; saw no draft",
    "junior adviser": "told by e-mail",
    "senior adviser": "told by e-mail",
    "management": "decided",
}


def facts() -> pd.DataFrame:
    """Return the reported facts, with the status words of the house."""
    raw = pd.read_csv(FOLDER / "raw" / "published_facts.csv").replace({"status": STATUS_WORDS})
    return raw.assign(value=raw.value.str.replace(r"\s*;\s*", "; ", regex=True))


def meta_analysis() -> pd.DataFrame:
    """Return the meta-analysis: a web page's transcription, never seen in the article, hence *reported*."""
    raw = pd.read_csv(FOLDER / "raw" / "meta_analysis_harter2002.csv")
    return raw.assign(outcome=raw.outcome.str.replace("_", " "), note=raw.status, status="reported")


def advisers() -> pd.DataFrame:
    """Return the synthetic panel, whole numbers with blanks where a number does not exist yet."""
    panel = synthetic.make_panel()
    whole = ["sold_life", "life_cancelled", "last_month"]
    return panel.astype(dict.fromkeys(whole, "Int64"))


def circles() -> dict[str, ParticipationParameters]:
    """Return the parameters of each preset of the participation model."""
    found = {}
    for name, raw in metadata(FOLDER)["presets"].items():
        if raw["model"] == "participation":
            links = {
                key: {tuple(x["between"]): x["value"] for x in raw.get(key, ())} for key in ("synergy", "transfer")
            }
            found[name] = participation_parameters(tuple(raw["stakeholders"]), cost=raw["cost"], **links)
    return found


def model_table() -> pd.DataFrame:
    """Return what the participation model says about each preset of case.toml."""
    rows = []
    for name, parameters in circles().items():
        stays = participation_equilibrium(parameters)
        gone = [who for who, stay in zip(parameters.stakeholders, stays, strict=True) if not stay]
        junior = parameters.stakeholders.index("junior adviser")
        rows.append(
            {
                "preset": name,
                "label": metadata(FOLDER)["presets"][name]["label"],
                "junior_gets_back": round(float(rewards(parameters)[junior]), 4),
                "junior_puts_in": float(parameters.cost[junior]),
                "who_leaves": ", ".join(gone) or "nobody",
                "value_created": round(float(coalition_value(parameters, stays)), 4),
                "net_value": round(float(net_value(parameters, stays)), 4),
                "net_value_if_all_stayed": round(float(net_value(parameters)), 4),
            }
        )
    return pd.DataFrame(rows)


def ledger() -> pd.DataFrame:
    """Return who puts in and who gets back around the launch, and what each had to say about it in the story."""
    found = circles()
    before = found["before"]

    def back(name: str) -> list[float]:
        return [round(float(x), 4) for x in rewards(found[name], participation_equilibrium(found[name]))]

    return pd.DataFrame(
        {
            "stakeholder": before.stakeholders,
            "puts_in": before.cost,
            "back_before": back("before"),
            "back_after": back("after"),
            "back_side_payment": back("transfer"),
            "asked": [ASKED[who] for who in before.stakeholders],
        }
    )


def comparisons() -> pd.DataFrame:
    """Return the comparisons of the panel that no exhibit shows, each with its 95% interval over branches."""
    panel = advisers().assign(no_life=lambda p: p.sold_accounts + p.sold_investment)
    juniors = panel[panel.grade == "junior"]
    changes = next(x for x in metadata(FOLDER)["exhibits"] if x["kind"] == "before_after")
    seniors = changes | {"y": "trust_other_grade", "where": [{"column": "grade", "is": ["senior"]}]}

    def told(rows: pd.DataFrame, settings: dict[str, Any], quantity: str, group: str) -> tuple[float, ...]:
        numbers = aggregate(rows, settings).set_index(["quantity", "group"])
        return tuple(numbers.loc[(quantity, group), ["estimate", "low", "high"]])

    last = juniors.groupby("adviser").last_month.first()
    first_year = juniors[juniors.month < synthetic.WORKSHOP_MONTH].groupby("adviser").motivation.mean()
    kept = juniors.dropna(subset=["life_cancelled"]).assign(kept=lambda p: p.sold_life - p.life_cancelled)
    kept = kept.astype({"kept": float}).groupby(["managers_in_workshop", "branch"]).kept.mean()
    treated = changes["treated"]
    found = {
        "changes_before_launch": told(panel[panel.month < synthetic.LAUNCH_MONTH], changes, "change", "difference"),
        "changes_without_life": told(panel, changes | {"y": "no_life"}, "change", "difference"),
        "changes_of_those_who_stayed": told(panel[panel.last_month.isna()], changes, "change", "difference"),
        "trust_of_seniors_before": told(panel, seniors, "before", treated),
        "trust_of_seniors_after": told(panel, seniors, "after", treated),
        "motivation_of_leavers": estimate(first_year[last >= synthetic.WORKSHOP_MONTH]),
        "motivation_of_stayers": estimate(first_year[last.isna()]),
        "life_kept_other": estimate(kept["no"]),
        "life_kept_workshop": estimate(kept["yes"]),
    }
    rows = [(name, *(round(float(x), 4) for x in values)) for name, values in found.items()]
    return pd.DataFrame(rows, columns=["comparison", "estimate", "low", "high"])


MADE: Final[dict[str, Callable[[], pd.DataFrame]]] = {
    "published_facts.csv": facts,
    "meta_analysis_harter2002.csv": meta_analysis,
    "advisers_synthetic.csv": advisers,
    "participation_illustrative.csv": model_table,
    "ledger_illustrative.csv": ledger,
    "comparisons_synthetic.csv": comparisons,
}


def as_original(path: Path) -> bytes:
    """Return a file of real clients in the form of the original archive."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = list(csv.reader(io.StringIO(raw.decode())))[1:]
    lines = [";".join(f'"{name}"' for name in ORIGINAL_HEADER)]
    for row in rows:
        pairs = zip(ORIGINAL_HEADER, row[: len(ORIGINAL_HEADER)], strict=True)
        lines.append(";".join(value if name in ORIGINAL_NUMBERS else f'"{value}"' for name, value in pairs))
    return ("\n".join(lines) + "\n").encode()


def calibration(panel: pd.DataFrame) -> dict[str, float]:
    """Return the numbers for which case.toml states a target."""
    juniors = panel[panel.grade == "junior"]
    early = panel[panel.month < synthetic.LAUNCH_MONTH]
    settings = next(x for x in metadata(FOLDER)["exhibits"] if x["kind"] == "before_after")

    def change(rows: pd.DataFrame, group: str) -> float:
        return float(aggregate(rows, settings).set_index(["quantity", "group"]).estimate["change", group])

    after = aggregate(panel, settings).set_index(["quantity", "group"]).estimate["after", "difference"]
    left = juniors.groupby(["managers_in_workshop", "adviser"]).last_month.first().notna().groupby(level=0).mean()
    known = juniors.dropna(subset=["life_cancelled"]).groupby("managers_in_workshop")
    cancelled = known.life_cancelled.sum() / known.sold_life.sum()
    before = juniors[juniors.month < synthetic.WORKSHOP_MONTH]
    return {
        "true_effect": synthetic.WORKSHOP_ACCOUNTS + synthetic.WORKSHOP_INVESTMENT,
        "difference_after": float(after),
        "change_with_workshops": change(panel, settings["treated"]),
        "difference_of_changes": change(panel, "difference"),
        "difference_of_changes_before_launch": change(early, "difference"),
        "juniors_left_other": float(left["no"]),
        "juniors_left_workshop": float(left["yes"]),
        "cancelled_other": float(cancelled["no"]),
        "cancelled_workshop": float(cancelled["yes"]),
        "junior_knowledge_before": float(before.knowledge.mean()),
        "junior_motivation_before": float(before.motivation.mean()),
    }


if __name__ == "__main__":
    sys.exit(
        run(
            FOLDER,
            sys.argv[1:],
            made=MADE,
            curated=CURATED,
            content=as_original,
            reached=lambda: calibration(advisers()),
        )
    )
