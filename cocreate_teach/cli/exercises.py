"""Commands for lecturers: verify, release, grade, feedback, new course."""

import argparse
from pathlib import Path

from cocreate_teach.cli.parts import Commands, day, session_numbers, show_progress

COURSE_EXAMPLES = """\
examples:
  cocreate new course my-module                                       one small exercise to change
  cocreate new course my-module --sessions 1,2,5,8 --start 2027-02-01 --roster students.csv
"""


def add(commands: Commands) -> None:
    """Add the commands to the parser."""
    verify = commands.add_parser(
        "verify",
        help="try an exercise as its author would",
        description="Check master, key, rubric, messages and variants of an exercise; report all faults at once.",
    )
    verify.add_argument("exercise", type=Path, help="folder of the exercise, such as exercises/02_inside_first")
    verify.add_argument("--variants", type=int, default=200, help="how many variants to try (default: 200)")
    verify.set_defaults(run=_verify)

    build = commands.add_parser(
        "build",
        help="write an exercise's notebooks from its master",
        description="Execute the master and write the student's notebook from it. Twice changes nothing.",
    )
    build.add_argument("exercise", type=Path, help="folder of the exercise")
    build.add_argument("--check", action="store_true", help="write nothing; exit 1 if a notebook would change")
    build.set_defaults(run=_build)

    release = commands.add_parser(
        "release",
        help="write the notebooks that students get",
        description="Write one notebook, or one for each student of a roster with a variant of his or her own.",
    )
    release.add_argument("exercise", type=Path, help="folder of the exercise")
    release.add_argument("--to", type=Path, required=True, metavar="DIR", help="where the notebooks go")
    release.add_argument("--roster", type=Path, help="CSV file with a column student (and, if you like, name)")
    release.add_argument("--course", default="practice", metavar="NAME", help="variants depend on it (practice)")
    release.add_argument("--force", action="store_true", help="replace notebooks that are there already")
    release.set_defaults(run=_release)

    grade = commands.add_parser(
        "grade",
        help="grade a folder of submissions in a sandbox",
        description="Grade DIR/<student>/<exercise>.ipynb. Can be stopped at any moment and started again: what is up "
        "to date is not graded twice.",
    )
    grade.add_argument("submissions", type=Path, metavar="DIR", help="folder of submissions")
    grade.add_argument("--exercise", type=Path, required=True, help="folder of the exercise, with its key")
    grade.add_argument("--to", type=Path, required=True, metavar="RESULTS", help="where results and gradebook.csv go")
    grade.add_argument("--roster", type=Path, help="CSV file of the course's students, as for the release")
    grade.add_argument("--course", default="practice", metavar="NAME", help="as for the release (default: practice)")
    grade.add_argument("--workers", type=int, metavar="N", help="submissions at one time (default: one per processor)")
    grade.add_argument(
        "--sandbox",
        choices=("require", "none"),
        default="require",
        help="none runs students' code with your rights, and says so on every result (default: require)",
    )
    grade.add_argument("--force", action="store_true", help="grade again what is up to date; marks given by hand stay")
    grade.set_defaults(run=_grade)

    feedback = commands.add_parser(
        "feedback",
        help="write a feedback page for each student",
        description="Write one self-contained page per student from the results.",
    )
    feedback.add_argument("results", type=Path, metavar="RESULTS", help="folder that grade wrote")
    feedback.add_argument("--to", type=Path, required=True, metavar="DIR", help="where the pages go")
    feedback.add_argument("--force", action="store_true", help="write again what is up to date")
    feedback.set_defaults(run=_feedback)

    new = commands.add_parser("new", help="start something of your own", description="Start something of your own.")
    kinds = new.add_subparsers(title="kinds", metavar="KIND", required=True)
    course = kinds.add_parser(
        "course",
        help="a private folder with questions and keys of your own",
        description="The keys of this package are public, so what it ships is practice. Graded work needs a course of "
        "your own: this makes a private folder with exercises to start from, and says what to do next.",
        epilog=COURSE_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    course.add_argument("folder", type=Path, metavar="DIR", help="a new folder")
    course.add_argument(
        "--sessions",
        type=session_numbers,
        metavar="1,2,5",
        help="copy the exercises of these sessions to change them, and write a handbook (default: one small exercise)",
    )
    course.add_argument("--start", type=day, metavar="DATE", help="of the first session, for the handbook")
    course.add_argument("--title", default="Value co-creation", help="of your module, for the handbook")
    course.add_argument("--roster", type=Path, help="CSV file with a column student (and, if you like, name)")
    course.set_defaults(run=_new_course)


def _verify(options: argparse.Namespace) -> int:
    from cocreate_teach.authoring import verify

    found = verify(options.exercise, options.variants)
    print(
        f"{found.name} is in order: {found.questions} questions, {found.auto_marks:g} marks and {found.memo_marks:g} "
        f"for the memo; {found.variants} variants are solvable, distinct and fair"
    )
    return 0


def _build(options: argparse.Namespace) -> int:
    from cocreate_teach.authoring import build

    changed = build(options.exercise, check=options.check)
    for path in changed:
        print(f"{path.name}: {'would change' if options.check else 'written'}")
    if not changed:
        print("unchanged")
    return 1 if options.check and changed else 0


def _release(options: argparse.Namespace) -> int:
    from cocreate_teach.authoring import release

    released = release(options.exercise, options.to, roster=options.roster, course=options.course, force=options.force)
    print(f"{len(released)} notebook{'s' if len(released) != 1 else ''} written to {options.to}")
    return 0


def _grade(options: argparse.Namespace) -> int:
    from cocreate_teach.grading import grade

    summary = grade(
        options.submissions,
        options.exercise,
        options.to,
        workers=options.workers,
        sandbox=options.sandbox,
        roster=options.roster,
        course=options.course,
        force=options.force,
        progress=show_progress,
    )
    print(
        f"{len(summary.graded)} graded in {summary.seconds:.1f} s, {len(summary.up_to_date)} were up to date; results "
        f"and gradebook.csv are in {options.to}"
    )
    for student in summary.warned:
        print(f"{student}: has warnings, see its result")
    for student in summary.missing:
        print(f"{student}: handed nothing in")
    for fault in summary.faults:
        print(fault)
    if summary.sandbox == "none":
        print("Without a sandbox: the students' code ran with your rights. Every result says so.")
    return 1 if summary.faults else 0


def _feedback(options: argparse.Namespace) -> int:
    from cocreate_teach.reporting import feedback

    summary = feedback(options.results, options.to, force=options.force, progress=show_progress)
    print(f"{len(summary.written)} pages written to {options.to}, {len(summary.up_to_date)} were up to date")
    for fault in summary.faults:
        print(fault)
    return 1 if summary.faults else 0


def _new_course(options: argparse.Namespace) -> int:
    from cocreate_teach import launch
    from cocreate_teach.authoring import new_course
    from cocreate_teach.reporting.handbook import handbook
    from cocreate_teach.reporting.module import sessions

    chosen = sessions(options.sessions) if options.sessions else ()
    exercises = launch.lessons_folder().parent / "exercises"
    written = new_course(
        options.folder,
        copies=[exercises / session.name for session in chosen],
        handbook=handbook(chosen, title=options.title, start=options.start, links="") if chosen else "",
        roster=options.roster,
    )
    print(f"{len(written)} files in {options.folder}; start with {options.folder / 'README.md'}")
    return 0
