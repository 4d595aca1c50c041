"""The canvas: answers and results stay, through files that are whole, checked and plain; nothing is lost."""

import base64
import json
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cocreate_teach import widgets
from cocreate_teach.errors import CocreateError, ParameterError
from cocreate_teach.widgets import canvas_file
from cocreate_teach.widgets.canvas_board import BOXES, PAGES, Board, Result, fitting_box
from cocreate_teach.widgets.canvas_page import board_html
from cocreate_teach.widgets.canvas_snapshot import smaller, snapshot
from cocreate_teach.widgets.explorer import Explorer
from tests.widgets.explorers import EXPLORERS
from tests.widgets.tiny_topic import TinyTopic

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
RESULT = Result(
    box="risks", remark="Ask the juniors.", title="Who?", headline="Nobody.", key_numbers=(("pairs", "3"),),
    settings=(("effort", "0.4"),), note="First. Numbers: illustrative.", assumption="This model assumes that …",
    alt="A picture of nobody.", png=PIXEL,
)  # fmt: skip
BOARD = Board(group="Blue", results=(RESULT,)).write({"idea": "A coat.", "risks": "Nobody\ncomes."})


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Work in a folder of one's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def tiny():
    """Return a small explorer."""
    return Explorer(TinyTopic())


def press(board, **message):
    """Send what the browser sends."""
    board._on_message(board, message, [])


def raw(board=BOARD):
    """Return the content of a file, to be changed."""
    return json.loads(canvas_file.to_json(board))


def faults_of(content):
    """Return what is wrong with a file."""
    with pytest.raises(CocreateError) as caught:
        canvas_file.read_board(content if isinstance(content, bytes) else json.dumps(content).encode(), "c.json")
    return caught.value.faults


def test_two_pages_ask_ten_questions_that_explorers_answer():
    """Session 8 collects the course: every explorer has a box where its result belongs."""
    assert [len(page.boxes) for page in PAGES] == [5, 5]
    assert len(BOXES) == 10
    fitted = [name for box in BOXES.values() for name in box.fits]
    assert sorted(fitted) == sorted(EXPLORERS)


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_explorer_can_be_kept_and_reopened(name, here):
    """Texts and pictures of all explorers fit into the limits of a file."""
    explorer = EXPLORERS[name]()
    board = widgets.canvas(explorer)
    board.add(explorer)
    kept = board.board.results[0]
    assert (kept.title, kept.headline, kept.alt) == (explorer.spec["title"], explorer.headline, explorer.alt)
    assert dict(kept.key_numbers) == explorer.key_numbers
    assert kept.png == explorer.picture().png
    assert kept.box == fitting_box(name)
    assert name in BOXES[kept.box].fits
    assert widgets.canvas(board.save("one.json")).board == board.board


TEXTS = st.text(max_size=200).map(canvas_file.plain)


@given(
    group=st.text(max_size=120),
    answers=st.dictionaries(st.sampled_from(list(BOXES)), st.text(max_size=300)),
    texts=st.lists(TEXTS, min_size=7, max_size=7),
    pairs=st.lists(st.tuples(TEXTS, TEXTS), max_size=4),
    box=st.sampled_from(list(BOXES)),
)
def test_what_is_written_comes_back_from_the_file(group, answers, texts, pairs, box):
    """Whatever people type in whatever script: quotes, tags, emoji, right to left."""
    board = widgets.canvas()
    board.write(group=group, **answers)
    remark, title, headline, note, assumption, alt, label = texts
    result = Result(
        box=box, remark=remark, title=title, headline=headline, key_numbers=tuple(pairs), settings=((label, alt),),
        note=note, assumption=assumption, alt=alt, png=PIXEL,
    )  # fmt: skip
    whole = Board(group=board.board.group, results=(result,)).write(board.board.answers)
    assert canvas_file.read_board(canvas_file.to_json(whole), "c.json") == whole
    assert board.group == canvas_file.plain(group)
    assert whole.answers == {name: canvas_file.plain(text) for name, text in answers.items() if canvas_file.plain(text)}


