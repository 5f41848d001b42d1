"""The shops that a system takes for one: looked at around a webhook that comes again, and compared when all has settled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from gladi import Delivery, LinksShops, Rehearsal, ShopLink, Stage
from gladi.record.journal import Compared, Showed, Webhook
from tests.play.stage import Receives, perform

if TYPE_CHECKING:
    from pathlib import Path

    from gladi import Venue

SOMEBODY = "7494000000000000111"


class Links(Receives, LinksShops):
    """Stores a link for every merge webhook that it gets, also for one that it got before."""

    seller = ""
    """Whom it takes for the seller, whatever the webhook says; empty where it believes the webhook."""

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        self.rows: list[ShopLink] = []

    def receive(self, delivery: Delivery) -> int:
        told = json.loads(delivery.body)
        self.rows.append(ShopLink(told["toko_shop_id"], self.seller or told["tts_seller_id"]))
        return 200

    def shop_links(self) -> list[ShopLink]:
        return self.rows


async def merges(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    await rehearsal.passes(minutes=5)


@pytest.mark.parametrize(("seller", "agrees"), [("", True), (SOMEBODY, False)])
def test_what_the_system_stored_is_compared_as_it_stored_it(
    seller: str,
    agrees: bool,  # noqa: FBT001 - a parameter
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Links, "seller", seller)

    rehearsal = perform(Links, tmp_path, merges)

    compared = [(one.between, one.agree) for one in rehearsal.journal.entries if isinstance(one, Compared)]
    assert compared == [("webhook and Get Shop Info", True), ("webhook and the system's link", agrees)]
    assert {name: identity.agree for name, identity in rehearsal.identities.items()} == {"shop-1": True, "shop-1, as stored": agrees}
    assert [one.outcome for one in rehearsal.judgements if one.invariant.id == "ids_agree"] == ["upheld" if agrees else "broken"]


def test_what_the_system_shows_is_looked_at_before_and_after_a_webhook_that_comes_again(tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.webhooks.double_the_next()
        await merges(rehearsal)

    rehearsal = perform(Links, tmp_path, body)

    seen = [one for one in rehearsal.journal.entries if isinstance(one, Webhook | Showed)]
    told = [len(one.rows) if isinstance(one, Showed) else "again" if one.again else "first" for one in seen]
    assert told == ["first", 1, "again", 2, 2], "the last look is the one when all has settled"
