"""Conversations between buyers and shops: who wrote what, in which app, and which platform holds it. No platform's words for it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.records import Buyer, Record
from gladi.sandbox.world.table import Base, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gladi.sandbox.world.records import Order
    from gladi.sandbox.world.world import World

__all__ = ["Conversation", "Conversations", "Message", "Sender"]

_DAY = 86_400_000
_AFTER_A_CHAT = 30 * _DAY
_AFTER_AN_ORDER = 60 * _DAY
"""For how long a shop may write to a buyer (tiktok-shop-api.md 12), in milliseconds."""

Place = tuple[Any, tuple[Any, ...]]


class Sender(StrEnum):
    """Who a message is from."""

    BUYER = "buyer"
    SELLER = "seller"
    PLATFORM = "platform"


class Message(Record, frozen=True, kw_only=True, gc=False):
    """One message; its kind and content are in the words of the platform that holds it. Its `repr` holds no content: that is personal."""

    id: str
    index: int
    """Sorts the messages of a conversation; it grows with time."""
    kind: str
    content: str
    sender: Sender
    sent_at: int

    def __repr__(self) -> str:
        return f"Message({self.id}, {self.kind}, {self.sender})"


class Conversation(Record, frozen=True, kw_only=True, gc=False):
    """All that a buyer and a shop wrote to each other on one platform."""

    key: str
    """The world's own name: `CHAT-001`."""
    number: int
    id: str
    shop: str
    buyer: Buyer
    written_on: Platform
    """The app in which the buyer writes."""
    home: Platform
    """The platform that holds it: what was begun on Tokopedia before the merge stays there as history."""
    began_at: int
    last_at: int
    messages: tuple[Message, ...] = ()
    unread: int = 0

    def __repr__(self) -> str:
        return f"Conversation({self.key})"


def _by_id(conversation: Conversation) -> Iterator[Place]:
    yield (conversation.home, conversation.id), (conversation.key,)


def _by_buyer(conversation: Conversation) -> Iterator[Place]:
    yield (conversation.shop, conversation.buyer.id), (conversation.number, conversation.key)


def _latest(conversation: Conversation) -> Iterator[Place]:
    yield (conversation.shop, conversation.home), (conversation.last_at, conversation.number, conversation.key)


_NONE_YET: Base[Conversation] = Base((), id=_by_id, buyer=_by_buyer, latest=_latest)


class Conversations:
    """Every conversation of one world, and what may be done in it."""

    def __init__(self, world: World, people: tuple[Buyer, ...]) -> None:
        """Begin with none; `people` lend their faces to the buyers who will write."""
        self._world = world
        self._people = people
        self._table: Table[Conversation] = Table(_NONE_YET)
        self.pictures: dict[str, str] = {}
        """The pictures that were uploaded for messages: address, and the shop whose they are."""

    def watch(self, watcher: Callable[[Conversation | None, Conversation], None]) -> None:
        """Have `watcher` called with every conversation that changes, as it was and as it is."""
        self._table.watch(watcher)

    # -- finding them --------------------------------------------------------------------------------------------------

    def where(self, platform: Platform, conversation_id: str) -> Conversation | None:
        """Find a conversation by its id on the platform that holds it."""
        return self._table.first("id", (platform, conversation_id))

    def of_buyer(self, shop: str, buyer: str, home: Platform | None = None) -> Conversation | None:
        """Find the newest conversation of a buyer (by id) with a shop, of one home or of any."""
        rows = self._table.rows("buyer", (shop, buyer), descending=True)
        return next((one for one in rows if home is None or one.home is home), None)

    def latest(self, shop: str, home: Platform, *, before: tuple[Any, ...] | None = None) -> Iterable[Conversation]:
        """Go through the conversations of a shop, the one with the newest message first; `before` is such a one's sort key."""
        high = () if before is None else (before,)
        return self._table.rows("latest", (shop, home), (), *high, descending=True)

    def order_of(self, shop: str, buyer: str) -> Order | None:
        """Find the newest order of a buyer that Tokopedia & Shop holds."""
        return next(self._world.orders.rows("shop.buyer", (shop, buyer), descending=True), None)

    def may_be_written_to(self, shop: str, buyer: str) -> bool:
        """Tell whether the shop may write to a buyer: after a chat for 30 days, after an order for 60."""
        now = self._world.clock.now
        chat = self.of_buyer(shop, buyer, SHOP)
        if chat is not None and chat.messages and now - chat.last_at <= _AFTER_A_CHAT:
            return True
        return self._world.orders.count("shop.buyer", (shop, buyer), (now - _AFTER_AN_ORDER,)) > 0

    def coupon_of(self, shop: str) -> str:
        """Give the id of the one coupon that a seller may send in a chat."""
        return shop_side_id(f"{self._world.seed} {shop} coupon", "7262")

    # -- what happens in them ------------------------------------------------------------------------------------------

    def stranger(self) -> Buyer:
        """Give a buyer who has neither ordered nor written before."""
        number = len(self._table) + 1
        face = self._people[number % len(self._people)]
        return replace(face, id=shop_side_id(f"{self._world.seed} stranger {number}", "7496"))

    def home_of(self, shop: str, on: Platform) -> Platform:
        """Tell which platform holds what a buyer begins now in the app of `on`."""
        held = self._world.shops[shop]
        is_there = on is TOKOPEDIA and held.is_on_tokopedia and held.stage in (Stage.PENDING, Stage.MERGING)
        return TOKOPEDIA if is_there else SHOP

    def begin(self, shop: str, buyer: Buyer, *, on: Platform, home: Platform) -> Conversation:
        """Open a conversation with a buyer who uses the app of `on`; `home` is the platform that holds it."""
        number = len(self._table) + 1
        key = f"CHAT-{number:03d}"
        now = self._world.clock.now
        begun = Conversation(
            key=key,
            number=number,
            id=str(310_000_000 + number) if home is TOKOPEDIA else shop_side_id(f"{self._world.seed} conversation {key}", "7497"),
            shop=shop,
            buyer=buyer,
            written_on=on,
            home=home,
            began_at=now,
            last_at=now,
        )
        self._table.put(key, begun)
        self._world.journal.fact(What.CONVERSATION_BEGAN, shop=shop, platform=home, value=key)
        return begun

    def write(self, key: str, kind: str, content: str, *, sender: Sender) -> Message:
        """Add a message. The journal keeps its kind and its sender: the rest is personal."""
        conversation = self._table[key]
        now = self._world.clock.now
        number = len(conversation.messages) + 1
        message = Message(
            id=shop_side_id(f"{self._world.seed} message {key} {number}", "7498"),
            index=now * 1000 + number,
            kind=kind,
            content=content,
            sender=sender,
            sent_at=now,
        )
        self._table.put(
            key,
            replace(
                conversation,
                messages=(*conversation.messages, message),
                last_at=now,
                unread=conversation.unread + (sender is Sender.BUYER),
            ),
        )
        self._world.journal.fact(
            What.MESSAGE_SENT, shop=conversation.shop, platform=conversation.home, value=f"{kind} from the {sender} in {key}"
        )
        return message

    def read(self, key: str) -> None:
        """Mark what the buyer wrote as read."""
        self._table.put(key, replace(self._table[key], unread=0))
