"""The webhook bench: what a scenario can do to webhooks on their way from the platform to the system, and see of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from gladi.play.faults import RehearsalError, SystemFault
from gladi.play.hazards import Hazards
from gladi.play.post import SIGNATURE, Letter, Mishap, Woe, signature, wrongly_signed
from gladi.play.system import HearsTheShop
from gladi.record.journal import Fact, Webhook, What
from gladi.record.wire import Delivery, Outgoing
from gladi.record.words import SHOP, TOKOPEDIA, Platform
from gladi.sandbox.shop.events import Event, Topic

if TYPE_CHECKING:
    from gladi.play.backstage import Backstage
    from gladi.play.placed_order import PlacedOrder

__all__ = ["Webhooks"]

_SOMEBODY_ELSE = "7494000000000000666"
"""A seller id that no shop of the sandbox has: 19 digits, as real ones."""


class Webhooks:
    """What a scenario can do to webhooks, and see of them.

    Each mishap befalls the next webhook of its platform for which no other one waits. Those of Tokopedia & Shop come to a system that
    declares *hears the shop*, and come again until they are answered.
    """

    def __init__(self, backstage: Backstage) -> None:
        """Watch over the deliveries of a rehearsal."""
        self._backstage = backstage
        self._post = backstage.post

    # -- on their way --------------------------------------------------------------------------------------------------

    def lose_the_next(self, count: int = 1, *, platform: Platform = TOKOPEDIA) -> None:
        """Lose the next webhooks on their way: the platform sent them, nobody received them."""
        for _ in range(count):
            self._expects(Mishap(Woe.LOST, platform))

    def swallow_the_next(self, *, platform: Platform = TOKOPEDIA) -> None:
        """Let something in front of the system, such as a proxy, answer the next webhook 200 and forget it: it does not come again."""
        self._expects(Mishap(Woe.SWALLOWED, platform))

    def delay_the_next(self, *, hours: float = 0, minutes: float = 0, platform: Platform = TOKOPEDIA) -> None:
        """Let the next webhook arrive that much later, long after a poll has brought the news.

        Raises:
            RehearsalError: the delay is not longer than nothing.
        """
        by = timedelta(hours=hours, minutes=minutes)
        if by <= timedelta():
            raise RehearsalError(f"a webhook cannot be late by {by.total_seconds():.0f} seconds; write delay_the_next(hours=3)")
        self._expects(Mishap(Woe.LATE, platform, by=by))

    def double_the_next(self, *, platform: Platform = TOKOPEDIA) -> None:
        """Let the next webhook arrive twice, byte for byte the same."""
        self._expects(Mishap(Woe.DOUBLED, platform))

    def reorder_the_next(self, count: int = 2, *, platform: Platform = TOKOPEDIA) -> None:
        """Hold the next webhooks until so many have come, then deliver them in the opposite order.

        Raises:
            RehearsalError: fewer than two have no other order.
        """
        if count < 2:  # noqa: PLR2004 - as the sentence says
            raise RehearsalError(f"{count} webhooks have no other order; write reorder_the_next(2) or more, in a world with as many shops")
        self._expects(Mishap(Woe.REORDERED, platform, count=count))

    def sign_wrongly_the_next(self, *, platform: Platform = TOKOPEDIA) -> None:
        """Let the next webhook say the truth under a signature that is not the platform's."""
        self._expects(Mishap(Woe.WRONGLY_SIGNED, platform))

    def suffer(self, *woes: Woe, chance: float, platform: Platform | None = None) -> None:
        """Let what is in `woes`, or any of all, befall each webhook with a `chance` from 0 to 1, which the seed of the play decides.

        Of webhooks of one `platform` alone, or of both. Nobody waits for what comes by chance: a play may go without it.

        Raises:
            RehearsalError: the chance is none.
        """
        if not 0 <= chance <= 1:
            raise RehearsalError(f"chance={chance} is no chance; write a number from 0 to 1")
        if platform is SHOP:
            self._backstage.must(HearsTheShop)
        platforms = tuple(Platform) if platform is None else (platform,)
        hazards = Hazards(seed=self._backstage.sandbox.seeded.seed, chance=chance, woes=woes or tuple(Woe), platforms=platforms)
        self._post.suffers(hazards.befalls)

    def suffer_no_more(self) -> None:
        """Let nothing befall webhooks by chance any more."""
        self._post.suffers(None)

    def _expects(self, mishap: Mishap) -> None:
        if mishap.platform is SHOP:
            self._backstage.must(HearsTheShop)
        self._post.expects(mishap)

    def the_receiver_dies(self, *, platform: Platform = TOKOPEDIA) -> None:
        """Let nobody answer webhooks from now on; the rest of the system lives. Whether a platform tries again is a setting.

        Those of both platforms meet nobody; `platform` is the one whose webhook the scenario waits for.
        """
        self._post.dies(platform)

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

    async def forges_a_cancellation(self, order: PlacedOrder, *, signed: bool = True) -> None:
        """Deliver a webhook that Tokopedia & Shop never sent: it says that an order was cancelled, signed under another key or not at all.

        Raises:
            RehearsalError: Tokopedia & Shop does not hold the order.
            SystemFault: the system registered no URL for it, so nobody could send it one.
        """
        self._backstage.must(HearsTheShop)
        sandbox = self._backstage.sandbox
        there = sandbox.world.orders[order.name]
        if there.shop_view is None:
            raise RehearsalError(f"{order.name} is not on {SHOP.label}; let it be ordered there, as with buyer.orders(on=SHOP)")
        now = sandbox.clock.now // 1000
        data: dict[str, object] = {
            "order_id": there.shop_view.id,
            "order_status": "CANCEL",
            "is_on_hold_order": False,
            "update_time": now,
        }
        outgoing = sandbox.shop.webhooks.letter(Event(Topic.ORDER_STATUS_CHANGE, there.shop, data))
        if outgoing is None:
            raise SystemFault(_DEAF[SHOP].format(woe="webhook forged"))
        letter = wrongly_signed(Letter(outgoing, genuine=False))
        if not signed:
            headers = {"content-type": "application/json"}
            letter = replace(letter, outgoing=replace(outgoing, delivery=replace(outgoing.delivery, headers=headers)))
        self._post.brings(letter)
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
        headers = delivery.headers | {SIGNATURE[TOKOPEDIA]: signature(sandbox.tokopedia.hooks.webhook_secret, delivery.body)}
        self._post.brings(replace(letter, outgoing=replace(letter.outgoing, delivery=replace(delivery, headers=headers))))
        await self._backstage.catches_up()

    def _letter(self, status: str, shop: str | None, *, seller: str, woe: str) -> Letter:
        backstage = self._backstage
        there = backstage.sandbox.world.shops[backstage.shop_named(shop)]
        url = backstage.sandbox.tokopedia.hooks.shop_merge_notification_url
        if not url:
            raise SystemFault(_DEAF[TOKOPEDIA].format(woe=woe))
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
        """The system's answers to Tokopedia so far, in order: an HTTP status, or None for a webhook that was lost or met nobody."""
        entries = self._backstage.sandbox.journal.entries
        return [entry.status for entry in entries if isinstance(entry, Webhook) and entry.platform is TOKOPEDIA]

    @property
    def are_registered(self) -> bool:
        """Whether Tokopedia knows where to send the news of a merge."""
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
        woe, platform = unmet[0].woe.value, unmet[0].platform
        if not (self.are_registered if platform is TOKOPEDIA else self._backstage.sandbox.shop.webhooks.registrations.are_any):
            raise SystemFault(_DEAF[platform].format(woe=woe))
        raise RehearsalError(
            f"this scenario asked for {woe!r}, and no such webhook came before it ended; "
            f"ask for it before {_NEWS[platform]}, and let time pass until it has come"
        )


_NEWS = {TOKOPEDIA: "the shops merge", SHOP: "something happens that it tells of"}
_NOWHERE = "this scenario asks for {woe!r}, and no webhook can come: the system registered no"
_DEAF = {
    TOKOPEDIA: f"{_NOWHERE} shop_merge_notification_url; register it with POST /v1/fs/:fs_id/register",
    SHOP: f"{_NOWHERE} webhook of Tokopedia & Shop; register it with PUT /event/202309/webhooks",
}