def test_a_result_says_what_a_hand_changed_and_where_it_started(tiny):
    """A number without its settings cannot be found again."""
    board = widgets.canvas(tiny)
    board.add(tiny, box="idea")
    tiny.set(x=0.5, link=0.0, size="100000")
    board.add(tiny, box="idea", remark="Moved.")
    first, second = board.board.results
    assert first.settings == ()
    assert first.note.startswith("First. Numbers: illustrative")
    assert second.note == f"Changed by hand, starting from: {first.note}"
    assert dict(second.settings) == {"customer: power": "0.5", "linked": "off", "size": "100,000"}
    assert second.remark == "Moved."
    assert tiny.picture().caption.startswith("Changed by hand, starting from: First.")


def test_what_has_no_picture_of_its_values_is_not_kept(tiny):
    """A fault, or a run that waits, leaves the picture of other values."""
    board = widgets.canvas(tiny)
    tiny.set_state({"values": dict(tiny.values) | {"x": 9.0}})
    with pytest.raises(ParameterError, match=r"“Where is the point\?” has no picture of its present values .*got 9"):
        board.add(tiny)
    tiny.reset()
    tiny.set(size="1000000")
    press(board, do="add", explorer=0, box="idea")
    assert re.search(r"no picture of its present values .*take a second", board.fault)
    assert board.board == Board()


def test_wrong_arguments_are_sentences(tiny, here):
    """A new user writes what seems natural."""
    with pytest.raises(ParameterError) as caught:
        widgets.canvas(widgets, 3, "a.json", file="b.json")
    assert caught.value.faults == (
        "the canvas was given a module; it takes explorers and one file: write canvas(widgets.value())",
        "the canvas was given a int; it takes explorers and one file: write canvas(widgets.value())",
        "the canvas was given 2 files; it is kept in one: choose one",
    )
    board = widgets.canvas(tiny)
    for wrong in (lambda: board.add(tiny, box="risk"), lambda: board.write(risk="x"), lambda: board.move(1, "risks")):
        with pytest.raises(
            ParameterError, match=r"there is no (box 'risk'; the boxes are idea, .*|result 1; 0 are kept)"
        ):
            wrong()
    with pytest.raises(ParameterError, match="given a str; it keeps results of explorers"):
        snapshot("explorer", "idea")
    with pytest.raises(ParameterError, match="risks has 2,001 characters; it must have at most 2,000: make it shorter"):
        board.write(risks="x" * 2001)
    with pytest.raises(CocreateError, match=r"there is no folder '.*nowhere'; make it"):
        widgets.canvas(file="nowhere/c.json")
    with pytest.raises(CocreateError, match=r"c\.json cannot be read in .*No such file"):
        board.load("c.json")
    assert board.board == Board()


