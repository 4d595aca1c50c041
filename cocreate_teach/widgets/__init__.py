"""Explorers: models to move by hand, with a picture that follows.

`participation` shows who takes part and who leaves (M2-S); `voice` shows who has a say and what follows (M4).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from cocreate_teach.widgets.participation_explorer import participation
    from cocreate_teach.widgets.voice_explorer import voice

__all__ = ["participation", "voice"]

_FOUND_IN: Final = {"participation": "participation_explorer", "voice": "voice_explorer"}


def __getattr__(name: str) -> Any:
    if name in _FOUND_IN:
        return getattr(import_module(f"cocreate_teach.widgets.{_FOUND_IN[name]}"), name)
    raise AttributeError(f"module 'cocreate_teach.widgets' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted(__all__)
