"""Write the parameter tables into a document: ``python -m cocreate_teach.models docs/models.md``.

A table stands between ``<!-- parameters: ClassName -->`` and ``<!-- end of parameters -->``; everything else is left as
it is. A test fails as long as document and code differ.
"""

import re
import sys
from pathlib import Path

from cocreate_teach import models

_BLOCK = re.compile(r"(<!-- parameters: (\w+) -->\n).*?(<!-- end of parameters -->)", re.DOTALL)


def renewed(text: str) -> str:
    """Return a document with the table of every named parameter class written anew."""
    return _BLOCK.sub(
        lambda found: f"{found[1]}\n{models.parameter_table(getattr(models, found[2]))}\n\n{found[3]}", text
    )


def main(paths: list[str]) -> None:
    """Write the tables of these documents anew."""
    for path in map(Path, paths):
        path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
