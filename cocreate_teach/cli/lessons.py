"""Commands for those who open, teach and write lessons: lab, cases, notebooks, doctor."""

import argparse
from pathlib import Path

from cocreate_teach.cli.parts import Commands


def add(commands: Commands) -> None:
    """Add the commands to the parser."""
    lab = commands.add_parser(
        "lab", help="open the lessons in JupyterLab", description="Open JupyterLab on the start page."
    )
    lab.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help="copy the lessons here first; files that are there already stay as they are",
    )
    lab.add_argument("--port", type=int, help="port of the server (JupyterLab's own choice by default)")
    lab.set_defaults(run=_lab)

    cases = commands.add_parser("cases", help="list the cases, or show one", description="List the cases, or show one.")
    cases.add_argument("name", nargs="?", help="a case, such as bank")
    cases.add_argument("--check", action="store_true", help="check every file of the cases; report all faults at once")
    cases.set_defaults(run=_cases)

    notebooks = commands.add_parser(
        "notebooks",
        help="execute lessons and write their normal form",
        description="Execute lessons in a fresh kernel and write them in normal form. Twice changes nothing.",
    )
    notebooks.add_argument("paths", nargs="*", type=Path, help="notebooks or folders (default: the lessons)")
    notebooks.add_argument("--check", action="store_true", help="write nothing; exit 1 if a lesson would change")
    notebooks.set_defaults(run=_notebooks)

    doctor = commands.add_parser(
        "doctor", help="say what this machine lacks", description="Say what this machine lacks."
    )
    doctor.set_defaults(run=_doctor)


def _lab(options: argparse.Namespace) -> int:
    from cocreate_teach import launch

    folder = options.folder
    if folder is None and launch.is_checkout():
        folder = launch.lessons_folder().parent
    else:
        folder = (folder or Path("cocreate-lessons")).resolve()
        copied = launch.copy_lessons(folder)
        print(f"{len(copied.new)} files copied to {folder}")
        for name in copied.kept:
            print(f"{name} is yours and differs from ours: left as it is (rename it and run again to get ours)")
    extra = (f"--ServerApp.port={options.port}",) if options.port else ()
    command = launch.lab_command(folder, extra=extra)
    if "--no-browser" in command:
        print(
            "No display here: open the address with a token that JupyterLab prints below. Ctrl-C stops it.", flush=True
        )
    return launch.run_in_place(command)


def _cases(options: argparse.Namespace) -> int:
    from cocreate_teach import cases

    names = [options.name] if options.name else list(cases.case_names())
    if options.check:
        for name in names:
            cases.check_case(cases.load_case(name).folder)
            print(f"{name}: in order")
    elif options.name:
        print(cases.load_case(options.name))
    else:
        for name in names:
            case = cases.load_case(name)
            print(f"{name}  {case.title}\n{'':<{len(name)}}  {case.question}")
        print("\nMore on one of them: cocreate cases NAME")
    return 0


def _notebooks(options: argparse.Namespace) -> int:
    from cocreate_teach import launch, notebooks

    given = options.paths or [launch.lessons_folder()]
    paths = [path for item in given for path in (notebooks.lesson_paths(item) if item.is_dir() else (item,))]
    changed = notebooks.write_lessons(paths, check=options.check, report=lambda line: print(line, flush=True))
    return 1 if options.check and changed else 0


def _doctor(options: argparse.Namespace) -> int:
    from cocreate_teach import launch
    from cocreate_teach.grading import sandbox

    problem = sandbox.problem()
    works = launch.Finding("sandbox", not problem, problem or "students' code can be confined (bubblewrap, namespaces)")
    for finding in (*launch.examine(), works):
        print(f"{'ok     ' if finding.is_there else 'missing'}  {finding.name}: {finding.detail}")
    return 0
