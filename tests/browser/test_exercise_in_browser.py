"""An exercise from release to feedback: opened in JupyterLab, done by keyboard alone, handed in, graded, read."""

import json
import secrets
import shutil
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path

import pytest

from cocreate_teach.authoring import release
from cocreate_teach.exercises import load_key
from cocreate_teach.grading import grade, problem
from cocreate_teach.reporting import feedback
from tests.browser.servers import serve
from tests.reporting.made_results import made, memo, put, question

pytestmark = pytest.mark.browser

EXERCISE = Path(__file__).parents[2] / "exercises" / "02_inside_first"
NAME = f"{EXERCISE.name}.ipynb"
MEMO = 'Pair one junior & one senior: "nobody takes part for nothing" <b>(A12)</b>.'
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEMES = ["light", "dark"]
HINTS = ".jp-Notebook .jp-RenderedMarkdown details"


def violations(page, part="document"):
    """Let axe look at a page, or at what a selector finds in it."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    rules = RULES
    if part != "document":  # JupyterLab's body has no height and hides what overflows: to axe all in it is invisible
        page.evaluate("document.body.style.height = '100vh'")
        rules = RULES[:-1]
    found = page.evaluate(
        "([part, rules]) => axe.run(part === 'document' ? document : {include: [part]}, {runOnly: rules})",
        [part, rules],
    )
    assert "color-contrast" in {rule["id"] for rule in found["passes"]}  # it did look
    return [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found["violations"]]


def accept(dialog):
    """Take the kernel that a busy JupyterLab offers."""
    dialog.locator(".jp-mod-accept").click()


class Desk:
    """A student at a notebook in JupyterLab who has a keyboard and no mouse."""

    def __init__(self, page, server, path, count):
        self.page = page
        self.key = page.keyboard.press
        page.add_locator_handler(page.locator("dialog.jp-Dialog"), accept)
        page.goto(f"{server.address}/lab/workspaces/{secrets.token_hex(4)}/tree/{path}?token={server.token}")
        self.cells = page.locator(".jp-Notebook .jp-Cell")
        self.cells.nth(count - 1).wait_for(state="attached", timeout=60_000)  # cells come one by one
        page.locator("#jp-main-statusbar", has_text="| Idle").wait_for(timeout=60_000)  # so that no key is lost
        page.locator(".jp-Notebook .jp-Cell.jp-mod-active:focus").wait_for(timeout=10_000)

    def active(self):
        """Return the number of the cell in which the student is."""
        return self.cells.evaluate_all("cells => cells.findIndex(cell => cell.classList.contains('jp-mod-active'))")

    def run_down_to(self, last):
        """Run cell after cell with Shift and Enter."""
        while (here := self.active()) < last:
            self.key("Shift+Enter")
            self.page.wait_for_function(
                "here => [...document.querySelectorAll('.jp-Notebook .jp-Cell')]"
                ".findIndex(cell => cell.classList.contains('jp-mod-active')) > here",
                arg=here,
            )

    def go_to(self, number):
        """Walk to a cell with the arrows."""
        for _ in range(200):
            here = self.active()
            if here == number:
                return
            self.key("ArrowUp" if here > number else "ArrowDown")
        raise AssertionError(f"the arrows do not lead to cell {number}")

    def write(self, number, text):
        """Replace what a cell holds, run it, and run the next one."""
        self.go_to(number)
        self.key("Enter")
        self.key("Control+a")
        self.page.keyboard.type(text)
        self.key("Shift+Enter")
        self.run_down_to(number + 2)

    def wait_idle(self):
        """Wait until nothing runs and nothing waits to be run."""
        self.page.wait_for_function(
            "![...document.querySelectorAll('.jp-Notebook .jp-InputPrompt')].some(one => one.textContent === '[*]:')"
        )

    def result(self, id):
        """Return the line under a question once the kernel has written it."""
        self.wait_idle()
        line = self.page.locator(".jp-OutputArea [role=status]", has_text=f"{id}:")
        return " ".join(line.text_content(timeout=10_000).split())

    def save(self, path):
        """Save, and return the notebook once it is on the disk."""
        before = path.stat().st_mtime_ns
        self.wait_idle()
        self.key("Control+s")
        for _ in range(100):
            if path.stat().st_mtime_ns != before:
                return json.loads(path.read_text(encoding="utf-8"))
            self.page.wait_for_timeout(100)
        raise AssertionError("the notebook was not saved")


def places(path):
    """Return the number of each cell of a question, by its grade id, and the number of cells."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    ids = {cell["metadata"].get("nbgrader", {}).get("grade_id"): number for number, cell in enumerate(cells)}
    return ids, len(cells)


@pytest.fixture(scope="module")
def lab_in(chromium, tmp_path_factory):
    """Return JupyterLab in a theme; one of each runs for all tests."""
    with ExitStack() as running:
        labs = {}

        def lab_in(theme):
            if theme not in labs:
                labs[theme] = running.enter_context(serve("lab", tmp_path_factory.mktemp(f"lab-{theme}"), theme))
            return labs[theme]

        yield lab_in


