"""The webhook bench: what a scenario can do to webhooks on their way from the platform to the system, and see of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from gladi.play.faults import RehearsalError, SystemFault
from gladi.play.post import SIGNATURE, Letter, Mishap, Woe, signature, wrongly_signed
from gladi.record.journal import Fact, Webhook, What
from gladi.record.wire import Delivery, Outgoing
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from gladi.play.backstage import Backstage

__all__ = ["Webhooks"]

_SOMEBODY_ELSE = "7494000000000000666"
"""A seller id that no shop of the sandbox has: 19 digits, as real ones."""


class Webhooks:
    """What a scenario can do to webhooks, and see of them. Each mishap befalls the next webhook for which no other one waits."""

    def __init__(self, backstage: Backstage) -> None:
        """Watch over the deliveries of a rehearsal."""
        self._backstage = backstage
        self._post = backstage.post

    # -- on their way --------------------------------------------------------------------------------------------------

    def lose_the_next(self, count: int = 1) -> None:
        """Lose the next webhooks on their way: the platform sent them, nobody received them."""
        for _ in range(count):
            self._post.expects(Mishap(Woe.LOST))

    def delay_the_next(self, *, hours: float = 0, minutes: float = 0) -> None:
        """Let the next webhook arrive that much later, long after a poll has brought the news.

        Raises:
            RehearsalError: the delay is not longer than nothing.
        """
        by = timedelta(hours=hours, minutes=minutes)
        if by <= timedelta():
            raise RehearsalError(f"a webhook cannot be late by {by.total_seconds():.0f} seconds; write delay_the_next(hours=3)")
        self._post.expects(Mishap(Woe.LATE, by=by))

    def double_the_next(self) -> None:
        """Let the next webhook arrive twice, byte for byte the same."""
        self._post.expects(Mishap(Woe.DOUBLED))

    def reorder_the_next(self, count: int = 2) -> None:
        """Hold the next webhooks until so many have come, then deliver them in the opposite order.

        Raises:
            RehearsalError: fewer than two have no other order.
        """
        if count < 2:  # noqa: PLR2004 - as the sentence says
            raise RehearsalError(f"{count} webhooks have no other order; write reorder_the_next(2) or more, in a world with as many shops")
        self._post.expects(Mishap(Woe.REORDERED, count=count))

    def sign_wrongly_the_next(self) -> None:
        """Let the next webhook say the truth under a signature that is not the platform's."""
        self._post.expects(Mishap(Woe.WRONGLY_SIGNED))

    def the_receiver_dies(self) -> None:
        """Let nobody answer webhooks from now on; the rest of the system lives. Whether the platform tries again is a setting."""
        self._post.dies()

    def the_receiver_comes_back(self) -> None:
        """Let webhooks be answered again."""
        self._post.lives_again()

    async def forges(self, *, shop: str | None = None, signed: bool = True) -> None:
        """Deliver a webhook that the platform never sent: it says that the shop has merged, signed under another key or not at all.

        Raises:
            SystemFault: the system registered no URL for it, so nobody could send it one.
        """
        letter = replace(self._letter("merge", shop, seller=_SOMEBODY_ELSE, woe="webhook forged"), genuine=False)
        self._post.brings(wrongly_signed(letter) if signed else letter)
        await self._backstage.catches_up()

    async def announces_a_separation(self, *, shop: str | None = None) -> None:
        """Deliver a webhook `unmerge`, rightly signed: the changelog knows it, and by the guide a merge is never undone.

        Raises:
            SystemFault: the system registered no URL for it, so nobody could send it one.
        """
        sandbox = self._backstage.sandbox
        there = sandbox.world.shops[self._backstage.shop_named(shop)]
        letter = self._letter("unmerge", shop, seller=there.seller_id, woe="webhook unmerge")
        delivery = letter.outgoing.delivery
        headers = delivery.headers | {SIGNATURE: signature(sandbox.tokopedia.hooks.webhook_secret, delivery.body)}
        self._post.brings(replace(letter, outgoing=replace(letter.outgoing, delivery=replace(delivery, headers=headers))))
        await self._backstage.catches_up()

    def _letter(self, status: str, shop: str | None, *, seller: str, woe: str) -> Letter:
        backstage = self._backstage
        there = backstage.sandbox.world.shops[backstage.shop_named(shop)]
        url = backstage.sandbox.tokopedia.hooks.shop_merge_notification_url
        if not url:
            raise SystemFault(_DEAF.format(woe=woe))
        body = msgspec.json.encode(
            {
                "status": status,
                "tts_seller_id": seller,
                "toko_shop_id": str(there.tokopedia_id),
                "timestamp": backstage.sandbox.clock.now // 1000,
            }
        )
        delivery = Delivery("POST", urlsplit(url).path or "/", {"content-type": "application/json"}, body)
        return Letter(Outgoing(url=url, platform=TOKOPEDIA, event=status, delivery=delivery, shop=there.key))

    # -- what there is to see ------------------------------------------------------------------------------------------

    @property
    def answers(self) -> list[int | None]:
        """The system's answers so far, in order: an HTTP status, or None for a webhook that was lost or met nobody."""
        return [entry.status for entry in self._backstage.sandbox.journal.entries if isinstance(entry, Webhook)]

    @property
    def are_registered(self) -> bool:
        """Whether the platform knows where to send the news of a merge."""
        return bool(self._backstage.sandbox.tokopedia.hooks.shop_merge_notification_url)

    @property
    def wiped(self) -> list[str]:
        """The other URLs that the system's registrations have emptied, under the platform's own names."""
        facts = (entry for entry in self._backstage.sandbox.journal.entries if isinstance(entry, Fact))
        return [name for fact in facts if fact.what == What.WEBHOOKS_REGISTERED and fact.value for name in fact.value.split(", ")]

    def settle(self) -> None:
        """Make sure that every mishap has befallen a webhook; a rehearsal does so when it has settled.

        Raises:
            SystemFault: none could come, because the system registered no URL.
            RehearsalError: the platform had none to send, so the scenario has rehearsed nothing.
        """
        unmet = self._post.unmet
        if not unmet:
            return
        if not self.are_registered:
            raise SystemFault(_DEAF.format(woe=unmet[0].value))
        raise RehearsalError(
            f"this scenario asked for {unmet[0].value!r}, and no such webhook came before it ended; "
            "ask for it before the shops merge, and let time pass until it has come"
        )


_DEAF = (
    "this scenario asks for {woe!r}, and no webhook can come: the system registered no shop_merge_notification_url; "
    "register it with POST /v1/fs/:fs_id/register"
)
