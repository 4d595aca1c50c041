"""Make the reference tables from the copies in raw/, or check that they are what this script makes.

    python cases/reference/prepare.py            write data/ and record each sha256 in case.toml
    python cases/reference/prepare.py --check    write nothing; report every difference; exit status 1 if there is one

Numbers are copied as they are. What changes: statuses and notes in the words of the house, paraphrased labels of the
survey items, and reliabilities computed from the correlations. Where each copy is from stands in raw/SOURCES.md.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pandas as pd

from cocreate_teach.cases.preparing import run

FOLDER: Final = Path(__file__).resolve().parent
CURATED: Final = {
    "raw/bass1969_parameters.csv": "02d4788e9f018d4a7be777020150f37431cd30223a3b39adccf1c02f5c7319e5",
    "raw/diffusion_series_classic.csv": "17a78d16f43cef4ede0afb80a0cc6b1dd799efb2cb614b288f26632164deba1d",
    "raw/ecsi_mobile_correlations.csv": "15660548269defd4cdce7974f9762a7c857841906e60cc837e18d33c4a2c1ead",
    "raw/scale_structures.csv": "710b545590bbb3a4fc19edb2fc5e5e47d9e51daa8aa79cba6b7ba1030d50a133",
    "raw/van_den_bulte_pq_averages.csv": "dff51986a34aac3da5ad2a74771a866dbff3c93dad4e5a8868c9cfbf14d7aff9",
}
CONSTRUCTS: Final = {
    "imag": "image", "cuex": "expectations", "perq": "perceived quality", "perv": "perceived value",
    "cusa": "satisfaction", "cusco": "complaints", "cusl": "loyalty",
}  # fmt: skip
LABELS: Final = {  # what an item asks about, in our words; the questions themselves are not here
    "cuex1": "quality expected when becoming a customer",
    "cuex2": "expected fit with own needs",
    "cuex3": "expected frequency of problems",
    "cusa1": "satisfaction as a whole",
    "cusa2": "expectations met",
    "cusa3": "distance from an ideal provider",
    "cusco": "handling of a complaint, real or imagined",
    "cusl1": "would choose the same provider again",
    "cusl2": "price gap at which a customer would switch",
    "cusl3": "would recommend the provider to friends",
    "imag1": "keeps its word",
    "imag2": "solid and well established",
    "imag3": "does something for society",
    "imag4": "cares about its customers",
    "imag5": "looks ahead and innovates",
    "perq1": "quality as a whole",
    "perq2": "network works well",
    "perq3": "service and advice in person",
    "perq4": "quality of the services in use",
    "perq5": "choice of products and services",
    "perq6": "dependable and exact products",
    "perq7": "clear and open information",
    "perv1": "price, judged for this quality",
    "perv2": "quality, judged for this price",
}
# Per scale: status of structure and dimensions, status of the number of items, and what was read.
SCALES: Final = {
    "customer_value_cocreation_behaviour": (
        "published", "unverified", "Dimensions from the abstract; the number of items is from memory",
    ),
    "DART": ("published", "", "Dimensions read in a copy of the article; the number of items was not reached"),
    "patient_vcc_DART": ("published", "published", "Read on the page of the journal"),
    "DART_telecom": ("published", "", "Read in the record of the article in a university's repository"),
    "PII_1985": ("reported", "reported", "Read in McQuarrie & Munson, not in the article itself"),
    "PII_1994": ("unverified", "unverified", "All of this row is from memory"),
    "RPII": ("published", "published", "Read in a copy of the article"),
    "commitment_structure": (
        "reported", "", "Dimensions read in a text that cites the article; the items were not reached",
    ),
    "commitment_trust_KMV": (
        "unverified", "", "The list of constructs is from memory; the correlation matrix was not reached. A thesis of "
        "2003 says that a covariance matrix was published",
    ),
    "ECSI_mobile": ("reported", "reported", "Read in the documentation of the R package seminr"),
}  # fmt: skip
UNITS: Final = {"thousand_units": "thousand units", "adopting_hospitals": "hospitals", "pct_of_adopters": "percent"}
BASS_NOTES: Final = {
    "electric_refrigerators": "one of the two code files has q = 0.215666",
    "black_white_television": "one of the two code files has q = 0.251105",
    "clothes_dryers": "one of the two code files has p = 0.01712060",
    "water_softeners": "the rounded copy of m is ten times too large: a slip in the copy",
}


def raw(file: str, **settings: Any) -> pd.DataFrame:
    """Return a copy as it was found."""
    return pd.read_csv(FOLDER / "raw" / file, **settings)


def scale_structures() -> pd.DataFrame:
    """Return the scales; a row has one status for its structure and one for its number of items."""
    table = raw("scale_structures.csv")
    status, items, note = zip(*(SCALES[scale] for scale in table["scale"]), strict=True)
    facts = table.dimensions_or_facts.str.replace(
        "(data included: ecsi_mobile_250.csv)", "(see ecsi_items and ecsi_correlations)", regex=False
    )
    kept = table.assign(
        n_items=table.n_items.astype("Int64"), dimensions_or_facts=facts, status=status, n_items_status=items, note=note
    )
    return kept[
        ["scale", "citation", "structure", "n_items", "n_items_status", "dimensions_or_facts", "url", "status", "note"]
    ]


def ecsi_items() -> pd.DataFrame:
    """Return one row per survey item, with a label in our words."""
    table = raw("ecsi_mobile_correlations.csv")
    prefix = table.variable.str.extract("^([a-z]+)", expand=False)
    labelled = table.assign(construct=prefix.map(CONSTRUCTS), label=table.variable.map(LABELS))
    return labelled[["variable", "construct", "label", "mean", "sd", "n"]]


def ecsi_correlations() -> pd.DataFrame:
    """Return the correlations alone: rows and columns in the same order."""
    return raw("ecsi_mobile_correlations.csv").drop(columns=["mean", "sd", "n"])


def ecsi_constructs() -> pd.DataFrame:
    """Return Cronbach's alpha of each construct, computed from correlations and standard deviations."""
    correlations, everything = ecsi_correlations().set_index("variable"), ecsi_items()
    rows = []
    for construct in CONSTRUCTS.values():
        items = everything[everything.construct == construct]
        names, k = list(items.variable), len(items)
        covariances = correlations.loc[names, names].to_numpy() * items.sd.to_numpy() * items.sd.to_numpy()[:, None]
        share = covariances.trace() / covariances.sum()
        alpha = round(k / (k - 1) * (1 - share), 3) if k > 1 else None
        rows.append({"construct": construct, "n_items": k, "alpha": alpha})
    return pd.DataFrame(rows)


