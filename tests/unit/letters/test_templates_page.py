"""The guide to templates names everything that a template may hold, and its example is one that is taken."""

import re
from pathlib import Path

import pytest

from poems_registry.letters.built_in import built_in_text
from poems_registry.letters.template_form import FORMS, PLACEHOLDERS
from poems_registry.letters.template_reading import read

PAGE = (Path(__file__).parents[3] / "docs" / "letter-templates.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_placeholder_is_told_with_what_it_stands_for(name: str) -> None:
    assert f"| `{{{name}}}` | {PLACEHOLDERS[name]} |" in PAGE


@pytest.mark.parametrize("kind", FORMS)
def test_every_kind_is_told_with_its_parts_and_what_may_be_left_out(kind: str) -> None:
    form = FORMS[kind]
    body = ", ".join(f"{part}*" if part in form.optional else part for part in form.body)
    line = next(line for line in PAGE.splitlines() if line.startswith(f"| `{kind}` |"))
    assert f"| {form.words} | {', '.join(form.page_one) or '-'} | {body} | {', '.join(form.sentences)} |" in line


def test_the_example_of_a_paragraph_of_ones_own_is_taken_as_it_stands() -> None:
    example = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert example is not None
    own = example[1][example[1].index("[[body]]") :]
    found = read(built_in_text("clinic") + "\n" + own, "clinic")
    assert found.problems == ()