def test_results_are_moved_remarked_removed_and_brought_back(tiny):
    """By the browser, in the order of its messages; Undo after Undo."""
    board = widgets.canvas(tiny)
    for box in ("idea", "idea", "risks"):
        press(board, do="add", explorer=0, box=box)
    one, two, three = (result["number"] for result in board.results)
    press(board, do="remark", number=two, text="second")
    press(board, do="move", number=two, box="value")
    assert [(result.box, result.remark) for result in board.board.results] == [
        ("idea", ""), ("value", "second"), ("risks", ""),
    ]  # fmt: skip
    before = board.board
    press(board, do="remove", number=two)
    press(board, do="remove", number=one)
    assert [result["number"] for result in board.results] == [three]
    assert set(board.pictures) == {str(three)}
    press(board, do="write", name="idea", text="typed meanwhile")
    assert board.undoing == "removing"
    press(board, do="undo")
    press(board, do="undo")
    assert board.board == before.write({"idea": "typed meanwhile"})
    assert board.undoing == ""
    press(board, do="undo")
    board.remove(1)
    board.move(1, "idea")
    assert [result.box for result in board.board.results] == ["idea", "risks"]


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ({"do": "write", "name": "risk", "text": "x"}, "there is no box 'risk'"),
        ({"do": "write", "name": "risks", "text": "x" * 3000}, "risks has 3,000 characters"),
        ({"do": "remark", "number": 1, "text": "x" * 600}, "remark has 600 characters"),
        ({"do": "move", "number": 1, "box": "here"}, "there is no box 'here'"),
        ({"do": "save", "file": "../c", "over": False}, "the file name '../c.json' is not allowed"),
        ({"do": "save", "file": ".c", "over": False}, "the file name '.c.json' is not allowed"),
        ({"do": "open", "file": "c.json", "text": "{"}, "c.json cannot be read"),
        ({"do": "open", "file": "c.json", "text": "\ud800"}, "c.json cannot be read"),
        ({"do": "add", "explorer": 7, "box": "idea"}, ""),
        ({"do": "remove", "number": 99}, ""),
        ({"do": "remark"}, ""),
        ({}, ""),
    ],
)
def test_what_a_browser_may_not_do_changes_nothing(message, sentence, here, tiny):
    """An exception in a callback would reach nobody; a file name stays in its folder."""
    board = widgets.canvas(tiny)
    press(board, do="add", explorer=0, box="idea")
    before = board.board
    press(board, **message)
    assert sentence in board.fault
    assert bool(board.fault) == bool(sentence)
    assert board.board == before
    assert list(here.iterdir()) == []


def test_a_file_named_at_the_start_follows_each_change(here, tiny):
    """A battery that ends in the middle of a sentence costs the sentence, not the hour."""
    board = widgets.canvas(tiny, file="group.json")
    assert not (here / "group.json").exists()
    press(board, do="write", name="risks", text="Nobody comes.")
    press(board, do="add", explorer=0, box="risks")
    press(board, do="write", name="group", text="Blue")
    assert board.saving["saved"]
    again = widgets.canvas(tiny, "group.json")
    assert again.board == board.board
    assert (again.group, again.answers, again.progress) == (board.group, board.answers, board.progress)
    assert [path.name for path in here.iterdir()] == ["group.json"]


def test_the_work_of_somebody_else_is_not_overwritten(here):
    """Two laptops, one folder: the second is told, and may set the other version aside."""
    mine, yours = widgets.canvas(file="c.json"), widgets.canvas(file="c.json")
    mine.write(idea="mine")
    yours.write(idea="yours")
    assert yours.fault.startswith("c.json is there already in ")
    assert yours.saving | {"taken": True, "saved": False} == yours.saving
    assert json.loads((here / "c.json").read_text())["answers"] == {"idea": "mine"}
    with pytest.raises(CocreateError, match="with another content; choose another name, or replace it"):
        yours.save()
    press(yours, do="save", file="c", over=True)
    assert "The other content is kept in c-before-1.json." in yours.told["text"]
    assert widgets.canvas("c.json").answers == {"idea": "yours"}
    assert widgets.canvas("c-before-1.json").answers == {"idea": "mine"}
    (here / "notes.json").write_text("notes")
    press(mine, do="save", file="notes", over=False)
    assert mine.fault.startswith("notes.json is there already")
    assert (here / "notes.json").read_text() == "notes"


def test_a_folder_that_takes_no_file_costs_nothing(here, monkeypatch):
    """The board stays in the browser, the old file on the disk; the next change tries again."""
    board = widgets.canvas(file="c.json")
    board.write(idea="first")

    def full(self, target):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", full)
        press(board, do="write", name="idea", text="second")
        assert board.fault.startswith("c.json cannot be written in ")
        assert board.fault.endswith(": No space left on device; choose another folder, or download the canvas.")
        assert not board.saving["saved"]
        assert board.answers == {"idea": "second"}
        assert json.loads((here / "c.json").read_text())["answers"] == {"idea": "first"}
        assert [path.name for path in here.iterdir()] == ["c.json"]
    press(board, do="write", name="risks", text="none")
    assert (board.fault, board.saving["saved"]) == ("", True)
    assert widgets.canvas("c.json").answers == {"idea": "second", "risks": "none"}
    (here / "file").write_text("")
    with pytest.raises(CocreateError, match=r"c\.json cannot be written in .*file: (?:Not a directory|File exists)"):
        board.save("file/c.json")


