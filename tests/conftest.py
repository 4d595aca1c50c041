"""What all tests share: in continuous integration nothing may be skipped."""

import os

import pytest
from hypothesis import settings

settings.register_profile("cocreate", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("cocreate")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure where COCREATE_NOTHING_SKIPPED is set: a skipped check is no check."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("COCREATE_NOTHING_SKIPPED"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {reason}"