def typed_answers(key, given):
    """Return what a student types: one likely wrong, one right in part, one not at all, the rest right."""
    from cocreate_teach.exercises.marking import mark

    answers = {question.id: question.answer(given) for question in key.questions}
    status = dict.fromkeys(answers, "correct")
    partly = next(
        one for one in key.questions if one.partial and mark(one, answers[one.id][:-1], given).status == "partial"
    )
    wrong = next(one for one in reversed(key.questions) if one.wrong and not one.partial)
    untouched = next(one for one in reversed(key.questions) if one.id not in {partly.id, wrong.id})
    answers[partly.id] = answers[partly.id][:-1]
    answers[wrong.id] = wrong.wrong[0].value(given)
    del answers[untouched.id]
    status |= {partly.id: "partial", wrong.id: "wrong", untouched.id: "not_attempted"}
    return {id: json.dumps(answer) for id, answer in answers.items()}, status


@pytest.mark.parametrize("name", ["01_from_product_to_experience", "05_what_each_side_puts_in"])
def test_an_exercise_goes_by_keyboard_from_release_to_a_page_with_the_right_marks(lab_in, open_page, tmp_path, name):
    """Who never programmed types what the page asks for; the marks on the page are those of what was typed.

    Not attempted before, visible checks passed after. Sessions 1 and 5 stand for all: other kinds of questions.
    """
    exercise, file = EXERCISE.parent / name, f"{name}.ipynb"
    fault = problem()
    if fault:
        pytest.skip(f"submissions are graded in a sandbox only: {fault}")
    roster = tmp_path / "roster.csv"
    roster.write_text("student,name\nanna,Anna A.\n", encoding="utf-8")
    course = {"roster": roster, "course": "mkt-2027"}
    lab = lab_in("light")
    release(exercise, lab.notebooks, **course)
    notebook = lab.notebooks / "anna" / file
    key = load_key(exercise)
    typed, status = typed_answers(key, key.given(course="mkt-2027", student="anna"))
    at, count = places(notebook)

    page = open_page()
    desk = Desk(page, lab, f"anna/{file}", count)
    desk.run_down_to(count - 1)
    for id in status:
        assert desk.result(id) == f"○ {id}: not attempted. The dots are still there. Replace them with your answer."
    for id, text in typed.items():
        desk.write(at[id], f"{id} = {text}")
        assert desk.result(id) == f"· {id}: visible checks passed. The value is checked when your work is graded."
    desk.write(at["memo"], MEMO)
    desk.run_down_to(count - 1)
    saved = desk.save(notebook)
    assert len(saved["cells"]) == count
    assert (
        page.locator(
            '.jp-OutputArea-output[data-mime-type*="stderr"], .jp-RenderedText[data-mime-type*="error"]'
        ).count()
        == 0
    )
    page.screenshot(path=tmp_path / "done.png")

    submission = tmp_path / "submissions" / "anna" / file
    submission.parent.mkdir(parents=True)
    shutil.copy(notebook, submission)
    summary = grade(tmp_path / "submissions", exercise, tmp_path / "results", workers=1, **course)
    assert (summary.graded, summary.faults, summary.warned) == (("anna",), (), ())
    result = json.loads((tmp_path / "results" / "anna" / f"{exercise.name}.json").read_text(encoding="utf-8"))
    assert {one["id"]: one["status"] for one in result["questions"]} == status | {"memo": "manual"}
    assert result["sandbox"] == "bubblewrap"

    assert feedback(tmp_path / "results", tmp_path / "pages").written == (f"anna/{exercise.name}",)
    page = open_page()
    page.goto((tmp_path / "pages" / "anna" / f"{exercise.name}.html").as_uri())
    rows = page.locator(".questions > li").evaluate_all(
        "rows => rows.map(row => [row.className, row.querySelector('.got').textContent])"
    )
    for question_, (shown, got) in zip(key.questions, rows, strict=False):
        assert shown == status[question_.id]
        share, most = got.split(" of ")
        assert float(most) == question_.marks
        if shown == "partial":
            assert 0 < float(share) < question_.marks
        else:
            assert float(share) == (question_.marks if shown == "correct" else 0)
    assert rows[-1] == ["manual", "open, of 8"]
    total = round(sum(float(got.split(" of ")[0]) for _, got in rows[:-1]), 2)
    assert page.locator(".marks strong").inner_text() == f"{total:g} of {key.marks:g} marks"
    wrong = next(one for one in key.questions if status[one.id] == "wrong")
    assert page.locator(".wrong .reason").inner_text() == wrong.wrong[0].message
    assert page.locator(".fix").inner_text().endswith(wrong.wrong[0].message)
    assert page.locator(".text").inner_text() == MEMO
    assert violations(page) == []
    assert page.faults == []


