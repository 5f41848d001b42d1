"""Readings of lists, page by page: what was given of each, so that a page can be cut or shifted and nothing is left out.

1. A token of ours leads to rows that the platform has given already. The platform is asked all the same: what it says to the request is
   the answer, unless it says no more than that it does not know the token.
2. A reading that goes by numbered pages stays shifted until its first page is asked for again, or the row between two pages would be lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec.structs import replace

from gladi.platforms.troubles.body import said, saying
from gladi.record.routing import router

if TYPE_CHECKING:
    from random import Random

    from gladi.record.wire import Answers, Request, Response

__all__ = ["NUMBERED", "Readings"]

NUMBERED = frozenset(("tokopedia.list_orders", "tokopedia.get_product_info"))
"""Lists under `data` that are read by `page` and `per_page`, and may change between two pages."""

_NEXT = "next_page_token"
_UNKNOWN_TOKEN = "parameter_invalid"  # noqa: S105 - our name of a refusal
_OF_ONE_CALL = frozenset(("page", "page_token", "sign", "timestamp", "access_token"))

_Reading: TypeAlias = tuple[object, ...]
"""Whose reading of which list it is: the same from page to page."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of a list: its rows, the orders that they show, and how to say it with others."""

    response: Response
    body: dict[str, Any]
    name: str
    """Where under `data` the rows stand; empty where `data` is the list itself."""
    size: int

    @property
    def rows(self) -> list[Any]:
        found: list[Any] = self.body["data"][self.name] if self.name else self.body["data"]
        return found

    @property
    def shows(self) -> tuple[str, ...]:
        """The orders by row; nothing where the rows are no orders."""
        shown = self.response.notes.shows
        return shown if len(shown) == len(self.rows) else ()

    def with_rows(self, rows: list[Any], shows: tuple[str, ...], *, token: str | None = None) -> Response:
        data: Any = rows
        if self.name:
            data = {**self.body["data"], self.name: rows} | ({} if token is None else {_NEXT: token})
        notes = self.response.notes
        if shows or self.shows:
            notes = replace(notes, shows=shows)
        return replace(saying(self.response, {**self.body, "data": data}), notes=notes)


@dataclass(frozen=True, slots=True)
class _Rest:
    response: Response
    of: _Reading


class Readings:
    """What has been given of the lists of both platforms, in one play."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._rests: dict[str, _Rest] = {}
        self._last: dict[tuple[_Reading, str], tuple[Any, tuple[str, ...]]] = {}
        self._shifted: set[_Reading] = set()

    def kept(self, platform: Answers, request: Request) -> Response:
        """Ask the platform, go on behind a cut, and keep in mind what the page ended with."""
        response = self._goes_on(platform(request), request)
        page = _page(response, request)
        if page is None:
            return response
        reading = _reading(request)
        if page.rows:
            following = str(_number(request) + 1) if not page.name else page.body["data"][_NEXT]
            self._last[reading, following] = (page.rows[-1], page.shows[-1:])
        if not page.name and _number(request) == 1:
            self._shifted.discard(reading)
        return self._shift(page, request) if reading in self._shifted else response

    def cut(self, response: Response, request: Request, random: Random) -> Response:
        """Give fewer rows than there are, and a token that leads to the others; the answer itself where that cannot be."""
        page = _page(response, request)
        if page is None or not page.name or len(page.rows) < 2:  # noqa: PLR2004 - of one row nothing can be cut
            return response
        return self._cut_at(random.randrange(1, len(page.rows)), page, page.rows, page.shows, request)

    def shift(self, response: Response, request: Request) -> Response:
        """Begin a page with the last row of the one before; the answer itself where that cannot be."""
        page = _page(response, request)
        if page is None or _reading(request) in self._shifted or (_reading(request), _asked(request)) not in self._last:
            return response
        if not page.name:
            self._shifted.add(_reading(request))
        return self._shift(page, request)

    def _shift(self, page: _Page, request: Request) -> Response:
        row, shown = self._last.get((_reading(request), _asked(request)), (None, ()))
        if row is None:
            return page.response
        rows, shows = [row, *page.rows], (*shown, *page.shows)
        if len(rows) <= page.size:
            return page.with_rows(rows, shows)
        if not page.name:
            # The last one begins the next page, for as long as the reading is shifted.
            return page.with_rows(rows[:-1], shows[:-1])
        return self._cut_at(page.size, page, rows, shows, request)

    def _cut_at(self, at: int, page: _Page, rows: list[Any], shows: tuple[str, ...], request: Request) -> Response:
        token = f"cut{len(self._rests)}"
        self._rests[token] = _Rest(page.with_rows(rows[at:], shows[at:]), _reading(request))
        self._last[_reading(request), token] = (rows[at - 1], shows[at - 1 : at])
        return page.with_rows(rows[:at], shows[:at], token=token)

    def _goes_on(self, response: Response, request: Request) -> Response:
        rest = self._rests.get(request.params.get("page_token", ""))
        if rest is None or response.notes.refusal != _UNKNOWN_TOKEN or rest.of != _reading(request):
            return response
        return rest.response


def _page(response: Response, request: Request) -> _Page | None:
    """Give an answer as a page of a list; None where it is none."""
    operation = router().route(request).operation
    is_numbered = operation is not None and operation.name in NUMBERED
    if not is_numbered and "page_size" not in request.params:
        return None
    body = said(response)
    data = body.get("data") if body is not None else None
    if body is None:
        return None
    if is_numbered:
        return _Page(response, body, "", _size(request, "per_page")) if isinstance(data, list) else None
    if not isinstance(data, dict) or _NEXT not in data:
        return None
    lists = [name for name, value in data.items() if isinstance(value, list)]
    return _Page(response, body, lists[0], _size(request, "page_size")) if len(lists) == 1 else None


def _reading(request: Request) -> _Reading:
    query = tuple(pair for pair in sorted(request.pairs) if pair[0] not in _OF_ONE_CALL)
    return (request.host, request.method, request.path, query, request.body)


def _asked(request: Request) -> str:
    return request.params.get("page_token") or str(_number(request))


def _number(request: Request) -> int:
    return _size(request, "page", 1)


def _size(request: Request, name: str, otherwise: int = 1_000_000) -> int:
    text = request.params.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() else otherwise