def test_a_killed_save_leaves_the_old_file_whole(here, monkeypatch):
    """The new content is written beside, and takes the place of the old at once."""
    board = widgets.canvas()
    board.write(idea="first")
    path = board.save("c.json")
    old = path.read_bytes()
    board.write(idea="second")

    def killed(self, content):
        with self.open("wb") as half:
            half.write(content[:10])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", killed)
    with pytest.raises(KeyboardInterrupt):
        board.save()
    assert path.read_bytes() == old


def test_opening_can_be_undone_and_undone_again(here, tiny):
    """A canvas that was not saved is not lost when another one is opened over it."""
    other = canvas_file.to_json(BOARD).decode()
    board = widgets.canvas(tiny)
    press(board, do="write", name="idea", text="mine")
    mine, revision = board.board, board.revision
    press(board, do="open", file="theirs.json", text=other)
    assert (board.board, board.saving["file"], board.undoing) == (BOARD, "theirs.json", "opening")
    assert board.revision > revision
    press(board, do="undo")
    assert (board.board, board.saving["file"]) == (mine, "canvas.json")
    press(board, do="undo")
    assert board.board == BOARD
    (here / "c.json").write_text(other)
    board.write(idea="", group="")
    board.load("c.json")
    assert board.board == BOARD
    assert board.saving["saved"]


def test_an_opened_file_is_kept_under_its_own_name(here):
    """The file that a canvas has followed is not overwritten by another one that was opened in it."""
    board = widgets.canvas(file="mine.json")
    board.write(idea="mine")
    press(board, do="open", file="theirs.json", text=canvas_file.to_json(BOARD).decode())
    assert widgets.canvas("mine.json").answers == {"idea": "mine"}
    assert widgets.canvas("theirs.json").board == BOARD


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda c: c.update(group="x" * 121), "group has 121 characters; it must have at most 120"),
        (lambda c: c.update(group=["x"]), "group is a list; it must be a text"),
        (lambda c: c.update(group="\u0000"), "group holds control characters"),
        (lambda c: c.update(answers=[]), "answers is a list; it must be texts"),
        (lambda c: c["answers"].update(risk="x"), "answers has the box 'risk'; the boxes are idea"),
        (lambda c: c["answers"].update(risks=1e999), "answers.risks is a float; it must be a text"),
        (lambda c: c["answers"].update(idea="\ud800"), "answers.idea holds control characters"),
        (lambda c: c.update(results={}), "results is a dict; it must be a list of at most 40"),
        (lambda c: c.update(results=c["results"] * 41), "results has 41 entries"),
        (lambda c: c.update(version=True), "version is True; it must be 1"),
        (lambda c: c.update(version=0), "version is 0; it must be 1"),
        (lambda c: c.update(script="x"), "the file has the key 'script', which no canvas has: remove it"),
        (lambda c: c.pop("results"), "the file has no results"),
        (lambda c: c["results"].append("x"), "results 2: it is 'x'; it must be a table"),
        (lambda c: c["results"][0].pop("alt"), "results 1: it has no alt"),
        (lambda c: c["results"][0].update(box=["risks"]), "results 1: box is a list; the boxes are"),
        (lambda c: c["results"][0].update(headline="x" * 601), "results 1: headline has 601 characters"),
        (lambda c: c["results"][0].update(key_numbers=[["a"]]), "results 1: key_numbers is a list; it must be at most"),
        (lambda c: c["results"][0].update(settings=[["a", 1]]), "results 1: settings 1 is 1; it must be a text"),
        (lambda c: c["results"][0].update(png=3), "results 1: png is not base64"),
        (lambda c: c["results"][0].update(png="<svg onload=alert(1)>"), "results 1: png is not base64"),
        (lambda c: c["results"][0].update(png="PHN2Zz4="), "results 1: png is no PNG picture"),
    ],
)
def test_a_file_that_was_changed_by_hand_is_refused_with_its_place(change, sentence):
    """Wrong types, sizes, names, pictures: a sentence each, and nothing of the file is used."""
    content = raw()
    change(content)
    told = faults_of(content)
    assert any(sentence in fault for fault in told), told
    assert all(fault.startswith("c.json: ") and len(fault) < 400 for fault in told)