@pytest.mark.parametrize("theme", THEMES)
def test_where_the_key_is_open_a_student_reads_at_once_whether_it_is_right(lab_in, open_page, theme):
    """Practice: wrong with its message, then correct; hints open by keyboard; nothing of it has an axe violation."""
    lab = lab_in(theme)
    folder = lab.notebooks / "practice"
    folder.mkdir()
    shutil.copy(EXERCISE / "exercise.ipynb", folder / NAME)
    shutil.copy(EXERCISE / "key.py", folder)
    key = load_key(EXERCISE)
    first, given = key.questions[0], key.given()
    at, count = places(folder / NAME)

    page = open_page()
    desk = Desk(page, lab, f"practice/{NAME}", count)
    desk.run_down_to(at[f"{first.id}_check"] + 1)
    assert "not attempted" in desk.result(first.id)
    desk.write(at[first.id], f"{first.id} = {first.wrong[0].value(given)!r}")
    assert desk.result(first.id) == f"✗ {first.id}: not yet. {first.wrong[0].message}"

    hints = page.locator(".jp-Notebook .jp-Cell").nth(at[f"{first.id}_text"]).locator("details")
    desk.go_to(at[f"{first.id}_text"])
    for _ in range(4):
        if hints.first.locator("summary").evaluate("node => node === document.activeElement"):
            break
        desk.key("Tab")
    desk.key("Enter")
    assert hints.first.get_attribute("open") is not None
    desk.key("Escape")

    desk.write(at[first.id], f"{first.id} = {first.answer(given)!r}")
    assert desk.result(first.id) == f"✓ {first.id}: correct."
    for part in (".jp-OutputArea [role=status]", ".jp-OutputArea table"):
        assert violations(page, part) == []
    desk.go_to(at[f"{first.id}_text"])
    assert [fault for fault in violations(page, HINTS) if fault[0] != "target-size"] == []


def test_hints_are_large_enough_for_a_shaking_hand(lab_in, open_page):
    """WCAG 2.2, 2.5.8: a target is 24 px high, or has that much room."""
    lab = lab_in("light")
    shutil.copy(EXERCISE / "exercise.ipynb", lab.notebooks / NAME)
    at, count = places(lab.notebooks / NAME)
    page = open_page()
    Desk(page, lab, NAME, count).go_to(at["q1_text"])
    assert violations(page, HINTS) == []


@pytest.mark.parametrize("scheme", THEMES)
def test_a_page_of_feedback_has_no_accessibility_fault_and_fits_every_screen(chromium, tmp_path, scheme):
    """Every status, notes, a memo and a very long word: no axe violation, no sideways scrolling, nothing blocked."""
    questions = (
        question("q1"), question("q2", 0.5, 2.0, "partial", "x" * 900), question("q3", 0.0, 1.0, "wrong", "Halve it."),
        question("q4", 0.0, 1.0, "not_attempted", "<b>dots</b>"), question("q5", 0.0, 1.0, "error", "מה \u202e"),
        memo("y" * 900),
    )  # fmt: skip
    put(tmp_path / "results", made(questions=questions, sandbox="none", warnings=["w" * 300], course="practice"))
    feedback(tmp_path / "results", tmp_path / "pages")
    for name in ("anna/02_inside_first.html", "index.html"):
        for width in (1280, 375):
            context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
            page = context.new_page()
            told = []
            page.on("console", lambda message, told=told: told.append(message.text))
            page.goto((tmp_path / "pages" / name).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert told == []
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
                "rgb(21, 21, 21)" if scheme == "dark" else "rgb(255, 255, 255)"
            )
            assert violations(page) == []
            context.close()


def test_the_policy_of_the_page_stops_what_slips_through(chromium, tmp_path):
    """A script, a handler, a picture from elsewhere and a style written into the file afterwards: none takes effect."""
    put(tmp_path / "results", made())
    feedback(tmp_path / "results", tmp_path / "pages")
    path = tmp_path / "pages" / "anna" / "02_inside_first.html"
    planted = (
        "<script>document.title = 'run'</script><img src='data:image/png;base64,x' onerror=\"document.title = 'run'\">"
        "<style>main { display: none }</style><p id='p' style='display: none'>seen</p>"
    )
    page = chromium.new_page()
    for is_safe in (False, True):  # first without the policy, to see that the plants work
        text = path.read_text(encoding="utf-8").replace("</main>", f"</main>{planted}")
        other = path.with_name(f"{is_safe}.html")
        other.write_text(text if is_safe else text.replace("Content-Security-Policy", "x"), encoding="utf-8")
        page.goto(other.as_uri())
        page.wait_for_timeout(200)
        assert (page.title() == "run") is not is_safe
        assert page.locator("main").is_visible() is is_safe
        assert page.locator("#p").is_visible() is is_safe
    page.close()
