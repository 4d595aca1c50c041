"""Every exception of the package.

::

    CocreateError
     |- ParameterError (also a ValueError)   a parameter outside its range
     |- CaseError (also a ValueError)        a case that is unknown, incomplete or damaged
     |- NotebookError (also a ValueError)    a lesson that does not run or is not in its normal form
     |- ExerciseError (also a ValueError)    an exercise, key or roster that is unknown, incomplete or damaged
     |- AnswerError (also a ValueError)      an answer that is not plain data, or too large
     '- GradingError (also a ValueError)     submissions, results or a sandbox with which grading cannot start

     ParameterWarning (a UserWarning)       parameters that are allowed, but break a condition that a result rests on

Each error carries ``faults``: one sentence per fault, all of them at once. A sentence says what is wrong, the value,
what is allowed and what to do. In a notebook only the sentences are shown, never a traceback.
"""

from collections.abc import Sequence


class CocreateError(Exception):
    """Something a user can put right; `faults` says what, one sentence each."""

    def __init__(self, faults: str | Sequence[str]) -> None:
        self.faults: tuple[str, ...] = (faults,) if isinstance(faults, str) else tuple(faults)
        super().__init__("\n".join(self.faults))

    def _render_traceback_(self) -> list[str]:
        """Show the sentences alone; IPython calls this in place of its traceback."""
        return [f"{type(self).__name__}: {fault}" for fault in self.faults]


class ParameterError(CocreateError, ValueError):
    """A parameter has a value outside its range, or is not a number."""


class ParameterWarning(UserWarning):
    """Parameters are allowed, but break a condition that a theorem or a closed form rests on."""


class CaseError(CocreateError, ValueError):
    """A case is unknown, incomplete or damaged."""


class NotebookError(CocreateError, ValueError):
    """A lesson does not run or is not in its normal form."""


class ExerciseError(CocreateError, ValueError):
    """An exercise, a key or a roster is unknown, incomplete or damaged."""


class AnswerError(CocreateError, ValueError):
    """An answer is not plain data, or is too large."""


class GradingError(CocreateError, ValueError):
    """Grading cannot start: a folder, a roster, an exercise or the sandbox is not as needed."""
