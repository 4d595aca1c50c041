"""Commands for those who open, teach and write lessons: lab, notebooks, doctor."""

import argparse
from pathlib import Path

from cocreate_teach.cli.parts import Commands, day, session_numbers

DASHBOARD_EXAMPLES = """\
examples:
  cocreate dashboard                                   an index, and a page for each explorer
  cocreate dashboard adoption --case healthcare_it     one page
  cocreate dashboard inequality adoption --to pages    notebooks for a Voila server of your own
"""


HANDBOOK_EXAMPLES = """\
examples:
  cocreate handbook                                               all sessions
  cocreate handbook --sessions 1,2,5,8 --start 2027-02-01         a shorter course, with dates
  cocreate handbook --title "Service marketing" --to handbook.md  into a file
"""


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

    notebooks = commands.add_parser(
        "notebooks",
        help="execute lessons and write their normal form",
        description="Execute lessons in a fresh kernel and write them in normal form. Twice changes nothing.",
    )
    notebooks.add_argument("paths", nargs="*", type=Path, help="notebooks or folders (default: the lessons)")
    notebooks.add_argument("--check", action="store_true", help="write nothing; exit 1 if a lesson would change")
    notebooks.set_defaults(run=_notebooks)

    dashboard = commands.add_parser(
        "dashboard",
        help="show explorers as pages without code",
        description="Serve explorers as pages without code, for a lecture hall. Works offline; Ctrl-C stops it.",
        epilog=DASHBOARD_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    dashboard.add_argument("models", nargs="*", metavar="MODEL", help="explorers, such as adoption (default: all)")
    dashboard.add_argument("--case", help="start with the numbers of a case, such as healthcare_it")
    dashboard.add_argument("--preset", help="start with this scenario")
    dashboard.add_argument("--port", type=int, help="port of the server (default: 8866, or a free one)")
    dashboard.add_argument(
        "--to", type=Path, metavar="FOLDER", help="write the pages as notebooks there, and serve nothing"
    )
    dashboard.set_defaults(run=_dashboard)

    handbook = commands.add_parser(
        "handbook",
        help="write the handbook of the module, with your sessions and dates",
        description="Write the handbook of the module as Markdown: sessions, minutes, objectives, assessment.",
        epilog=HANDBOOK_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    handbook.add_argument("--sessions", type=session_numbers, metavar="1,2,5", help="which, in order (default: all)")
    handbook.add_argument("--start", type=day, metavar="DATE", help="of the first session; the others follow weekly")
    handbook.add_argument("--title", default="Value co-creation", help="of your module (default: Value co-creation)")
    handbook.add_argument("--to", type=Path, metavar="FILE", help="a new file (default: the terminal)")
    handbook.set_defaults(run=_handbook)

    glossary = commands.add_parser(
        "glossary",
        help="write the glossary as a table, with a column for your own language",
        description="Write the glossary as a CSV file that spreadsheets open, with an empty column to translate into.",
    )
    glossary.add_argument("--to", type=Path, default=Path("glossary.csv"), metavar="FILE", help="(glossary.csv)")
    glossary.set_defaults(run=_glossary)

    doctor = commands.add_parser(
        "doctor",
        help="say what this machine lacks, and check every table of the cases",
        description="Say what this machine lacks, and check every table of the cases; exit 1 if one is damaged.",
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


def _notebooks(options: argparse.Namespace) -> int:
    from cocreate_teach import launch, notebooks

    given = options.paths or [launch.lessons_folder()]
    paths = [path for item in given for path in (notebooks.lesson_paths(item) if item.is_dir() else (item,))]
    changed = notebooks.write_lessons(paths, check=options.check, report=lambda line: print(line, flush=True))
    return 1 if options.check and changed else 0


def _dashboard(options: argparse.Namespace) -> int:
    from cocreate_teach import dashboard

    pages = dashboard.explorer_pages(options.models, case=options.case, preset=options.preset)
    if options.to is not None:
        written = dashboard.write_pages(options.to, pages)
        print(f"{len(written)} pages written to {options.to}; serve them with: voila {options.to}")
        return 0
    return dashboard.serve(pages, port=options.port, tell=lambda line: print(line, flush=True))


def _handbook(options: argparse.Namespace) -> int:
    from cocreate_teach.reporting.handbook import handbook
    from cocreate_teach.reporting.module import sessions
    from cocreate_teach.writing import write_new

    text = handbook(sessions(options.sessions), title=options.title, start=options.start, links="")
    if options.to is None:
        print(text, end="")
    else:
        write_new(options.to, text)
        print(f"{options.to}: written")
    return 0


def _glossary(options: argparse.Namespace) -> int:
    from cocreate_teach.reporting.glossary import glossary_csv
    from cocreate_teach.writing import write_new

    write_new(options.to, glossary_csv())
    print(f"{options.to}: written")
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from cocreate_teach import cases, launch
    from cocreate_teach.grading import sandbox

    problem = sandbox.problem()
    works = launch.Finding("sandbox", not problem, problem or "students' code can be confined (bubblewrap, namespaces)")
    for finding in (*launch.examine(), works):
        print(f"{'ok     ' if finding.is_there else 'missing'}  {finding.name}: {finding.detail}")
    return 1 if [name for name in cases.case_names() if not _is_in_order(name)] else 0


def _is_in_order(name: str) -> bool:
    """Print whether the files of a case are in order, or each fault."""
    from cocreate_teach import cases, errors
    from cocreate_teach.cases import loading

    try:
        cases.check_case(loading.cases_root() / name)
    except errors.CaseError as error:
        print(f"damaged  data {name}: {len(error.faults)} faults")
        print("".join(f"         {fault}\n" for fault in error.faults), end="", flush=True)
        return False
    tables = cases.load_case(name).metadata["tables"].values()
    rows = sum(table["rows"] for table in tables)
    print(f"ok       data {name}: {len(tables)} tables, {rows:,} rows, in order", flush=True)
    return True
