"""Awkward answers keep every promise of the platform: each row is there, each id exact, and only what may differ differs."""

from __future__ import annotations

import json
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from gladi.platforms.troubles.aim import NthCall, Window
from gladi.platforms.troubles.pages import ShiftedPages, ShortPages
from gladi.platforms.troubles.trouble import Trouble, Troubles, troubled
from gladi.platforms.troubles.wording import NumericIds, ReorderedLists, UnknownFields
from gladi.record.clock import Clock
from gladi.record.journal import Fact, Journal
from gladi.record.wire import Host, Notes, Request, Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.platforms.troubles.readings import Readings

ORDERS = "/order/202309/orders/search"
PRODUCTS = "/product/202502/products/search"
LIST = "/v2/order/list"
SEARCHES, LISTS, SHOPS = (frozenset((name,)) for name in ("shop.search_orders", "tokopedia.list_orders", "shop.get_authorized_shops"))
JSON = (("content-type", "application/json"),)
NAMES = [f"5769{number:015d}" for number in range(10)]


def always(operations: frozenset[str]) -> Window:
    return Window(operations, 0, 1)


class Stage:
    """Two lists of ten orders, one read by tokens and one by numbered pages, and whatever else a test puts here."""

    def __init__(self, make: Callable[[Readings], Trouble] | None = None, says: dict[str, Any] | None = None) -> None:
        self.journal = Journal(Clock(0))
        self.troubles = Troubles()
        self.says = says
        self.refuses = False
        if make is not None:
            self.troubles.add(make(self.troubles.readings))
        self.answers = troubled(self.platform, self.troubles, self.journal)

    def platform(self, request: Request) -> Response:
        if self.says is not None:
            return Response(200, JSON, json.dumps(self.says).encode())
        if self.refuses:
            return Response(401, JSON, b"{}", Notes(refusal="access_token_expired"))
        if request.path == LIST:
            size, page = int(request.params["per_page"]), int(request.params["page"])
            rows = NAMES[(page - 1) * size : page * size]
            return self.gives([{"order_id": int(name)} for name in rows], rows)
        token, size = request.params.get("page_token", "0"), int(request.params["page_size"])
        if not token.isdecimal():
            return Response(400, JSON, b"{}", Notes(refusal="parameter_invalid"))
        rows = NAMES[int(token) : int(token) + size]
        following = str(int(token) + size) if int(token) + size < len(NAMES) else ""
        return self.gives({"orders": [{"id": name} for name in rows], "total_count": 10, "next_page_token": following}, rows)

    def gives(self, data: object, shows: list[str]) -> Response:
        return Response(200, JSON, json.dumps({"code": 0, "data": data}).encode(), Notes(shows=tuple(shows)))

    def asks(self, path: str, host: Host = Host.SHOP_API, method: str = "POST", **query: object) -> tuple[Any, tuple[str, ...]]:
        response = self.answers(Request(method, host, path, 0, urlencode(query)))
        return json.loads(response.body).get("data"), response.notes.shows

    def reads_by_token(self, size: int) -> list[list[str]]:
        pages: list[list[str]] = []
        token = ""
        while True:
            asked: dict[str, Any] = {"page_token": token} if token else {}
            data, shows = self.asks(ORDERS, page_size=size, **asked)
            pages.append([row["id"] for row in data["orders"]])
            assert list(shows) == pages[-1]
            assert len(pages[-1]) <= size
            token = data["next_page_token"]
            if not token:
                return pages

    def reads_by_number(self, size: int) -> list[list[str]]:
        pages: list[list[str]] = []
        while not pages or len(pages[-1]) == size:
            rows, shows = self.asks(LIST, Host.TOKOPEDIA_API, "GET", page=len(pages) + 1, per_page=size)
            pages.append([str(row["order_id"]) for row in rows])
            assert list(shows) == pages[-1]
        return pages


def flat(pages: list[list[str]]) -> list[str]:
    return [name for page in pages for name in page]


