"""At the deadline: submissions in, marks out. Students' code runs in a sandbox and never meets a key.

See ``docs/threat-model.md`` for what that protects against.
"""

from cocreate_teach.grading.batch import Summary, grade
from cocreate_teach.grading.limits import Limits
from cocreate_teach.grading.sandbox import problem

__all__ = ["Limits", "Summary", "grade", "problem"]
