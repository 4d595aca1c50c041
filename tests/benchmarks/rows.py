"""What a measurement is: one row of ``docs/benchmarks/models.csv``."""

import csv
from dataclasses import asdict, dataclass, fields
from pathlib import Path

NOT_INSTALLED = "not installed"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One tool at one size; None where it was not measured, with the reason in the note."""

    what: str
    size: int
    tool: str
    seconds: float | None = None
    per_second: float | None = None  # stakeholders (or runs) times periods
    ratio_to_ours: float | None = None  # how many times as long as the package
    peak_mb: float | None = None
    note: str = ""


def write_rows(rows: list[Row], path: Path) -> None:
    """Write the table; numbers with four digits."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(Row)])
        for row in rows:
            writer.writerow([f"{cell:.4g}" if isinstance(cell, float) else cell for cell in asdict(row).values()])


def read_rows(path: Path) -> list[Row]:
    """Read a table again."""
    with path.open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    numbers = ("seconds", "per_second", "ratio_to_ours", "peak_mb")
    return [
        Row(
            what=line["what"],
            size=int(line["size"]),
            tool=line["tool"],
            note=line["note"],
            **{name: float(line[name]) if line[name] else None for name in numbers},
        )
        for line in lines
    ]


def three_digits(value: float | None) -> str:
    """Return a number with three digits that count, never in powers of ten; nothing for None."""
    if value is None:
        return ""
    return f"{float(f'{value:.3g}'):,.0f}" if value >= 100 else f"{value:.3g}"
