"""The text of a case in parts, and which exhibits belong to which part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cocreate_teach.errors import CaseError

PARTS: Final = {"A": "Part A", "B": "Part B", "sources": "Sources"}
EPILOGUE: Final = "epilogue"  # what is for the discussion after the decision of Part B
_MENTION: Final = re.compile(r"\bexhibits?\s+(\d+(?:(?:\s*,\s*|\s+(?:and|or|to)\s+|\s*,\s*and\s+)\d+)*)", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of a case as Markdown, its headings one level down, so that it fits under a heading of the lesson."""

    markdown: str

    def __str__(self) -> str:
        return self.markdown

    def _repr_markdown_(self) -> str:
        return self.markdown


def section(text: str, part: str) -> str:
    """Return the part of a text that begins with its heading and ends before the next part.

    Raises
    ------
    CaseError
        If the heading is not there.
    """
    found = re.search(rf"^## {PARTS[part]}\b.*?(?=^## |\Z)", text, flags=re.M | re.S)
    if not found:
        raise CaseError(f"case.md: the heading '## {PARTS[part]}' is missing; add it, or restore the file")
    return found[0].strip()


def uncut(text: str) -> str:
    """Return a text that no decision cuts into parts: from its first heading to its sources."""
    _, mark, rest = text.partition("\n## ")
    return (mark + rest.partition("\n## Sources")[0]).strip()


def preface(text: str) -> str:
    """Return what stands between the title and the first heading, without its marks of emphasis."""
    return text.partition("\n")[2].partition("\n## ")[0].strip().strip("*_")


def mentioned(text: str) -> list[int]:
    """Return the exhibits that a text names, each once, in its order.

    Examples
    --------
    >>> mentioned("Exhibit 3 says so, Exhibits 4 and 5 do not; see exhibits 9 to 11 and Exhibit 3.")
    [3, 4, 5, 9, 10, 11]
    """
    return list(dict.fromkeys(number for match in _MENTION.findall(text) for number in _numbers(match)))


def _numbers(match: str) -> Iterator[int]:
    found = re.findall(r"(to\s+)?(\d+)", match)
    last = 0
    for is_range, digits in found:
        yield from range(last + 1, int(digits)) if is_range else ()
        yield (last := int(digits))


def exhibits_by_part(text: str, numbers: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """Return the exhibits of each part, in the order of their numbers.

    An exhibit belongs to the first part that mentions it; what neither Part A nor Part B mentions is for the epilogue.
    """
    before = mentioned(section(text, "A"))
    after = [number for number in mentioned(section(text, "B")) if number not in before]
    rest = [number for number in numbers if number not in (*before, *after)]
    found = {"A": before, "B": after, EPILOGUE: rest}
    return {part: tuple(number for number in numbers if number in those) for part, those in found.items()}
