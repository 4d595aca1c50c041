"""Renew docs/instructor/handbook.md and docs/concepts.md: ``python -m tests.reporting.pages``."""

from pathlib import Path

from cocreate_teach.reporting.handbook import concepts_page, handbook
from cocreate_teach.reporting.module import sessions
from cocreate_teach.writing import write_whole

DOCUMENTS = Path(__file__).parents[2] / "docs"

if __name__ == "__main__":
    write_whole(DOCUMENTS / "instructor" / "handbook.md", handbook(sessions()))
    write_whole(DOCUMENTS / "concepts.md", concepts_page(sessions()))
