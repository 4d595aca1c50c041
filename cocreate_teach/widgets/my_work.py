"""Download my work: the notebooks and canvases that a reader has changed and saved, as one file.

Binder forgets, and a laboratory machine is somebody else's: one button takes everything home.
"""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

_HERE: Final = Path(__file__).parent
_PACKAGE: Final = _HERE.parent
_WHERE: Final = ("*", "notebooks/*", "exercises/*/*")
_KINDS: Final = (".ipynb", ".json")  # notebooks, canvases
_OURS: Final = ("solution.ipynb",)
MOST: Final = 50_000_000  # bytes: what a browser takes from a kernel in one piece
ADVICE: Final = (
    "First save every open page: Ctrl and S, on a Mac Cmd and S. Then this button puts the notebooks that you have "
    "changed, and your canvases, into one file on your computer."
)
NOTHING: Final = "Nothing of yours is saved here yet. Press Ctrl and S in the page that you have worked on, then this."


def my_work(folder: str | Path | None = None) -> "MyWork":
    """Show a button that downloads what you have changed and saved.

    Parameters
    ----------
    folder : str or path, optional
        Where to look; by default the course's folder around the running notebook.

    Examples
    --------
    >>> from cocreate_teach import my_work
    >>> my_work()
    Download my work: the button needs a running page. Menu Run, then Run All Cells.
    """
    return MyWork(_course_folder(Path.cwd()) if folder is None else Path(folder))


class MyWork(anywidget.AnyWidget):
    """The button; it reads files only when it is pressed."""

    _esm = "\n".join((_HERE / f"{part}.js").read_text(encoding="utf-8") for part in ("controls", "page", "my_work"))
    _css = _HERE / "explorer.css"

    advice = traitlets.Unicode(ADVICE).tag(sync=True)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, content: Mapping[str, Any], _buffers: object) -> None:
        if content.get("do") != "collect":
            return
        name = f"my-work-{date.today().isoformat()}.zip"
        try:
            found = changed_files(self._folder)
            packed, text = _packed(self._folder, found) if found else (b"", "")
        except OSError as error:
            self.send({"name": "", "text": f"Not downloaded: {error.strerror}. Save again, and press once more."})
            return
        if not found:
            text = NOTHING
        self.send({"name": name, "text": f"{name}: {text}" if packed else text}, [packed] if packed else [])

    def __repr__(self) -> str:
        return "Download my work: the button needs a running page. Menu Run, then Run All Cells."

    def _repr_mimebundle_(self, **_kwargs: object) -> tuple[dict[str, Any], dict[str, Any]]:
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        return {"application/vnd.jupyter.widget-view+json": view, "text/plain": repr(self)}, {}


def changed_files(folder: Path) -> list[Path]:
    """Return the notebooks and canvases of a course's folder that differ from those of the package.

    In a clone of the repository there is nothing to compare with: there all of them count.
    """
    originals = _PACKAGE / "_data"
    found = []
    for pattern in _WHERE:
        for path in sorted(folder.glob(pattern)):
            ours = originals / path.relative_to(folder)
            if path.suffix not in _KINDS or not path.is_file() or path.name in _OURS:
                continue
            if not (ours.is_file() and ours.read_bytes() == path.read_bytes()):
                found.append(path)
    return found


def _packed(folder: Path, files: list[Path]) -> tuple[bytes, str]:
    """Return a zip file of these, and what to say of it."""
    size = sum(path.stat().st_size for path in files)
    if size > MOST:
        largest = max(files, key=lambda path: path.stat().st_size)
        return b"", (
            f"Not downloaded: {size / 1e6:.0f} MB are more than the {MOST / 1e6:.0f} MB that fit. The largest file is "
            f"{largest.relative_to(folder)}: download it from the list of files on the left, and move it away."
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, path.relative_to(folder).as_posix())
    names = ", ".join(path.relative_to(folder).as_posix() for path in files[:8])
    more = f" and {len(files) - 8} more" if len(files) > 8 else ""
    return packed.getvalue(), f"{len(files)} file{'s' if len(files) > 1 else ''} ({names}{more})."


def _course_folder(start: Path) -> Path:
    """Return the folder around a notebook that holds the lessons or exercises; the notebook's own if there is none."""
    for folder in (start, *list(start.parents)[:3]):
        if (folder / "notebooks").is_dir() or (folder / "exercises").is_dir():
            return folder
    return start
