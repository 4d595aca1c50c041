"""Explorers: models to move by hand, with a picture that follows.

`participation` shows who takes part and who leaves (M2-S); `voice` shows who has a say and what follows (M4).
`stakeholders` is the power-interest map to move by hand (M4).
`involvement` shows how involved both sides become, and what both put in on a map to move on (M1).
`adoption` shows when pairs are one-sided (M6); `inequality` shows how few make how much (M7).
`business_model` is a network of activities whose links are switched, and its bottleneck (M5).
`value` shows where value arises and who captures it (M2-V).
`scope` is how much effort and information to ask of a customer, and when of none (M2).
`tailoring` shows how much a customer should tell (M2-T).
`funnel` shows where people are lost between seeing and making, and what comes back (M8).
`ledger` shows who puts in what, who gets what, and which price both accept (M2-V).
`loyalty` shows who is loyal and who only looks loyal; `word_of_mouth` how far a recommendation travels (M3).
`investments` gives a student a code for what they put in; `class_round` shows the codes of a whole class (M1).
`canvas` collects results of the others beside the answers of a group, in a file that reopens.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from cocreate_teach.widgets.adoption_explorer import adoption
    from cocreate_teach.widgets.business_model_explorer import business_model
    from cocreate_teach.widgets.canvas_widget import canvas
    from cocreate_teach.widgets.class_round_explorer import class_round
    from cocreate_teach.widgets.funnel_explorer import funnel
    from cocreate_teach.widgets.inequality_explorer import inequality
    from cocreate_teach.widgets.investments_explorer import investments
    from cocreate_teach.widgets.involvement_explorer import involvement
    from cocreate_teach.widgets.ledger_explorer import ledger
    from cocreate_teach.widgets.loyalty_explorer import loyalty
    from cocreate_teach.widgets.participation_explorer import participation
    from cocreate_teach.widgets.scope_explorer import scope
    from cocreate_teach.widgets.stakeholders_explorer import stakeholders
    from cocreate_teach.widgets.tailoring_explorer import tailoring
    from cocreate_teach.widgets.value_explorer import value
    from cocreate_teach.widgets.voice_explorer import voice
    from cocreate_teach.widgets.word_of_mouth_explorer import word_of_mouth

__all__ = [
    "adoption",
    "business_model",
    "canvas",
    "class_round",
    "funnel",
    "inequality",
    "investments",
    "involvement",
    "ledger",
    "loyalty",
    "participation",
    "scope",
    "stakeholders",
    "tailoring",
    "value",
    "voice",
    "word_of_mouth",
]

_FOUND_IN: Final = {
    "canvas": "canvas_widget",
    "class_round": "class_round_explorer",
    "investments": "investments_explorer",
    "ledger": "ledger_explorer",
    "loyalty": "loyalty_explorer",
    "word_of_mouth": "word_of_mouth_explorer",
    "funnel": "funnel_explorer",
    "adoption": "adoption_explorer",
    "inequality": "inequality_explorer",
    "participation": "participation_explorer",
    "voice": "voice_explorer",
    "stakeholders": "stakeholders_explorer",
    "involvement": "involvement_explorer",
    "business_model": "business_model_explorer",
    "value": "value_explorer",
    "scope": "scope_explorer",
    "tailoring": "tailoring_explorer",
}


def __getattr__(name: str) -> Any:
    if name in _FOUND_IN:
        return getattr(import_module(f"cocreate_teach.widgets.{_FOUND_IN[name]}"), name)
    raise AttributeError(f"module 'cocreate_teach.widgets' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted(__all__)
