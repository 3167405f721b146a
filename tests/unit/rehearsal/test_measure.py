"""A figure of a benchmark says whether it met its goal, and a figure without a goal says nothing of one."""

from poems_registry.rehearsal.measure import HEAD, Measure, milliseconds


def test_a_figure_stands_beside_its_goal() -> None:
    assert Measure("a", "search", 25.0, "ms", 50.0).of_goal == 0.5
    assert "| 0.50 | yes |" in Measure("a", "search", 25.0, "ms", 50.0).line
    assert "| 1.00 | yes |" in Measure("a", "search", 50.0, "ms", 50.0).line
    assert "| 1.02 | NO |" in Measure("a", "search", 51.0, "ms", 50.0).line


def test_a_figure_without_a_goal_is_never_met_or_missed() -> None:
    line = Measure("fsync", "one fsync", 0.36, "ms").line
    assert "yes" not in line
    assert "NO" not in line


def test_every_line_has_the_columns_of_the_head() -> None:
    columns = HEAD.splitlines()[0].count("|")
    assert Measure("a", "b", 1234.5, "ms", 5000, "note").line.count("|") == columns
    assert Measure("a", "b", 1.5, "s").line.count("|") == columns


def test_the_first_time_only_warms_up() -> None:
    calls: list[int] = []
    assert milliseconds(lambda: calls.append(1), 3) >= 0
    assert len(calls) == 4
