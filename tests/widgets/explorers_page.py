"""The table of all explorers in docs/explorers.md, renewed by ``python -m tests.widgets.explorers_page``."""

import re
import sys
from pathlib import Path

from cocreate_teach import case_names
from cocreate_teach.errors import CaseError
from tests.widgets.explorers import EXPLORERS

PAGE = Path(__file__).parents[2] / "docs" / "explorers.md"
HEAD = "| explorer | question | model | cases | the model assumes that ... |\n|---|---|---|---|---|\n"


def cases_of(name: str) -> list[str]:
    """Return the cases that have presets for an explorer."""
    found = []
    for case in case_names():
        try:
            EXPLORERS[name](case=case)
        except CaseError:
            continue
        found.append(case)
    return found


def table() -> str:
    """Return the table as the library has it now."""
    rows = []
    for name, build in EXPLORERS.items():
        spec = build().spec
        model = re.search(r"\((M[^)]+)\)", str(sys.modules[build.__module__].__doc__))
        rows.append(
            f"| `{name}` | {spec['title']} | {model[1] if model else '-'} | {', '.join(cases_of(name)) or '-'} "
            f"| {spec['assumption'].removeprefix('This model assumes that ')} |\n"
        )
    return HEAD + "".join(rows)


def main() -> None:
    """Renew the table in place."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(re.sub(r"(?m)^\| explorer .*\n((?:\|.*\n)+)", lambda _: table(), text), encoding="utf-8")


if __name__ == "__main__":
    main()
