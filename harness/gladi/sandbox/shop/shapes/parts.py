"""Parts of questions and answers that many operations of this API share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import COUNT, INT, TEXT, one_of, within, words
from gladi.sandbox.shop.products import Storefront

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys, Shape

__all__ = ["APP", "DIRECTION", "IDR", "NEXT", "NOTHING", "TOTAL", "error", "paged", "sorted_by"]

APP = words(Storefront)
IDR = one_of("IDR")
DIRECTION = one_of("ASC", "DESC")
NOTHING: Shape = {}
NEXT: Keys = {"next_page_token": TEXT}
TOTAL: Keys = {**NEXT, "total_count": COUNT}


def paged(least: int, most: int, *, must: bool = False) -> Keys:
    """Give the query of a list, whose page size may be between two bounds and, in some, must be given."""
    return {"page_size" if must else "page_size?": within(least, most), "page_token?": TEXT}


def sorted_by(*fields: str) -> Keys:
    """Give the query that sorts a list."""
    return {"sort_field?": one_of(*fields), "sort_order?": DIRECTION}


def error(detail: Keys) -> Keys:
    """Give an error that stands inside a successful answer."""
    return {"code": INT, "message": TEXT, "detail": detail}
