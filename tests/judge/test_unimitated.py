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


def test_each_unknown_call_is_told_once_and_known_ones_are_not(tmp_path: Path) -> None:
    rehearsal = perform(Curious, tmp_path)

    found = not_imitated(rehearsal.journal.entries)

    assert [one.text for one in found] == [
        f"asked for, not imitated: {call}; it was answered as an unknown path, so nothing is known of what follows"
        for call in ("POST /product/202309/brands/{id}/logo on Tokopedia & Shop", "GET /v9/fs/{id}/feelings on Tokopedia")
    ]
    assert len({one.about for one in found}) == 2
