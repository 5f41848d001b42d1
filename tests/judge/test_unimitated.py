"""What was asked for and is not imitated is told, once a call, without the ids in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from gladi.judge.unimitated import not_imitated
from tests.play.stage import Quiet, perform

if TYPE_CHECKING:
    from pathlib import Path

    from gladi import Venue


class Curious(Quiet):
    """Asks for what the sandbox does not know."""

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        for number in (576461413038785752, 576461413038785753):
            httpx.post(f"{venue.shop_url}/product/202309/brands/{number}/logo?app_key=1", json={})
        httpx.get(f"{venue.tokopedia_url}/v9/fs/12345/feelings")
        httpx.put(f"{venue.tokopedia_url}/v2/order/list")
        httpx.get(f"{venue.tokopedia_url}/v2/order/list")
        for _ in range(2):
            httpx.request("DELETE", f"{venue.shop_url}/product/202309/products?app_key=1", json={})
        httpx.get(f"{venue.shop_url}/authorization/202309/shops?app_key=1")
        httpx.post(f"{venue.shop_url}/product/202309/products?app_key=1", json={})
        httpx.delete(f"{venue.tokopedia_url}/v1/fs/12345/register")


def test_each_unknown_call_is_told_once_and_known_ones_are_not_nor_is_a_method_that_was_put_right_at_once(tmp_path: Path) -> None:
    rehearsal = perform(Curious, tmp_path)

    found = not_imitated(rehearsal.journal.entries)

    unknown, wrong = ("an unknown path", "a wrong method")
    assert [one.text for one in found] == [
        f"asked for, not imitated: {call}; it was answered as {answer}, so nothing is known of what follows"
        for call, answer in (
            ("POST /product/202309/brands/{id}/logo on Tokopedia & Shop", unknown),
            ("GET /v9/fs/{id}/feelings on Tokopedia", unknown),
            ("DELETE /product/202309/products on Tokopedia & Shop", wrong),
            ("DELETE /v1/fs/{id}/register on Tokopedia", wrong),
        )
    ]
    assert len({one.about for one in found}) == 4
