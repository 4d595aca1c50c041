"""Explorers as pages without code: Voila serves one page an explorer, and an index, for a lecture hall or a phone."""

import secrets
import socket
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from cocreate_teach import launch, notebooks, widgets
from cocreate_teach.errors import CocreateError

INDEX: Final = "index"
PORT: Final = 8866
PATIENCE: Final = 60.0  # seconds until the server must answer


def explorer_pages(names: Sequence[str] = (), *, case: str | None = None, preset: str | None = None) -> dict[str, str]:
    """Return the code of the page of each explorer, by its name; all explorers if none is named.

    Raises
    ------
    CocreateError
        If there is no such explorer; what is wrong with the case or the preset is said when it is built.
    """
    unknown = [name for name in names if name not in widgets.__all__]
    if unknown:
        known = ", ".join(widgets.__all__)
        raise CocreateError(
            [f"there is no explorer {name!r}; the explorers are {known}: choose one" for name in unknown]
        )
    if "canvas" in names and (case or preset):
        raise CocreateError("the canvas starts with no case and no preset; leave them out: cocreate dashboard canvas")
    given = ", ".join(f"{key}={value!r}" for key, value in (("case", case), ("preset", preset)) if value is not None)
    pages = {}
    for name in names or widgets.__all__:
        if given:
            getattr(widgets, name)(case=case, preset=preset)  # a wrong case is a sentence now, not an empty page later
        pages[name] = f"from cocreate_teach import widgets\n\nwidgets.{name}({given})"
    return pages


def write_pages(folder: Path, pages: dict[str, str]) -> tuple[Path, ...]:
    """Write a notebook for each explorer, and one with links to all of them; return what was written.

    Raises
    ------
    CocreateError
        If a file of another content is there already; nothing is written then.
    """
    wanted = {INDEX: _notebook(_index_text(pages))}
    for name, code in pages.items():
        wanted[name] = _notebook(f"# {_title(name)}\n\n[All explorers](/voila/render/{INDEX}.ipynb)", code)
    paths = {folder / f"{name}.ipynb": text for name, text in wanted.items()}
    taken = [path for path, text in paths.items() if path.exists() and path.read_text(encoding="utf-8") != text]
    if taken:
        raise CocreateError([f"{path} is there already and differs; name another folder, or move it" for path in taken])
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in paths.items():
        path.write_text(text, encoding="utf-8")
    return tuple(paths)


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _index_text(pages: dict[str, str]) -> str:
    lines = ["# Explorers", "", "Models to move by hand. Each page starts afresh; what you change is not kept.", ""]
    for name in pages:
        first = str(getattr(widgets, name).__doc__).strip().splitlines()[0]
        what = first.removeprefix("Explore ").removeprefix(f"{name}: ")
        lines.append(f"- [{_title(name)}](/voila/render/{name}.ipynb): {what}")
    return "\n".join(lines)


def _notebook(text: str, code: str = "") -> str:
    import nbformat

    cells = [nbformat.v4.new_markdown_cell(text, id="text")]
    cells += [nbformat.v4.new_code_cell(code, id="explorer")] if code else []
    return notebooks.to_text(notebooks.normal_form(nbformat.v4.new_notebook(cells=cells)))


def serve(
    pages: dict[str, str],
    *,
    port: int | None = None,
    open_browser: bool | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> int:
    """Serve the pages until somebody presses Ctrl-C; return the exit status of the server.

    Parameters
    ----------
    pages : dict
        What `explorer_pages` returned.
    port : int, optional
        Without it 8866, or any free port if that is taken.
    open_browser : bool, optional
        Without it, a browser opens where there is a display.
    tell : callable
        Receives one line for the reader.

    Raises
    ------
    CocreateError
        If Voila is not installed, the port is taken, or the server does not answer.
    """
    if find_spec("voila") is None:
        raise CocreateError("the dashboard needs voila, which is not installed; pip install 'cocreate-teach[lab]'")
    chosen = _port(port)
    start = INDEX if len(pages) > 1 else next(iter(pages))
    address = f"http://127.0.0.1:{chosen}/voila/render/{start}.ipynb"
    with tempfile.TemporaryDirectory(prefix=f"cocreate-{secrets.token_hex(3)}-") as folder:
        write_pages(Path(folder), pages)
        command = [sys.executable, "-m", "voila", folder, "--no-browser", f"--port={chosen}", "--Voila.ip=127.0.0.1"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                _wait_for(f"http://127.0.0.1:{chosen}/", server)
                tell(f"{address}\nCtrl-C stops it.")
                if launch.has_display() if open_browser is None else open_browser:
                    webbrowser.open(address)
                return server.wait()
            except BaseException:
                server.terminate()
                raise


def _port(wanted: int | None) -> int:
    for port in (wanted,) if wanted is not None else (PORT, 0):
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(("127.0.0.1", port or 0))
                return int(one.getsockname()[1])
            except OSError:
                continue
    raise CocreateError(f"the port {wanted} is taken; name another one, or none: any free port is then used")


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            raise CocreateError(f"the server ended at once with status {server.returncode}; run cocreate doctor")
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise CocreateError(f"the server did not answer in {PATIENCE:.0f} s; run cocreate doctor, or try again")
