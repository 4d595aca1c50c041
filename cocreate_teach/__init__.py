"""Teach value co-creation in Jupyter: cases, models to move by hand, lessons, exercises.

The public face is small: `load_case`, `case_names`, `models`, `widgets`, `exercise`, `my_work`. Everything behind it
loads on first use, so that importing the package costs almost nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cocreate_teach import models, widgets
    from cocreate_teach.cases import case_names, load_case
    from cocreate_teach.widgets.my_work import my_work

__version__ = "0.1.0"
__all__ = ["case_names", "exercise", "load_case", "models", "my_work", "widgets"]


def __getattr__(name: str) -> Any:
    if name in {"models", "widgets"}:
        return import_module(f"cocreate_teach.{name}")
    if name in {"case_names", "load_case"}:
        return getattr(import_module("cocreate_teach.cases"), name)
    if name == "exercise":
        return import_module("cocreate_teach.exercises").exercise
    if name == "my_work":
        return import_module("cocreate_teach.widgets.my_work").my_work
    raise AttributeError(f"module 'cocreate_teach' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
