"""The command `cocreate`: parse, call, print, exit status; no logic of its own."""

import argparse
import os
import sys
from collections.abc import Sequence

from cocreate_teach import __version__
from cocreate_teach.cli import cases, exercises, lessons
from cocreate_teach.errors import CocreateError

EPILOG = """\
examples:
  cocreate lab                 open the lessons in JupyterLab
  cocreate lab my-lessons      the same, in a folder of your own (your files are never overwritten)
  cocreate cases               the cases, and what each asks
  cocreate case bank           one case at a glance; cocreate case --help has more
  cocreate doctor              what this machine lacks, and what then does not work

for lecturers:
  cocreate handout 2           the lesson of session 2, to print; cocreate handout --help has more
  cocreate handout case bank   Part A of a case with its exhibits, to print; students get no more before they decide
  cocreate handbook            the handbook of the module, with your sessions and dates
  cocreate verify exercises/02_inside_first
  cocreate release exercises/02_inside_first --to out --roster roster.csv --course spring
  cocreate grade submitted --exercise exercises/02_inside_first --to results --roster roster.csv --course spring
  cocreate feedback results --to pages
  cocreate new course my-course   keys of your own; ours are public, so they are for practice
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status: 0 done, 1 something to put right, 2 wrong usage, 130 interrupted."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["handout"] and words[1:2] and words[1].isdecimal():
        words.insert(1, "lesson")
    options = _parser().parse_args(words)
    try:
        return int(options.run(options))
    except CocreateError as error:
        for fault in error.faults:
            print(f"cocreate: {fault}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("cocreate: stopped; nothing half-written was left", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cocreate",
        description="Teach value co-creation in Jupyter.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"cocreate_teach {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    lessons.add(commands)
    cases.add(commands)
    exercises.add(commands)
    return parser
