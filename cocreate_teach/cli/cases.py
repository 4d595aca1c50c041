"""Commands for those who choose, read and print cases: cases, case, handout."""

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from cocreate_teach.cli.parts import Commands

if TYPE_CHECKING:
    from cocreate_teach.reporting.printing import Written

CASE_EXAMPLES = """\
examples:
  cocreate case burberry                                 at a glance: question, decision, exhibits, people, tables
  cocreate case burberry --part A                        the text before the decision; B, sources, short
  cocreate case burberry --exhibit 3                     an exhibit in words and numbers
  cocreate case burberry --exhibit 1 --to picture.png    its picture
  cocreate case burberry --table followers               what its columns mean, and its first rows
  cocreate case burberry --table followers --to mine.csv a copy of the table
  cocreate case burberry --check                         every file of the case, checked
"""
HANDOUT_EXAMPLES = """\
examples:
  cocreate handout case burberry                    Part A, as HTML and PDF, into this folder
  cocreate handout case burberry --part B           after the decision
  cocreate handout case burberry --teaching-note    Part A, and the note for the lecturer in a file of its own
  cocreate handout case burberry --to class/a.pdf   a PDF of that name
"""
SESSION_EXAMPLES = """\
examples:
  cocreate handout 3                       the lesson of session 3, as HTML and PDF, into this folder
  cocreate handout lesson 3 --to class     the same, into another folder
  cocreate handout exercise 3              its exercise: lines to write on, hints at the end
"""


def add(commands: Commands) -> None:
    """Add the commands to the parser."""
    cases = commands.add_parser("cases", help="list the cases", description="List the cases, and what each asks.")
    cases.add_argument("--check", action="store_true", help="check every file of the cases; report all faults at once")
    cases.set_defaults(run=_cases)

    case = commands.add_parser(
        "case",
        help="show one case, a part, an exhibit or a table of it",
        description="Show one case: at a glance, or a part, an exhibit or a table of it.",
        epilog=CASE_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    case.add_argument("name", help="a case, such as burberry; cocreate cases lists them")
    what = case.add_mutually_exclusive_group()
    what.add_argument("--part", metavar="PART", help="A (before the decision), B (after it), sources, or short")
    what.add_argument("--exhibit", type=int, metavar="N", help="an exhibit in words and numbers")
    what.add_argument("--table", metavar="NAME", help="what the columns of a table mean, and its first rows")
    what.add_argument("--check", action="store_true", help="check every file of the case; report all faults at once")
    case.add_argument("--to", type=Path, metavar="FILE", help="write the exhibit's picture (.png) or the table (.csv)")
    case.add_argument("--force", action="store_true", help="replace FILE if it is there already")
    case.set_defaults(run=_case)

    handout = commands.add_parser(
        "handout",
        help="print a lesson, an exercise or a case",
        description="Write pages to print.",
        epilog=SESSION_EXAMPLES + HANDOUT_EXAMPLES.partition("\n")[2],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    kinds = handout.add_subparsers(title="kinds", metavar="KIND", required=True)
    one = kinds.add_parser(
        "case",
        help="a case with its exhibits and sources",
        description="Write a case with its exhibits and sources, to print on A4. Students should not get Part B and "
        "its exhibits before they decide: only Part A is written unless you ask for more. A PDF needs Chromium.",
        epilog=HANDOUT_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    one.add_argument("name", help="a case, such as burberry")
    one.add_argument("--part", choices=("A", "B", "all", "short"), default="A", help="what to print (default: A)")
    one.add_argument("--teaching-note", action="store_true", help="also the note for the lecturer, in its own file")
    one.set_defaults(run=_handout)
    lesson = kinds.add_parser(
        "lesson",
        help="the lesson of a session; the word may be left out",
        description="Write a lesson to print, with its pictures; what comes after the decision begins on a new page.",
        epilog=SESSION_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    exercise = kinds.add_parser(
        "exercise",
        help="the exercise of a session",
        description="Write an exercise to print, with lines to write on; hints stand at the end.",
        epilog=SESSION_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for page, is_exercise in ((lesson, False), (exercise, True)):
        page.add_argument("session", type=int, metavar="SESSION", help="its number, 1 to 8")
        page.set_defaults(run=_session_handout, is_exercise=is_exercise)
    for page in (one, lesson, exercise):
        page.add_argument("--to", type=Path, default=Path(), metavar="PLACE", help="a folder, or a file .html or .pdf")
        page.add_argument("--format", choices=("html", "pdf", "both"), help="default: as PLACE ends, or else both")
        page.add_argument("--force", action="store_true", help="replace files that are there already")


def _cases(options: argparse.Namespace) -> int:
    from cocreate_teach import cases

    for name in cases.case_names():
        case = cases.load_case(name)
        if options.check:
            cases.check_case(case.folder)
            print(f"{name}: in order")
        else:
            print(f"{name}  {case.title}\n{'':<{len(name)}}  {case.question}")
    if not options.check:
        print("\nMore on one of them: cocreate case NAME")
    return 0


def _case(options: argparse.Namespace) -> int:
    from cocreate_teach import cases
    from cocreate_teach.cases import plain

    case = cases.load_case(options.name)
    width = shutil.get_terminal_size((plain.WIDTH, 24)).columns
    if options.to:
        print(cases.copy_out(case, options.to, exhibit=options.exhibit, table=options.table, force=options.force))
    elif options.check:
        cases.check_case(case.folder)
        print(f"{case.name}: in order")
    elif options.part:
        print(plain.part_text(case, options.part, width))
    elif options.exhibit is not None:
        print(case.exhibit(options.exhibit).to_text(width))
    elif options.table:
        print(plain.table_of_case(case, options.table, width))
    else:
        print(plain.case_text(case, width))
    return 0


def _handout(options: argparse.Namespace) -> int:
    from cocreate_teach.cases import load_case
    from cocreate_teach.reporting import handout

    return _tell(
        handout(
            load_case(options.name),
            options.to,
            part=options.part,
            formats=options.format,
            teaching_note=options.teaching_note,
            force=options.force,
        )
    )


def _session_handout(options: argparse.Namespace) -> int:
    from cocreate_teach.reporting.module import sessions
    from cocreate_teach.reporting.printing import session_handout

    (session,) = sessions([options.session])
    place = {"exercise": options.is_exercise, "formats": options.format, "force": options.force}
    return _tell(session_handout(session, options.to, **place))


def _tell(written: "Written") -> int:
    for path in written.new:
        print(f"{path}: written")
    for path in written.up_to_date:
        print(f"{path}: unchanged")
    if written.lacking:
        print(written.lacking)
    return 1 if written.lacking else 0
