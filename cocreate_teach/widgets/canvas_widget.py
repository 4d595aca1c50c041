"""The canvas: what a group answers, and what it keeps from explorers, in a file that reopens.

The browser sends each change as a message of its own, so that their order stays; the widget shows the board that
follows. A fault is a sentence in the canvas, and the board stays as it was.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from itertools import count
from pathlib import Path
from threading import RLock
from typing import Any, Final, TypeAlias

import anywidget
import traitlets

from cocreate_teach.errors import CocreateError, ParameterError
from cocreate_teach.widgets import canvas_file, canvas_page
from cocreate_teach.widgets.canvas_board import BOXES, PAGES, Board, Result, check_box, fitting_box
from cocreate_teach.widgets.canvas_snapshot import snapshot
from cocreate_teach.widgets.explorer import Explorer

_HERE: Final = Path(__file__).parent
FILE_NAME: Final = re.compile(r"\w[\w .\-]{0,79}")
Kept: TypeAlias = tuple[tuple[int, Result], ...]  # each result with a number of its own, which moving does not change


def canvas(*explorers: "Explorer | str | Path", file: str | Path | None = None) -> "Canvas":
    """Collect results of explorers on a canvas of two pages, beside the answers of a group, and save them in a file.

    Parameters
    ----------
    *explorers : Explorer
        Explorers to keep results of. A text here is the name of a file, as in ``canvas("canvas.json")``.
    file : str or path, optional
        The file that holds the canvas: opened if it exists, and written after each change.

    Returns
    -------
    Canvas

    Raises
    ------
    ParameterError
        If something else than explorers and one file is given.
    CocreateError
        If the file is no canvas; one sentence per fault, and the file stays as it is.

    Examples
    --------
    >>> from cocreate_teach import widgets
    >>> board = widgets.canvas(widgets.participation())
    >>> board.write(group="Blue", risks="Nobody comes.")
    >>> board.progress
    '1 of 10 boxes has an answer; no result is kept.'
    """
    files = [one for one in (*explorers, file) if isinstance(one, str | Path)]
    others = [one for one in explorers if not isinstance(one, Explorer | str | Path)]
    faults = [
        f"the canvas was given a {type(one).__name__}; it takes explorers and one file: write canvas(widgets.value())"
        for one in others
    ]
    if len(files) > 1:
        faults.append(f"the canvas was given {len(files)} files; it is kept in one: choose one")
    if faults:
        raise ParameterError(faults)
    given = [one for one in explorers if isinstance(one, Explorer)]
    return Canvas(given, Path(files[0]) if files else None)


class FileTaken(CocreateError):
    """A file of another content is where the canvas is to be written."""


class Canvas(anywidget.AnyWidget):
    """Ten questions on two pages, answers, and results of explorers."""

    _esm = "\n".join((_HERE / f"{part}.js").read_text(encoding="utf-8") for part in ("controls", "page", "canvas"))
    _css = "\n".join((_HERE / f"{part}.css").read_text(encoding="utf-8") for part in ("explorer", "canvas"))

    spec = traitlets.Dict(help="what never changes").tag(sync=True)
    group = traitlets.Unicode(help="name of the group").tag(sync=True)
    answers = traitlets.Dict(help="answers by box").tag(sync=True)
    results: traitlets.List[Any] = traitlets.List(help="results, without their pictures").tag(sync=True)
    pictures = traitlets.Dict(help="pictures in base64, by the number of their result").tag(sync=True)
    progress = traitlets.Unicode(help="how far the group is").tag(sync=True)
    told = traitlets.Dict(help="what was done last, or what is wrong").tag(sync=True)
    saving = traitlets.Dict(help="name of the file, and whether it holds everything").tag(sync=True)
    undoing = traitlets.Unicode(help="what Undo would take back").tag(sync=True)
    revision = traitlets.Int(help="grows when all fields change").tag(sync=True)

    def __init__(self, explorers: Sequence[Explorer] = (), file: Path | None = None) -> None:
        self._explorers = tuple(explorers)
        self._lock = RLock()  # ipykernel runs callbacks on a thread of their own, beside running cells
        self._numbers = count(1)
        self._kept: Kept = ()
        self._board = Board()
        self._undo: list[tuple[str, Callable[[], None]]] = []
        self._seen: dict[Path, bytes] = {}  # what we last read or wrote
        self._path = file or Path("canvas.json")
        self._autosaves = file is not None
        if file is not None and not file.absolute().parent.is_dir():
            raise CocreateError(f"there is no folder {str(file.absolute().parent)!r}; make it, or name another file")
        if file is not None and file.exists():
            self._read(file)
        super().__init__(spec=self._spec())
        self._show(saved=True)
        self.on_msg(self._on_message)

    @property
    def board(self) -> Board:
        """Group, answers and results as plain data."""
        return self._board

    @property
    def fault(self) -> str:
        """What is wrong with the last change in the browser, or an empty string."""
        return str(self.told.get("fault", ""))

    def write(self, **texts: str) -> None:
        """Write answers by the name of their box, and ``group``; the browser shows them at once.

        Raises
        ------
        ParameterError
            With one sentence per name that no box has, and per text that is too long.
        """
        with self._lock:
            self._write(texts)
            self._show(whole=True)

    def add(self, explorer: Explorer, *, box: str | None = None, remark: str = "") -> None:
        """Keep what an explorer shows now.

        Parameters
        ----------
        explorer : Explorer
            Any explorer, also one that the canvas does not offer in its list.
        box : str, optional
            Name of a box; without it the one that the explorer answers best.
        remark : str
            What the group says about it.

        Raises
        ------
        ParameterError
            If there is no such box, the explorer has no picture of its present values, or the canvas is full.
        """
        chosen = check_box(fitting_box(str(explorer.spec["name"])) if box is None else box)
        result = snapshot(explorer, chosen, canvas_file.plain(remark))
        with self._lock:
            kept = (*self._kept, (next(self._numbers), result))
            size = len(canvas_file.to_json(replace(self._board, results=tuple(one for _, one in kept))))
            if len(kept) > canvas_file.RESULTS or size + canvas_file.ROOM > canvas_file.FILE:
                raise ParameterError(
                    f"the canvas is full with {len(self._kept)} results; it holds {canvas_file.RESULTS}, and "
                    f"{canvas_file.FILE:,} bytes: remove one, then add this one"
                )
            self._kept = kept
            self._show(f"Added to “{BOXES[chosen].question}”: {result.headline}")

    def remove(self, result: int) -> None:
        """Remove a result by its place in the list, from 1; Undo in the browser brings it back."""
        with self._lock:
            self._remove(self._place(result)[0])

    def move(self, result: int, box: str) -> None:
        """Move a result, by its place in the list from 1, to another box."""
        with self._lock:
            self._edit(self._place(result)[0], box=check_box(box))

    def save(self, file: str | Path | None = None, *, over: bool = False) -> Path:
        """Write the canvas and return where it is.

        Parameters
        ----------
        file : str or path, optional
            Without it the file of the canvas, or ``canvas.json`` in the working folder.
        over : bool
            Where a file of another content is there already: set that aside under another name, then write.

        Raises
        ------
        CocreateError
            If a file of another content is there, or the file cannot be written; nothing is changed then.
        """
        with self._lock:
            path = (self._path if file is None else Path(file)).resolve()
            content = canvas_file.to_json(self._board)
            aside = ""
            if canvas_file.is_taken(path, content, self._seen.get(path)):
                if not over:
                    raise FileTaken(
                        f"{path.name} is there already in {path.parent}, with another content; "
                        "choose another name, or replace it: the other content is then kept beside it"
                    )
                aside = f" The other content is kept in {canvas_file.set_aside(path).name}."
            canvas_file.write(path, content)
            self._seen[path] = content
            self._path = path
            self._tell(f"Saved in {path}.{aside}", saved=True)
            return path

    def load(self, file: str | Path) -> None:
        """Show the canvas of a file; Undo in the browser brings back what was shown before.

        Raises
        ------
        CocreateError
            With one sentence per fault of the file; the canvas stays as it was.
        """
        with self._lock:
            before = self._undo_opening()
            self._read(Path(file))
            self._undo.append(before)
            self._show(f"Opened {Path(file).name}. Undo brings back the canvas of before.", whole=True, saved=True)

    def to_html(self) -> str:
        """Return the canvas to print: two sheets of A4 with the boxes, then the results; it loads nothing."""
        return canvas_page.page_html(self._board)

    def _spec(self) -> dict[str, Any]:
        titles = [str(explorer.spec["title"]) for explorer in self._explorers]
        served = os.environ.get("SERVER_SOFTWARE", "").startswith("voila")  # its folder is not the reader's
        return {
            "title": canvas_page.TITLE,
            "pages": [asdict(page) for page in PAGES],
            "explorers": [
                [title if titles.count(title) == 1 else f"{title} ({place})", fitting_box(str(explorer.spec["name"]))]
                for place, (title, explorer) in enumerate(zip(titles, self._explorers, strict=True), start=1)
            ],
            "longest": canvas_file.LONGEST,
            "largest": canvas_file.FILE,
            "format": {"format": canvas_file.FORMAT, "version": canvas_file.VERSION},
            "saves": self._autosaves or not served,
        }

    def _show(self, text: str = "", *, whole: bool = False, saved: bool = False) -> None:
        """Send the board to the browser; write it where it is kept."""
        self._board = replace(self._board, results=tuple(result for _, result in self._kept))
        with self.hold_sync():
            self.group, self.answers = self._board.group, dict(self._board.answers)
            entries = [asdict(result) | {"number": number} for number, result in self._kept]
            pictures = {str(entry["number"]): canvas_file.in_base64(entry.pop("png")) for entry in entries}
            self.results, self.pictures, self.progress = entries, pictures, self._board.progress
            self.undoing = self._undo[-1][0] if self._undo else ""
            self.revision += whole
            self._tell(text, saved=saved)
            if self._autosaves and not saved:
                self._follow(self.save)
                if not self.fault:
                    self._tell(text, saved=True)  # what was done matters more than that it was saved

    def _tell(self, text: str = "", *, fault: str = "", taken: bool = False, saved: bool | None = None) -> None:
        with self.hold_sync():
            self.told = {"text": text, "fault": fault, "number": self.told.get("number", 0) + 1}
            is_saved = self.saving.get("saved", True) if saved is None else saved
            self.saving = {"file": self._path.name, "saved": is_saved, "taken": taken, "itself": self._autosaves}

    def _follow(self, change: Callable[[], object]) -> None:
        try:
            change()
        except CocreateError as error:
            told = " ".join(f"{fault}." for fault in error.faults)
            self._tell(fault=told, taken=isinstance(error, FileTaken))

    def _write(self, texts: Mapping[str, str]) -> None:
        plain = {name: canvas_file.plain(str(text)) for name, text in texts.items()}
        board = self._board.write(plain)
        faults = [
            fault
            for name, text in plain.items()
            for fault in canvas_file.text_faults(name, text, "group" if name == "group" else "answer")
        ]
        if faults:
            raise ParameterError(faults)
        self._board = board

    def _place(self, result: int) -> tuple[int, Result]:
        if not 1 <= result <= len(self._kept):
            raise ParameterError(f"there is no result {result}; {len(self._kept)} are kept: count from 1")
        return self._kept[result - 1]

    def _edit(self, number: int, **changes: Any) -> None:
        self._kept = tuple((one, replace(kept, **changes) if one == number else kept) for one, kept in self._kept)
        said = f"Moved to “{BOXES[changes['box']].question}”." if "box" in changes else ""
        self._show(said)

    def _remove(self, number: int) -> None:
        for place, (one, result) in enumerate(self._kept):
            if one == number:
                self._kept = self._kept[:place] + self._kept[place + 1 :]
                self._undo.append(("removing", partial(self._insert, place, (one, result))))
                self._show(f"Removed: {result.headline}")
                return

    def _insert(self, place: int, entry: tuple[int, Result]) -> None:
        self._kept = (*self._kept[:place], entry, *self._kept[place:])
        self._show(f"Brought back: {entry[1].headline}")

    def _read(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                content = file.read(canvas_file.FILE + 1)
        except OSError as error:
            raise CocreateError(
                f"{path.name} cannot be read in {path.absolute().parent}: {error.strerror}; choose another file"
            ) from None
        self._take(content, path)

    def _take(self, content: bytes, path: Path) -> None:
        self._board = canvas_file.read_board(content, path.name)
        self._kept = tuple((next(self._numbers), result) for result in self._board.results)
        self._path = path
        self._seen[path.resolve()] = content

    def _undo_opening(self) -> tuple[str, Callable[[], None]]:
        return "opening", partial(self._go_back, self._board, self._kept, self._path)

    def _go_back(self, board: Board, kept: Kept, path: Path) -> None:
        self._undo.append(self._undo_opening())
        self._board, self._kept, self._path = board, kept, path
        self._show("The canvas of before is back; Undo changes to the other one.", whole=True)

    def _on_message(self, _widget: object, content: Mapping[str, Any], _buffers: object) -> None:
        with self._lock:
            self._follow(partial(self._obey, content))

    def _obey(self, content: Mapping[str, Any]) -> None:
        match content:
            case {"do": "write", "name": str(name), "text": str(text)}:
                self._write({name: text})
                self._show()
            case {"do": "add", "explorer": int(place), "box": str(box)} if 0 <= place < len(self._explorers):
                self.add(self._explorers[place], box=box)
            case {"do": "remark", "number": int(number), "text": str(text)}:
                remark = canvas_file.plain(text)
                if faults := list(canvas_file.text_faults("remark", remark, "remark")):
                    raise ParameterError(faults)
                self._edit(number, remark=remark)
            case {"do": "move", "number": int(number), "box": str(box)}:
                self._edit(number, box=check_box(box))
            case {"do": "remove", "number": int(number)}:
                self._remove(number)
            case {"do": "undo"} if self._undo:
                self._undo.pop()[1]()
            case {"do": "save", "file": str(name), "over": bool(over)}:
                self.save(self._path.parent / self._file_name(name), over=over)
            case {"do": "open", "file": str(name), "text": str(text)}:
                before = self._undo_opening()
                self._take(text.encode("utf-8", "surrogatepass"), self._path.parent / self._file_name(name))
                self._undo.append(before)
                told = f"Opened {name}. Undo brings back the canvas of before."
                self._show(told, whole=True, saved=not self._autosaves)
            case {"do": "print"}:
                self.send({"download": f"{self._path.stem}.html", "text": self.to_html()})
                self._tell("The page to print is in your downloads; open it, then print it.")
            case {"do": "downloaded"}:
                self._tell(f"{self._path.name} is in your downloads; Open brings it back.", saved=True)

    def _file_name(self, name: str) -> str:
        named = name if name.endswith(".json") else f"{name}.json"
        if not FILE_NAME.fullmatch(named):
            raise ParameterError(
                f"the file name {named[:90]!r} is not allowed; it must be 1 to 75 letters, digits, spaces, dots and "
                "hyphens, beginning with a letter or digit: change it"
            )
        return named

    def __repr__(self) -> str:
        return "\n".join(canvas_page.board_text(self._board))

    def _repr_mimebundle_(self, **_kwargs: object) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give the widget, and for readers without a kernel the content of the board."""
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        data = {
            "application/vnd.jupyter.widget-view+json": view,
            "text/html": canvas_page.board_html(self._board),
            "text/plain": repr(self),
        }
        return data, {}
