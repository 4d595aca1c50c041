"""The network that the explorer of business models moves: life insurance of an invented bank (illustrative).

Activities and the first eight links are those of docs/models/business_model.md; the last four are links that give
customers and advisers a say.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

import numpy as np

from cocreate_teach import models

STAKEHOLDERS: Final = ("customer", "advisers", "bank", "insurer", "reinsurer")

ACTIVITIES: Final[dict[str, dict[str, Any]]] = {
    "carry large risks": {"kind": "supplier", "owner": "reinsurer", "value": 1, "cost": 0.5, "step": "sourcing"},
    "set terms": {"kind": "operations", "owner": "insurer", "value": 3, "cost": 1.5, "step": "production"},
    "check applications": {"kind": "operations", "owner": "insurer", "value": 1, "cost": 1, "step": "production"},
    "train advisers": {"kind": "hierarchy", "owner": "bank", "value": 0.5, "cost": 0.5},
    "run the platform": {"kind": "infrastructure", "owner": "bank", "value": 0.5, "cost": 1},
    "advise": {"kind": "partner", "owner": "advisers", "value": 2, "cost": 1.5, "step": "delivery"},
    "plan own life": {"kind": "customer", "owner": "customer", "value": 2, "cost": 0.5},
}

CHAIN: Final = {"carry large risks": 400.0, "set terms": 250.0, "check applications": 180.0, "advise": 120.0}
"""What each activity of the chain can handle, unless a preset says otherwise."""

LINKS: Final[dict[tuple[str, str], dict[str, Any]]] = {
    ("carry large risks", "set terms"): {"transaction_cost": 0.1, "is_specific": True},
    ("set terms", "check applications"): {"volume": 12},
    ("set terms", "train advisers"): {"volume": 4, "transaction_cost": 0.05, "synergy": 0.5},
    ("train advisers", "advise"): {"volume": 12, "synergy": 1},
    ("run the platform", "advise"): {"volume": 120, "is_specific": True},
    ("advise", "plan own life"): {"volume": 120, "transaction_cost": 0.005, "synergy": 1.5},
    ("plan own life", "advise"): {"volume": 120, "synergy": 0.5},
    ("advise", "check applications"): {"volume": 120, "transaction_cost": 0.002},
    ("plan own life", "set terms"): {"volume": 20, "transaction_cost": 0.02, "synergy": 1.5},
    ("advise", "set terms"): {"volume": 12, "transaction_cost": 0.05, "synergy": 1},
    ("advise", "train advisers"): {"volume": 12, "transaction_cost": 0.02, "synergy": 0.5},
    ("plan own life", "run the platform"): {"volume": 100, "transaction_cost": 0.008, "synergy": 0.5},
}
"""Every link that may be there."""

USUAL: Final = frozenset(tuple(LINKS)[:8])
"""The links that are there unless a preset says otherwise."""


@cache
def _everything() -> models.BusinessModel:
    """Return the network with every link."""
    able = {name: row | ({"capability": CHAIN[name]} if name in CHAIN else {}) for name, row in ACTIVITIES.items()}
    return models.business_model(STAKEHOLDERS, able, LINKS)


def insurance(
    capability: Mapping[str, float], links: Collection[tuple[str, str]], decides: str
) -> models.BusinessModel:
    """Return the network with these capabilities and links; `decides` is the stakeholder who decides about advising."""
    full = _everything()  # reading names costs more than everything else in a picture
    kept = np.array([link in links for link in full.links])
    return replace(
        full,
        controllers=tuple(
            decides if name == "advise" else who for name, who in zip(full.activities, full.controllers, strict=True)
        ),
        capability=np.array([capability.get(name, 0.0) for name in full.activities]),
        links=tuple(link for link in full.links if link in links),
        is_specific=tuple(flag for flag, keep in zip(full.is_specific, kept, strict=True) if keep),
        volume=np.asarray(full.volume)[kept],
        transaction_cost=np.asarray(full.transaction_cost)[kept],
        synergy=np.asarray(full.synergy)[kept],
    )


def control_name(*words: str) -> str:
    """Return the name of a control: ``link_set_terms_advise``."""
    return "_".join(words).replace(" ", "_")