def diffusion_series() -> pd.DataFrame:
    """Return the classic series, with units in words."""
    return raw("diffusion_series_classic.csv", dtype=str).replace({"unit": UNITS})  # 96 stays 96, not 96.0


def bass_1969() -> pd.DataFrame:
    """Return the parameters; what the two code files say otherwise stands in the note."""
    # In the copy a comma without quotes splits the corroboration in two: rows have one field more than the head.
    names = ["product", "p", "q", "m_thousand_units", "status", "m_rounded_copy", "citation", "files", "and", "note"]
    table = raw("bass1969_parameters.csv", names=names, skiprows=1)
    return table.assign(note=table["product"].map(BASS_NOTES))[
        ["product", "p", "q", "m_thousand_units", "m_rounded_copy", "note"]
    ]


def van_den_bulte() -> pd.DataFrame:
    """Return the averages: read on a vendor's page, not in what Van den Bulte wrote, hence *reported*."""
    return raw("van_den_bulte_pq_averages.csv").assign(status="reported")


MADE: Final[dict[str, Callable[[], pd.DataFrame]]] = {
    "scale_structures.csv": scale_structures,
    "ecsi_mobile_items.csv": ecsi_items,
    "ecsi_mobile_correlations.csv": ecsi_correlations,
    "ecsi_mobile_constructs.csv": ecsi_constructs,
    "diffusion_series_classic.csv": diffusion_series,
    "bass1969_parameters.csv": bass_1969,
    "van_den_bulte_pq_averages.csv": van_den_bulte,
}


if __name__ == "__main__":
    sys.exit(run(FOLDER, sys.argv[1:], made=MADE, curated=CURATED))
