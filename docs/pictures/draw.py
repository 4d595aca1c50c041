"""Draw the pictures of the documents again: ``python docs/pictures/draw.py``."""

from pathlib import Path

from cocreate_teach import widgets


def pictures() -> dict[str, bytes]:
    """Return the content of each picture file of this folder."""
    return {"participation.png": widgets.participation(case="bank").picture().png}


if __name__ == "__main__":
    for name, png in pictures().items():
        (Path(__file__).parent / name).write_bytes(png)
