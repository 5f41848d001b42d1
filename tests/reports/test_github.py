"""What GitHub is told is escaped as its workflow commands and its Markdown want it, and is never more than ten lines of annotations."""

from __future__ import annotations

import pytest

from gladi.reports.github import annotated, step_summary


def test_an_annotation_is_escaped_as_a_workflow_command_wants_it() -> None:
    lines = annotated([("error", "a: b, c", "100%\r\n::set-output name=x::y")])

    assert lines == ["::error title=a%3A b%2C c::100%25%0D%0A::set-output name=x::y"]


def test_no_secret_reaches_an_annotation_or_the_summary() -> None:
    (line,) = annotated([("error", "one", "access_token=abcdef123 of buyer@example.com")])
    summary = step_summary("no", [("finished", "access_token=abcdef123")], [("broken", "one", "buyer@example.com")])

    assert not any(secret in line + summary for secret in ("abcdef123", "buyer@example.com"))


@pytest.mark.parametrize(
    ("found", "last"), [(10, "::error title=9::text"), (11, "::error title=and 2 more::the summary of this step lists them all")]
)
def test_at_most_ten_annotations_are_given_and_the_others_counted(found: int, last: str) -> None:
    lines = annotated([("error", str(n), "text") for n in range(found)])

    assert (len(lines), lines[-1]) == (10, last)


def test_those_left_out_are_an_error_only_if_one_of_them_is() -> None:
    lines = annotated([("error", "one", "text")] * 9 + [("warning", "two", "text")] * 5)

    assert lines[-1].startswith("::warning title=and 5 more::")


def test_what_is_no_row_makes_no_table() -> None:
    assert step_summary("gate: yes", [("a", "b")], []) == "## gate: yes\n\n- a: b\n\n"


def test_a_text_cannot_break_out_of_its_row() -> None:
    summary = step_summary("no", [], [("broken", "one", "a | b\n| c | <img src=x> `d` [e](f)")])

    assert summary.splitlines()[-1] == r"| broken | one | a \| b \| c \| &lt;img src=x&gt; \`d\` \[e\](f) |"
