"""The page of feedback: one self-contained HTML file, for every screen and for print.

Its policy lets nothing run and nothing load, so that even a text that slipped through could do nothing.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from cocreate_teach.exercises.marking import WORDS, Status
from cocreate_teach.grading.submission import LONGEST_MEMO, UNSANDBOXED
from cocreate_teach.reporting.advice import advise, label
from cocreate_teach.reporting.document import document
from cocreate_teach.reporting.hostile import harmless, sentence
from cocreate_teach.reporting.lessons import Lesson
from cocreate_teach.reporting.result import Answered, Result

SIGNS: Final[dict[Status, str]] = {
    "correct": "✓", "partial": "◐", "wrong": "✗", "not_attempted": "○", "error": "!", "manual": "✎",
}  # fmt: skip
MOST_NOTES: Final = 30
SHEET: Final = "feedback.css"
_SAID: Final = ("To be marked by a person.",)  # the page has a word for it
_MASTER: Final = '<p class="note">The master is your lecturer\'s own copy of the exercise.</p>'


def feedback_page(result: Result, lesson: Lesson, *, fingerprint: str) -> str:
    """Return the page of one student: the same bytes for the same result.

    Parameters
    ----------
    result : Result
        Sound; its texts may be hostile.
    lesson : Lesson
        Where to reread; may be empty.
    fingerprint : str
        Of the result, written into the page.
    """
    name = harmless(result.exercise)
    title = harmless(lesson.title) if lesson.title else name
    course = f", course <bdi>{harmless(result.course)}</bdi>" if result.course else ""
    body = [
        "<main>",
        f'<header><p class="kind">Feedback</p><h1>{title}</h1>',
        f'<p class="whose">Exercise <bdi>{name}</bdi>{course}, '
        f"student <bdi>{harmless(result.student)}</bdi></p></header>",
        _marks(result),
        _advice(result, lesson),
        '<h2 id="questions">Question by question</h2>',
        f'<ol class="questions">{"".join(map(_question, result.questions))}</ol>',
        _notes(result),
        *(_text(question) for question in result.questions if question.text.strip()),
        "</main>",
        _footer(result),
    ]
    head = f'<meta name="cocreate-result" content="{harmless(fingerprint)}">'
    title = f"Feedback: {name}, {harmless(result.student)}"
    return document(title, "".join(body), sheet=SHEET, head=head)


def index_page(links: Sequence[tuple[str, str]]) -> str:
    """Return the lecturer's list of pages: (student, exercise) pairs, ids only, no marks."""
    rows = "".join(
        f'<tr><th scope="row"><bdi>{harmless(student)}</bdi></th>'
        f'<td><a href="{quote(student)}/{quote(exercise)}.html">{harmless(exercise)}'
        f"</a></td></tr>"
        for student, exercise in links
    )
    body = (
        '<main><header><p class="kind">Feedback</p><h1>Pages of all students</h1></header>'
        '<p class="note">For the lecturer. Give each student only the page in the folder of his or her own id.</p>'
        '<table><thead><tr><th scope="col">Student</th><th scope="col">Page</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></main>"
    )
    return document("Feedback: pages of all students", body, sheet=SHEET)


def _marks(result: Result) -> str:
    waiting = sum(question.max_marks for question in result.waiting)
    checked = result.max_marks - waiting
    later = (
        f"<span>so far. A person will give up to {_named(waiting)} more: "
        f"{', '.join(harmless(label(question.id), 100) for question in result.waiting)}.</span>"
        if waiting
        else ""
    )
    return f'<p class="marks"><strong>{_number(result.marks)} of {_named(checked)}</strong>{later}</p>'


def _advice(result: Result, lesson: Lesson) -> str:
    advice = advise(result, lesson)
    if advice.reread:
        where = "In the lesson:" if lesson.title else ""
        items = "".join(f"<li>{harmless(item)}</li>" for item in advice.reread)
        reread = f"<p>{where}</p><ul>{items}</ul>" if where else f"<ul>{items}</ul>"
    else:
        reread = f"<p>{harmless(advice.no_reread)}</p>"
    return (
        '<div class="advice">'
        f'<section class="strength"><h2>What you can do</h2><p>{harmless(advice.strength)}</p></section>'
        f'<section class="fix"><h2>Put this right first</h2><p dir="auto">{harmless(advice.fix)}</p></section>'
        f'<section class="reread"><h2>Reread</h2>{reread}</section></div>'
    )


def _question(question: Answered) -> str:
    word = WORDS[question.status]
    got = f"{_number(question.marks or 0.0)} of {_number(question.max_marks)}"
    if question.marks is None:
        word = f"will be {word}"
        got = f"open, of {_number(question.max_marks)}"
    says_more = question.reason.strip() not in {"", *_SAID}
    reason = f'<p class="reason" dir="auto">{harmless(question.reason)}</p>' if says_more else ""
    return (
        f'<li class="{question.status}"><h3><bdi>{harmless(label(question.id), 100)}</bdi></h3>'
        f'<p class="status"><span aria-hidden="true">{SIGNS[question.status]}</span>{word}</p>'
        f'<p class="got">{got}</p>{reason}</li>'
    )


def _notes(result: Result) -> str:
    notes = [sentence(note) for note in result.warnings if note != UNSANDBOXED]
    if result.sandbox == "none":
        notes.insert(0, "Your notebook was run without a sandbox. This changes no mark: it was your lecturer's choice.")
    if not notes:
        return ""
    more = len(notes) - MOST_NOTES
    items = [f'<li dir="auto">{harmless(note)}</li>' for note in notes[:MOST_NOTES]]
    items += [f"<li>And {more} more of this kind.</li>"] if more > 0 else []
    master = _MASTER if any("master" in note for note in notes) else ""
    return f'<h2>What was noticed when your work was read</h2>{master}<ul class="notes">{"".join(items)}</ul>'


def _text(question: Answered) -> str:
    return (
        f"<h2>{harmless(label(question.id), 100)}: your text as it was handed in</h2>"
        f'<div class="text" dir="auto">{harmless(question.text.strip(), LONGEST_MEMO)}</div>'
    )


def _footer(result: Result) -> str:
    practice = "<p>This is practice: its key is public, so these marks do not count for a grade.</p>"
    told = "Marks were given by a program, and by a person where the page says so. "
    told += "If you think that a mark is wrong, show this page to your lecturer."
    if result.submission:
        told += f" The file that was marked has the fingerprint {harmless(result.submission[:12])}."
    return f"<footer>{practice if result.course == 'practice' else ''}<p>{told}</p></footer>"


def _number(marks: float) -> str:
    return f"{round(marks, 2):g}"


def _named(marks: float) -> str:
    return f"{_number(marks)} mark" if marks == 1 else f"{_number(marks)} marks"
