"""How a long run says how far it is, and how it is stopped without losing what is done."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], object] | None
"""Called as ``progress(done, total)`` after each piece of work; a run stops early if it returns False. None: silent."""


def is_stopped(progress: Progress, done: int, total: int) -> bool:
    """Report how far a run is, and return whether it is to stop here.

    Only False stops it: a function that shows a bar and returns nothing lets the run go on.

    Examples
    --------
    >>> is_stopped(lambda done, total: done < 3, 3, 10), is_stopped(None, 3, 10)
    (True, False)
    """
    return progress is not None and progress(done, total) is False
