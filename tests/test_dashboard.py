"""Pages of explorers without code: written as notebooks, served by Voila, refused with a sentence."""

import socket
from urllib.request import urlopen

import nbformat
import pytest

from cocreate_teach import dashboard, widgets
from cocreate_teach.cli import main
from cocreate_teach.errors import CocreateError


def test_without_names_there_is_a_page_for_each_explorer_and_an_index_that_leads_to_it(tmp_path):
    """A lecturer looks through all of them."""
    written = dashboard.write_pages(tmp_path, dashboard.explorer_pages())
    assert {path.stem for path in written} == {"index", *widgets.__all__}
    index = nbformat.read(tmp_path / "index.ipynb", as_version=4).cells[0].source
    for name in widgets.__all__:
        assert f"(/voila/render/{name}.ipynb): " in index
        page = nbformat.read(tmp_path / f"{name}.ipynb", as_version=4)
        assert page.cells[1].source.endswith(f"widgets.{name}()")


def test_a_case_and_a_preset_are_handed_to_the_explorer():
    """The page starts where the lecture stands."""
    pages = dashboard.explorer_pages(["participation"], case="bank", preset="after")
    assert pages["participation"].endswith("widgets.participation(case='bank', preset='after')")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["participaton"], "there is no explorer 'participaton'; the explorers are "),
        (["participation", "--case", "bnak"], "there is no case 'bnak'"),
        (["canvas", "--case", "bank"], "the canvas starts with no case and no preset; leave them out"),
        (["participation", "--case", "bank", "--preset", "midday"], "has no preset 'midday'"),
    ],
)
def test_wrong_names_are_a_sentence_before_a_server_starts(arguments, sentence, capsys):
    """An empty page in front of a class would be the worst way to learn it."""
    assert main(["dashboard", *arguments]) == 1
    assert sentence in capsys.readouterr().err


def test_files_of_somebody_else_are_not_overwritten(tmp_path):
    """Nothing is lost, and nothing is written halfway."""
    (tmp_path / "voice.ipynb").write_text("mine")
    with pytest.raises(CocreateError, match=r"voice\.ipynb is there already and differs; name another folder"):
        dashboard.write_pages(tmp_path, dashboard.explorer_pages(["participation", "voice"]))
    assert [path.name for path in tmp_path.iterdir()] == ["voice.ipynb"]
    assert main(["dashboard", "participation", "--to", str(tmp_path)]) == 0
    assert main(["dashboard", "participation", "--to", str(tmp_path)]) == 0


def test_a_port_that_is_taken_is_a_sentence():
    """Two lecturers on one machine."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CocreateError, match=f"the port {port} is taken; name another one, or none"):
            dashboard.serve({}, port=port)


def test_the_index_is_served_and_the_server_ends_with_the_command():
    """Offline: Voila on the loopback, no browser where there is no display."""
    told = []

    class Enough(Exception):
        """Stands for Ctrl-C."""

    def tell(line):
        told.append(line)
        address = line.splitlines()[0]
        with urlopen(address, timeout=60) as page:
            text = page.read().decode()
        assert "voila/render/participation.ipynb" in text
        assert "voila/render/voice.ipynb" in text
        raise Enough

    with pytest.raises(Enough):
        dashboard.serve(dashboard.explorer_pages(["participation", "voice"]), open_browser=False, tell=tell)
    port = int(told[0].split(":")[2].split("/")[0])
    with socket.socket() as one:
        assert one.connect_ex(("127.0.0.1", port)) != 0