@pytest.mark.parametrize("size", [2, 3, 10])
def test_a_short_page_leads_to_the_rows_that_it_left_out(size: int) -> None:
    stage = Stage(lambda readings: ShortPages(always(SEARCHES), readings, Random(1)))

    pages = stage.reads_by_token(size)

    assert flat(pages) == NAMES
    assert len(pages) > -(-len(NAMES) // size)


def test_pages_are_as_they_are_where_nothing_befalls_them() -> None:
    stage = Stage(lambda readings: ShortPages(NthCall(SEARCHES, 99), readings, Random(1)))

    pages = stage.reads_by_token(4)

    assert [len(page) for page in pages] == [4, 4, 2]


def test_behind_a_cut_the_platform_still_has_its_say() -> None:
    stage = Stage(lambda readings: ShortPages(NthCall(SEARCHES), readings, Random(1)))
    data, _ = stage.asks(ORDERS, page_size=10)
    stage.refuses = True

    refused = stage.answers(Request("POST", Host.SHOP_API, ORDERS, 0, f"page_size=10&page_token={data['next_page_token']}"))

    assert refused.notes.refusal == "access_token_expired"


def test_a_cut_is_good_for_the_same_filters_alone() -> None:
    stage = Stage(lambda readings: ShortPages(NthCall(SEARCHES), readings, Random(1)))
    data, _ = stage.asks(ORDERS, page_size=10)

    other = stage.answers(Request("POST", Host.SHOP_API, ORDERS, 0, f"page_size=9&page_token={data['next_page_token']}"))

    assert other.notes.refusal == "parameter_invalid"


@pytest.mark.parametrize("size", [3, 5, 10])
def test_a_page_that_shifts_shows_one_row_twice_and_leaves_none_out(size: int) -> None:
    stage = Stage(lambda readings: ShiftedPages(always(SEARCHES), readings))

    pages = stage.reads_by_token(size)

    assert list(dict.fromkeys(flat(pages))) == NAMES
    assert all(after[0] == before[-1] for before, after in pairwise(pages))


@pytest.mark.parametrize(("nth", "size"), [(2, 3), (2, 5), (3, 3), (2, 10)])
def test_numbered_pages_stay_shifted_until_the_list_is_read_anew(nth: int, size: int) -> None:
    stage = Stage(lambda readings: ShiftedPages(NthCall(LISTS, nth), readings))

    pages = stage.reads_by_number(size)
    again = stage.reads_by_number(size)

    assert list(dict.fromkeys(flat(pages))) == NAMES
    assert len(flat(pages)) == len(NAMES) + 1
    assert flat(again) == NAMES


def test_lists_without_an_order_come_in_another_one() -> None:
    said = {"data": {"shops": [{"id": name} for name in NAMES]}}
    stage = Stage(lambda _: ReorderedLists(always(SHOPS), Random(1)), says=said)

    shops = [row["id"] for row in stage.asks("/authorization/202309/shops", method="GET")[0]["shops"]]

    assert sorted(shops) == NAMES
    assert shops != NAMES


@pytest.mark.parametrize("asked", [{}, {"sort_field": "create_time"}], ids=["the default order", "the order that was asked for"])
def test_a_list_whose_order_was_asked_for_stays_in_it(asked: dict[str, Any]) -> None:
    said = {"data": {"orders": [{"id": name, "line_items": [{"id": item} for item in NAMES]} for name in NAMES]}}
    stage = Stage(lambda _: ReorderedLists(always(SEARCHES), Random(1)), says=said)

    orders = stage.asks(ORDERS, page_size=10, **asked)[0]["orders"]

    assert [row["id"] for row in orders] == NAMES
    assert (orders == said["data"]["orders"]) is bool(asked)


def test_every_object_has_a_field_that_nobody_knows() -> None:
    stage = Stage(lambda _: UnknownFields(always(SHOPS)), says={"code": 0, "data": {"shops": [{"id": "1"}]}})

    data, _ = stage.asks("/authorization/202309/shops", method="GET")

    assert data == {"shops": [{"id": "1", "added_later": data["added_later"]}], "added_later": "a field that no document names"}


def test_ids_become_numbers_and_keep_every_digit() -> None:
    said = {"data": {"shops": [{"id": "7495368688216657169", "name": "12", "order_ids": ["9223372036854775807", "0123", "a1"]}]}}
    stage = Stage(lambda _: NumericIds(always(SHOPS)), says=said)

    data, _ = stage.asks("/authorization/202309/shops", method="GET")

    assert data == {"shops": [{"id": 7495368688216657169, "name": "12", "order_ids": [9223372036854775807, "0123", "a1"]}]}


@pytest.mark.parametrize(("rows", "told"), [(0, []), (2, ["list in another order"])])
def test_an_awkward_answer_that_changed_nothing_has_not_struck(rows: int, told: list[str]) -> None:
    said = {"data": {"shops": [{"id": name} for name in NAMES[:rows]]}}
    stage = Stage(lambda _: ReorderedLists(NthCall(SHOPS), Random(2)), says=said)

    stage.asks("/authorization/202309/shops", method="GET")

    assert [entry.value for entry in stage.journal.entries if isinstance(entry, Fact)] == told
    assert len(stage.troubles.unmet) == (0 if told else 1)
