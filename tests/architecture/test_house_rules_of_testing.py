"""The rules of tests/conftest.py can fail: noise, a missing expectation and an unlisted skip each stop a run."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[2]

NOISY = """
import logging
import pytest
from PySide6.QtCore import QObject, qWarning

def test_log(): logging.getLogger("x").warning("boo")
def test_quiet_log(): logging.getLogger("x").info("all is well")
def test_expected_log(noise): noise.expect("log WARNING x: boo"); logging.getLogger("x").warning("boo")
def test_expected_but_silent(noise): noise.expect("boo")
def test_qt(): qWarning("painter not active")
def test_expected_qt(noise): noise.expect("^Qt WARNING .*painter"); qWarning("painter not active")
def test_python_warning():
    import warnings
    warnings.warn("old")
"""

# Text of a made-up project, never run here: its skips and expected failure must each fail that project's run.
SKIPPED = """
import pytest

def test_listed(): pytest.skip("another operating system: Windows keeps it open")
def test_unlisted(): pytest.skip("no time today")
@pytest.mark.xfail
def test_known_to_fail(): assert False
@pytest.mark.skip(reason="later")
def test_marked(): pass
"""


@pytest.fixture
def inner(pytester: pytest.Pytester) -> pytest.Pytester:
    """A scratch project with this house's conftest and pytest options."""
    tests = pytester.mkdir("tests")
    for name in ("conftest.py", "noise.py"):
        (tests / name).write_text((ROOT / "tests" / name).read_text(encoding="utf-8"), encoding="utf-8")
    options = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    begin = options.index("[tool.pytest.ini_options]")
    (pytester.path / "pyproject.toml").write_text(
        options[begin : options.index("[tool.importlinter]")], encoding="utf-8"
    )
    return pytester


def test_unexpected_noise_fails_a_test_and_expected_noise_must_come(inner: pytest.Pytester) -> None:
    (inner.path / "tests/test_noisy.py").write_text(NOISY)
    result = inner.runpytest_subprocess()
    # A test that passes and then is found noisy counts as passed and as an error: 6 pass, 3 of these are noisy.
    result.assert_outcomes(passed=6, errors=3, failed=1)
    result.stdout.fnmatch_lines_random(
        [
            "unexpected: log WARNING x: boo",
            "never came: boo",
            "unexpected: Qt WARNING default: painter not active",
            "*UserWarning: old*",
        ]
    )


def test_a_skip_fails_unless_its_reason_is_listed(inner: pytest.Pytester) -> None:
    (inner.path / "tests/test_skipped.py").write_text(SKIPPED)
    result = inner.runpytest_subprocess()
    result.assert_outcomes(skipped=1, failed=2, errors=1)
    assert result.ret != 0


def test_a_file_skipped_whole_fails_the_run(inner: pytest.Pytester) -> None:
    (inner.path / "tests/test_absent.py").write_text("import pytest\npytest.importorskip('no_such_library_here')\n")
    result = inner.runpytest_subprocess()
    result.assert_outcomes(errors=1)
