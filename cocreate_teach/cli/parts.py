"""What the commands share: the type of the parser's list of commands, and a progress bar on the terminal."""

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = object


def session_numbers(text: str) -> tuple[int, ...]:
    """Read ``1,2,5``."""
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} are no numbers of sessions; write them as 1,2,5") from None


def day(text: str) -> date:
    """Read ``2027-02-01``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2027-02-01") from None


def show_progress(done: int, total: int, rate: float) -> None:
    """Draw a bar with rate and time left on a terminal; elsewhere write a line now and then."""
    left = f"{(total - done) / rate:.0f} s left" if rate > 0 else ""
    line = f"{done}/{total}  {rate:.1f} per second  {left}"
    if sys.stderr.isatty():
        full = 30 * done // max(1, total)
        print(
            f"\r{'█' * full}{'░' * (30 - full)} {line:<40}",
            end="\n" if done == total else "",
            file=sys.stderr,
            flush=True,
        )
    elif done == total or done % max(1, total // 10) == 0:
        print(line, file=sys.stderr, flush=True)
