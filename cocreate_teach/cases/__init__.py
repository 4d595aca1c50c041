"""Cases: a decision, the people who face it, its exhibits and its data.

>>> "bank" in case_names()
True
>>> load_case("bank").title
'The European bank: inside first'
"""

from cocreate_teach.cases.case import Case, Preset
from cocreate_teach.cases.copying import copy_out
from cocreate_teach.cases.exhibits import Exhibit
from cocreate_teach.cases.loading import case_names, load_case
from cocreate_teach.cases.schema import check_case

__all__ = ["Case", "Exhibit", "Preset", "case_names", "check_case", "copy_out", "load_case"]