def test_all_faults_of_a_file_are_told_at_once():
    """Whoever repairs a file repairs it once."""
    content = raw()
    content.update(group=1, more=2)
    content["results"][0].update(png="x", alt=None)
    assert len(faults_of(content)) == 4


def test_pictures_that_are_too_large_in_bytes_or_pixels_are_refused():
    """A small file may hold a picture that fills the memory."""
    wide = PIXEL[:16] + (5000).to_bytes(4, "big") + PIXEL[20:]
    large = PIXEL + b"\0" * canvas_file.PICTURE
    for png, sentence in ((wide, "wider or higher than 4,000 pixels"), (large, "it must have at most 300,000")):
        content = raw()
        content["results"][0]["png"] = base64.b64encode(png).decode()
        assert sentence in faults_of(content)[0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b" " * 5_000_001, "c.json has 5,000,001 bytes; a canvas has at most 5,000,000"),
        (b"", "c.json cannot be read"),
        (b"\xff\xfe{", "c.json cannot be read"),
        (b"[" * 100_000, "c.json cannot be read: it is not JSON"),
        (b'{"version": ' + b"9" * 5000 + b"}", "c.json cannot be read: it is not JSON"),
        (b"[]", "c.json is no canvas: its format is a list"),
        (b'{"cells": []}', "c.json is no canvas: its format is None; it must be 'cocreate canvas'"),
        (b'{"format": "cocreate canvas", "version": 2, "new": 1}', "saved by a newer cocreate_teach: its version is 2"),
    ],
)
def test_what_is_no_canvas_is_refused_in_one_sentence(content, sentence):
    """A notebook, a picture, a file of the next version, a bomb."""
    (fault,) = faults_of(content)
    assert sentence in fault


@given(end=st.integers(min_value=0, max_value=len(canvas_file.to_json(BOARD)) - 3))
def test_a_truncated_file_is_refused(end):
    """A copy that stopped halfway."""
    assert "cannot be read" in faults_of(canvas_file.to_json(BOARD)[:end])[0]


