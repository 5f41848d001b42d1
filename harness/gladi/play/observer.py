"""The harness's own look at the platform: after every merge it compares the ids itself, whatever the system does."""

from __future__ import annotations

import base64
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from gladi.judge.identity import Identity, IdentityError, compare, compare_link
from gladi.judge.invariants.ids import OF_THE_PLATFORM
from gladi.record.journal import Call, Webhook
from gladi.record.wire import Host, Request
from gladi.record.words import Stage
from gladi.sandbox.world.closing import Regime

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gladi.play.system import ShopLink
    from gladi.record.wire import Outgoing
    from gladi.sandbox.sandbox import Sandbox
    from gladi.sandbox.world.records import Shop

__all__ = ["compares_ids"]

_A_SECOND = 1000


class _Token(msgspec.Struct):
    access_token: str


def compares_ids(sandbox: Sandbox, webhooks: Sequence[Outgoing], links: Sequence[ShopLink] | None) -> dict[str, Identity]:
    """Compare, for every merged shop whose webhook was sent, the platform's ids with each other and the system's links with them.

    Each comparison is noted in the journal. `links` is None where the system does not declare *links shops*.
    """
    compared: dict[str, Identity] = {}
    if sandbox.world.regime is Regime.CLOSED:
        return compared  # whom could one ask
    sent = {outgoing.shop: outgoing.delivery.body for outgoing in webhooks if outgoing.shop and outgoing.event == "merge"}
    told = {shop for entry in sandbox.journal.entries if isinstance(entry, Call | Webhook) for shop in entry.tells_merged}
    # Asked once for all shops: it is limited to five requests a second, and no time passes any more.
    answer = _shop_info(sandbox) if sent else b""
    for shop in sandbox.world.all_shops():
        body = sent.get(shop.key)
        if body is None or shop.stage.rank < Stage.MERGED.rank:
            continue
        compared[shop.key] = _note(sandbox, shop, OF_THE_PLATFORM, partial(_platform, answer, shop, body))
        if links is not None and shop.key in told:
            compared[f"{shop.key}, as stored"] = _note(sandbox, shop, "webhook and the system's link", partial(_stored, shop, body, links))
    return compared


def _note(sandbox: Sandbox, shop: Shop, between: str, make: Callable[[], Identity]) -> Identity:
    try:
        identity = make()
        why = "; ".join(f"{row.field}: {row.why}" for row in identity.rows if not row.agrees)
        agree = identity.agree
    except IdentityError as error:
        identity, why, agree = Identity(()), str(error), False
    sandbox.journal.compared(shop.key, between, agree=agree, why=why)
    return identity


def _platform(answer: bytes, shop: Shop, webhook: bytes) -> Identity:
    return compare(webhook, answer, toko_shop_id=str(shop.tokopedia_id))


def _stored(shop: Shop, webhook: bytes, links: Sequence[ShopLink]) -> Identity:
    here = [link for link in links if link.toko_shop_id == str(shop.tokopedia_id)]
    if not here:
        stored = ", ".join(repr(link.toko_shop_id) for link in links) or "no link at all"
        raise IdentityError(
            f"the system was told of the merge and stores no link for Tokopedia shop {shop.tokopedia_id}; it stores {stored}"
        )
    return compare_link(webhook, here[-1].toko_shop_id, here[-1].tts_seller_id)


def _shop_info(sandbox: Sandbox) -> bytes:
    # A second later: the system may have used up this one's five requests, and what is asked here is none of them.
    app, now = sandbox.app, sandbox.clock.now + _A_SECOND
    basic = base64.b64encode(f"{app.client_id}:{app.client_secret}".encode()).decode()
    answer = sandbox(
        Request(
            "POST",
            Host.TOKOPEDIA_ACCOUNTS,
            "/token",
            now,
            query="grant_type=client_credentials",
            headers={"authorization": f"Basic {basic}"},
        )
    )
    token = msgspec.json.decode(answer.body, type=_Token).access_token
    return sandbox(
        Request(
            "GET",
            Host.TOKOPEDIA_API,
            f"/v1/shop/fs/{app.fs_id}/shop-info",
            now,
            headers={"authorization": f"Bearer {token}"},
        )
    ).body
