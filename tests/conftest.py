"""What holds for every test: no display, repeatable examples, no unexpected noise, no silent skip."""

import logging
import os
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from tests.noise import Noise

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when the application object is made

settings.register_profile("exploring", deadline=None)
settings.register_profile("repeatable", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("repeatable" if os.environ.get("CI") else "exploring")

# A skipped test fails the run, unless its reason begins with one of these.
SKIPS_LISTED = {
    "another operating system: ": "the behaviour exists only there, and is tested there",
}

QT_LEVELS = {
    QtMsgType.QtWarningMsg: "WARNING",
    QtMsgType.QtCriticalMsg: "CRITICAL",
    QtMsgType.QtFatalMsg: "FATAL",
}


@pytest.fixture(autouse=True)
def noise() -> Iterator[Noise]:
    """Fails the test on an unexpected log record or Qt message of warning or worse; ask for it to `expect` one."""
    heard = Noise()

    def hear_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind in QT_LEVELS:
            heard.hear(f"Qt {QT_LEVELS[kind]} {context.category}: {text}")

    root = logging.getLogger()
    root.addHandler(heard)
    before = qInstallMessageHandler(hear_qt)
    try:
        yield heard
    finally:
        qInstallMessageHandler(before)
        root.removeHandler(heard)
    complaints = heard.complaints()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def _fail_unlisted_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip (or an expected failure) without a listed reason into a failure."""
    if not report.skipped:
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if not any(reason.startswith(listed) for listed in SKIPS_LISTED):
        report.outcome = "failed"
        report.longrepr = f"skipped for a reason that tests/conftest.py does not list: {reason}"
        if hasattr(report, "wasxfail"):
            del report.wasxfail


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Look at every test's report for a skip that nobody listed."""
    report = yield
    _fail_unlisted_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file skipped while it is read."""
    report = yield
    _fail_unlisted_skip(report)
    return report
