"""The handbook of the module, built from the lessons' own metadata: a page to adopt, and a page of the concepts."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from cocreate_teach.reporting.glossary import concept_names
from cocreate_teach.reporting.module import COURSE_TEXTS, Session

WEIGHTS: Final[Mapping[str, int]] = {
    "practice exercises, for completion": 20,
    "two memos of your choice of sessions": 40,
    "the canvas of a group (session 8)": 25,
    "a talk of five minutes about your own canvas": 15,
}


def handbook(
    chosen: Sequence[Session],
    *,
    title: str = "Value co-creation",
    start: date | None = None,
    weights: Mapping[str, int] = WEIGHTS,
    links: str = "../..",
) -> str:
    """Return the module handbook as Markdown.

    Parameters
    ----------
    chosen : sequence of Session
        In the order in which they are taught.
    title : str
        Of the module.
    start : date, optional
        Of the first session; the others follow week by week.
    weights : mapping
        Part of the assessment -> percent; they add up to 100.
    links : str
        Way from the page to the folder that holds ``notebooks/``; empty for no links.

    Raises
    ------
    ValueError
        If the weights do not add up to 100.
    """
    if sum(weights.values()) != 100:
        raise ValueError(f"the weights add up to {sum(weights.values())}; they must make 100")
    class_hours = sum(sum(session.minutes.values()) for session in chosen) / 60
    home_hours = sum(session.home_minutes + session.exercise_minutes for session in chosen) / 60
    lines = [
        f"# Module handbook: {title}",
        "",
        f"{len(chosen)} session{'s' if len(chosen) != 1 else ''}, {class_hours:.3g} hours in class and about "
        f"{home_hours:.3g} hours at home: reading before each session, an exercise after it. "
        "No programming is needed. Everything runs in a browser; a lesson can also be taught from a projector alone.",
        "",
        "## Sessions",
        "",
        f"| {'date | ' if start else ''}session | question | concepts | in class | before | exercise |",
        f"|{'---|' if start else ''}---|---|---|---|---|---|",
    ]
    for week, session in enumerate(chosen):
        day = f"{(start + timedelta(weeks=week)).isoformat()} | " if start else ""
        lines.append(
            f"| {day}{session.number}. {_link(session, links)} | {session.question} | {_ids(session.concepts)} "
            f"| {sum(session.minutes.values())} min | {session.home_minutes} min | {session.exercise_minutes} min |"
        )
    lines += ["", "## What students can do afterwards", ""]
    for session in chosen:
        lines += [f"### Session {session.number}: {session.title}", ""]
        lines += [f"- {objective}" for objective in session.objectives]
        plan = ", ".join(f"{part} {count}" for part, count in session.minutes.items())
        lines += ["", f"In class: {plan} minutes.", ""]
    lines += ["## Assessment", "", "| part | weight |", "|---|---|"]
    lines += [f"| {part} | {percent} % |" for part, percent in weights.items()]
    lines += [
        "",
        "The exercises that come with the package are practice: their keys are public. What counts for marks comes "
        "from a private course (`cocreate new course`).",
        "",
    ]
    return "\n".join(lines)


def concepts_page(chosen: Sequence[Session]) -> str:
    """Return the page that shows where each concept of the two course texts is taught, as Markdown."""
    names = concept_names()
    lines = [
        "# Concepts, and where they are taught",
        "",
        "The ids hold lessons, exercises and glossary together: A for the first course text, B for the second. The "
        "last column names the exercises that ask for a concept. Names are those of the [glossary](../GLOSSARY.md).",
        "",
    ]
    for letter, (text, count) in COURSE_TEXTS.items():
        lines += [f"## {letter}: *{text}*", "", "| id | concept | lesson | exercise |", "|---|---|---|---|"]
        for number in range(1, count + 1):
            id = f"{letter}{number}"
            taught = [session for session in chosen if id in session.concepts]
            asked = [f"{session.number}" for session in chosen if id in session.exercise_concepts]
            where = ", ".join(f"{session.number}. {_link(session, '..')}" for session in taught)
            lines.append(f"| {id} | {names.get(id, '')} | {where} | {', '.join(asked)} |")
        lines.append("")
    return "\n".join(lines)


def _link(session: Session, links: str) -> str:
    return f"[{session.title}]({links}/notebooks/{session.name}.ipynb)" if links else session.title


def _ids(concepts: Sequence[str]) -> str:
    """Shorten runs of ids: A5-A8, A10."""
    runs: list[list[str]] = []
    for id in concepts:
        if runs and id == f"{runs[-1][-1][0]}{int(runs[-1][-1][1:]) + 1}":
            runs[-1].append(id)
        else:
            runs.append([id])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
