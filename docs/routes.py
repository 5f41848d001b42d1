# noqa: INP001 - pages, not a package
"""The page on which API is asked for whom: where the data of each kind of seller lives, and which operations tell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docs.markdown import table, told
from gladi.record.operations import OPERATIONS
from gladi.record.whereabouts import KEPT_BY, WHEREABOUTS, Age, Data
from gladi.record.words import Platform, SellerKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.whereabouts import Whereabouts

__all__ = ["which_api"]


def which_api() -> Iterator[str]:
    """Give the page: one table, why, and the operations."""
    yield (
        "The changelog's answer to *what APIs to use*, for each kind of seller and of data. Historical is what was made in his Tokopedia "
        "store before its migration was complete. It is the table by which the invariant `data_is_asked_where_it_lives` judges, "
        "`WHEREABOUTS` in `harness/gladi/record/whereabouts.py`. What a seller did on Tokopedia & Shop itself always lives there."
    )
    for seller in SellerKind:
        rows = [one for one in WHEREABOUTS if one.seller is seller]
        yield f"## {seller[0].upper()}{seller[1:]}"
        yield table(
            ("data", *(f"{age}" for age in Age)),
            ((data, *(_held([one for one in rows if one.data is data and one.age is age]) for age in Age)) for data in Data),
        )
        yield "\n".join(f"- {source}" for source in dict.fromkeys(told(one.source) for one in rows))
    yield "## Which operation tells of it"
    yield (
        "Those that the sandbox has, one a line. Of fulfilment tell the operations that read orders. A call on Tokopedia & Shop names "
        "version 202309 or later in its path; one of an earlier version is not served, and is a finding."
    )
    yield table(("data", *(platform.label for platform in Platform)), ((data, *(_tells(data, on) for on in Platform)) for data in Data))


def _held(rows: list[Whereabouts]) -> str:
    return "<br>".join(one.platform.label if one.platform else "there is none" for one in rows)


def _tells(data: Data, on: Platform) -> str:
    kept = Data.ORDERS if data is Data.FULFILMENT else data
    return "<br>".join(f"`{one.name}`" for one in OPERATIONS if one.platform is on and KEPT_BY.get(one.does) is kept)
