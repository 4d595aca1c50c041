"""What holds for every case that we ship, whatever it tells."""

import pytest

from cocreate_teach.cases import case_names, check_case
from cocreate_teach.cases.loading import cases_root
from tests.cases.stories import prepare


@pytest.mark.parametrize("name", case_names())
def test_the_folder_is_in_order(name):
    """Tables, dictionary, sources, exhibits, and every number of every text."""
    check_case(cases_root() / name)


@pytest.mark.parametrize("name", [name for name in case_names() if (cases_root() / name / "prepare.py").is_file()])
def test_making_the_tables_again_gives_the_same_bytes(name):
    """Whoever doubts a number can make it again: from what was published, or from the seed."""
    done = prepare(cases_root() / name)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith(": all as stated\n")