class Tags(HTMLParser):
    """Collects tags and their attributes."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(sorted(name for name, _ in attrs)), tuple(v for k, v in attrs if k == "src")))


@given(text=st.text(alphabet="<>&\"'/=script onerror", max_size=60) | st.just("</style><script>alert(1)</script>"))
def test_texts_are_never_markup(text):
    """With hostile texts everywhere the page has the same tags and attributes as with a plain word."""
    outlines = []
    for word in (f"x{text}".strip(), "x"):
        hostile = Result(
            box="risks", remark=word, title=word, headline=word, key_numbers=((word, word),), settings=((word, word),),
            note=word, assumption=word, alt=word, png=PIXEL,
        )  # fmt: skip
        tags = Tags()
        tags.feed(board_html(Board(group=word, results=(hostile,)).write({"risks": word})))
        outlines.append(tags.found)
    assert outlines[0] == outlines[1]


def test_the_page_to_print_loads_nothing_and_holds_everything():
    """A page that a student mails must not call anybody, and is complete."""
    board = widgets.canvas()
    board._board = BOARD
    page = board.to_html()
    assert not re.search(r"(?:src|href)=\"(?!data:)|url\(|<script|@import", page)
    assert "default-src 'none'" in page
    assert "size: A4" in page
    for text in (
        "Blue",
        "A coat.",
        "Nobody<br/>comes.",
        "Ask the juniors.",
        "This model assumes",
        *BOXES["risks"].question,
    ):
        assert text in page
    assert page.count('<section class="sheet">') == 2


def test_without_a_kernel_the_content_of_the_board_is_there(here):
    """GitHub, nbviewer: no widget runs there; no path of a machine is in it, and twice the same."""
    (here / "c.json").write_bytes(canvas_file.to_json(BOARD))
    one, two = (widgets.canvas("c.json")._repr_mimebundle_()[0] for _ in range(2))
    assert set(one) == {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"}
    assert one["text/plain"].splitlines() == [
        "Canvas of value co-creation, group Blue: 2 of 10 boxes have an answer; 1 result is kept.",
        "What do we want to create together? A coat.",
        "What could go wrong? Nobody",
        "comes.",
        "Result 1: Who? Nobody.",
    ]
    assert 'alt="A picture of nobody."' in one["text/html"]
    assert (one["text/html"], one["text/plain"]) == (two["text/html"], two["text/plain"])
    assert str(here) not in one["text/html"]


def test_a_full_canvas_says_so(tiny, monkeypatch):
    """Before the file would be too large to reopen."""
    board = widgets.canvas(tiny)
    board.add(tiny)
    monkeypatch.setattr(canvas_file, "RESULTS", 1)
    with pytest.raises(ParameterError, match="the canvas is full with 1 results; it holds 1, and 5,000,000 bytes"):
        board.add(tiny)
    monkeypatch.setattr(canvas_file, "RESULTS", 40)
    one = 4 / 3 * len(tiny.picture().png)  # bytes of a picture in the file: one fits, two do not
    monkeypatch.setattr(canvas_file, "FILE", canvas_file.ROOM + round(1.5 * one))
    with pytest.raises(ParameterError, match="the canvas is full"):
        board.add(tiny)
    assert len(board.board.results) == 1


def test_the_largest_texts_leave_a_full_file_readable():
    """What `add` leaves free is enough for every answer and remark at their longest."""
    text = "😀" * 2000
    answers = len(json.dumps(dict.fromkeys(BOXES, text), ensure_ascii=False).encode())
    assert answers + canvas_file.RESULTS * 500 * 4 + 120 * 4 < canvas_file.ROOM


def test_a_large_picture_gets_fewer_pixels():
    """A picture of an explorer that does not compress."""
    noise = np.random.default_rng(1).integers(0, 256, (900, 1200), dtype=np.uint8)
    drawn = BytesIO()
    Image.fromarray(noise).save(drawn, format="png")
    large = drawn.getvalue()
    assert len(large) > canvas_file.PICTURE
    small = smaller(large)
    assert 1000 < len(small) <= canvas_file.PICTURE
    assert small.startswith(canvas_file.PNG)
    assert smaller(PIXEL) is PIXEL


def test_a_served_page_offers_downloads_and_no_folder_of_the_server(monkeypatch, here):
    """On a page of Voila the working folder belongs to the server, unless its author named a file."""
    assert widgets.canvas().spec["saves"]
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.8")
    assert not widgets.canvas().spec["saves"]
    assert widgets.canvas(file="c.json").spec["saves"]


def test_explorers_of_one_title_can_be_told_apart(tiny):
    """Before and after, side by side."""
    board = widgets.canvas(tiny, Explorer(TinyTopic()), widgets.scope())
    titles = [title for title, _ in board.spec["explorers"]]
    assert titles == ["Where is the point? (1)", "Where is the point? (2)", "When not to co-create, and how far to go?"]
    assert board.spec["explorers"][2][1] == "refusal"
