"""Every explorer, and the case that it is tried with."""

from cocreate_teach import widgets

CASES = {
    "class_round": "bank",
    "investments": "bank",
    "funnel": "burberry",
    "ledger": "bank",
    "loyalty": "burberry",
    "word_of_mouth": "burberry",
    "adoption": "healthcare_it",
    "inequality": "wikipedia",
    "participation": "bank",
    "voice": "bank",
    "stakeholders": "bank",
    "involvement": "bank",
    "business_model": "bank",
    "value": "burberry",
    "scope": "bank",
    "tailoring": "bank",
}
EXPLORERS = {name: getattr(widgets, name) for name in widgets.__all__ if name != "canvas"}
