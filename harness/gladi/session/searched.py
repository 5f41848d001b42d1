"""The result of a search in a session: carried with pytest's report, read where the run closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gladi.judge.bench import Outcome
from gladi.judge.verdict import SearchResult

if TYPE_CHECKING:
    import pytest

    from gladi.session.options import Options

__all__ = ["SEARCH", "carried", "left_out", "searched_by"]

SEARCH = "the_search"
"""What the search is called in the verdict, and to `-k`."""
_PROPERTY = "gladi search"
"""The name of the user property that carries what was found from worker to controller."""


def carried(result: SearchResult) -> tuple[str, str]:
    """Give the user property that carries a result."""
    return _PROPERTY, msgspec.json.encode(result).decode()


def left_out(options: Options, why: str) -> SearchResult | None:
    """Say of the search that it was not made, and why; None where none was asked for."""
    if options.search is None:
        return None
    return SearchResult(outcome=Outcome.NOT_REHEARSED, why=why, trouble=options.search.trouble, seed=options.search.seed)


def searched_by(report: pytest.TestReport) -> SearchResult | None:
    """Read what a report carries of a search."""
    found = [value for name, value in report.user_properties if name == _PROPERTY and isinstance(value, str)]
    return msgspec.json.decode(found[-1], type=SearchResult) if found else None
