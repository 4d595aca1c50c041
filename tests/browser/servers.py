"""A real JupyterLab and a real Voila on the loopback, in a home of their own, for browser tests and benchmarks."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import nbformat
from playwright.sync_api import Locator, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """Return Debian's Chromium, or one on the path."""
    return shutil.which("chromium", path=f"/usr/bin{os.pathsep}{os.environ.get('PATH', '')}")


@dataclass(frozen=True)
class Server:
    """A running server: its address and token, and the folder of its notebooks."""

    address: str
    token: str
    notebooks: Path

    def write(self, name: str, *cells: str) -> str:
        """Write a notebook with these code cells and return its name."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, self.notebooks / f"{name}.ipynb")
        return f"{name}.ipynb"

    def end_sessions(self) -> None:
        """End the kernels that pages closed before have left in JupyterLab."""
        headers = {"Authorization": f"token {self.token}"}
        with urlopen(Request(f"{self.address}/api/sessions", headers=headers), timeout=10) as answer:
            sessions = json.load(answer)
        for session in sessions:
            address = f"{self.address}/api/sessions/{session['id']}"
            urlopen(Request(address, headers=headers, method="DELETE"), timeout=30).close()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _environment(home: Path) -> dict[str, str]:
    own = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
        "MPLCONFIGDIR": home / "matplotlib",
    }
    for folder in own.values():
        Path(folder).mkdir(parents=True, exist_ok=True)
    return os.environ | {name: str(folder) for name, folder in own.items()}


def _write_setting(home: Path, plugin: str, content: str) -> None:
    path = home / "settings" / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


@contextmanager
def serve(kind: str, home: Path, theme: str = "light") -> Iterator[Server]:
    """Start ``"lab"`` or ``"voila"`` and end it, with its kernels, by its process id."""
    home.mkdir(parents=True, exist_ok=True)
    notebooks = home / "notebooks"
    notebooks.mkdir(exist_ok=True)
    port, token = _free_port(), secrets.token_hex(16)
    environment = _environment(home)
    if kind == "lab":
        _write_setting(home, "apputils-extension/notification", '{"fetchNews": "false", "checkForUpdates": false}')
        _write_setting(home, "docmanager-extension/plugin", '{"autosave": false}')
        name = "JupyterLab Dark" if theme == "dark" else "JupyterLab Light"
        _write_setting(home, "apputils-extension/themes", f'{{"theme": "{name}"}}')
        command = [
            "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--port-retries=0",
            f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={notebooks}",
            "--LabApp.extension_manager=readonly", "--LabApp.news_url=None",
            "--LabApp.expose_app_in_browser=True",
        ]  # fmt: skip
        address = f"http://127.0.0.1:{port}"
    else:
        command = [
            "voila", str(notebooks), "--no-browser", "--Voila.ip=127.0.0.1", f"--port={port}", f"--theme={theme}",
            "--show_tracebacks=True",
        ]  # fmt: skip
        address = f"http://127.0.0.1:{port}"
    with (home / f"{kind}.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=notebooks, env=environment, stdout=log, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    try:
        probe = f"{address}/api/status?token={token}" if kind == "lab" else address
        _wait_for(probe, server, home / f"{kind}.log")
        yield Server(address=address, token=token, notebooks=notebooks)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended at once; its last words:\n{log.read_text()[-2000:]}")
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.25)
    raise RuntimeError(f"the server at {address} did not answer in 60 s; its last words:\n{log.read_text()[-2000:]}")


def _accept(dialog: Locator) -> None:
    """Take the kernel that a busy JupyterLab offers; if it was another question, the explorer will be missing."""
    dialog.locator(".jp-mod-accept").click()


def open_explorer(page: Page, server: Server, kind: str, name: str) -> Locator:
    """Open a notebook, run its first cell where that is needed, and return its explorer once it is drawn."""
    open_cell(page, server, kind, name, "section.cc svg[role=img]")
    return page.locator("section.cc").first


def open_cell(page: Page, server: Server, kind: str, name: str, shown: str) -> None:
    """Open a notebook, run its first cell where that is needed, and wait until it shows something."""
    if kind == "voila":
        page.goto(f"{server.address}/voila/render/{name}.ipynb", timeout=120_000)  # Voila answers when all has run
    else:
        server.end_sessions()
        fresh = f"{name}-{secrets.token_hex(4)}"  # a notebook, kernel and workspace of its own for each page
        shutil.copy(server.notebooks / f"{name}.ipynb", server.notebooks / f"{fresh}.ipynb")
        page.goto(f"{server.address}/lab/workspaces/{fresh}/tree/{fresh}.ipynb?token={server.token}")
        page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(timeout=60_000)
        page.add_locator_handler(page.locator("dialog.jp-Dialog"), _accept)
        prompt = page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt").first
        for _ in range(10):  # a notebook that is still settling loses the first keys
            page.locator(".jp-Notebook .jp-Cell .cm-content").first.click()
            page.keyboard.press("Control+Enter")
            page.wait_for_timeout(500)
            if prompt.text_content() != "[ ]:":
                break
    page.locator(shown).first.wait_for(timeout=60_000)
