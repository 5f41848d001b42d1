"""The ground on which a live play stands: whoever opens it hands these over, and all plays of a run share them."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from gladi.platforms.credentials import Credentials
    from gladi.platforms.goods import Goods
    from gladi.platforms.walltime import Time
    from gladi.play.cues import Console, Cue
    from gladi.record.wire import Answers
    from gladi.record.words import Platform, Stage

__all__ = ["Door", "Eyes", "Ground", "Post"]


class Eyes(Protocol):
    """Our own look at the platforms, for the one shop of this run. Each may raise `UnseenError`."""

    @abstractmethod
    def seller_id(self) -> str | None:
        """Give `tts_seller_id` of Get Shop Info, which is there once the shops have merged; asked every five minutes at most."""

    @abstractmethod
    def orders(self, platform: Platform) -> Mapping[str, str | None]:
        """Give the newest orders by id, with their package on Tokopedia & Shop where one is there."""

    @abstractmethod
    def copy_of(self, order_id: str) -> tuple[str, str | None] | None:
        """Give the id, and the package, under which an order of Tokopedia is seen on Tokopedia & Shop too; None where it is not."""

    @abstractmethod
    def goods(self, platform: Platform, *, in_detail: Collection[str] = ()) -> Goods:
        """Give all that the shop sells on a platform, and the warehouses; of products with a SKU `in_detail`, all that their pages tell."""

    @abstractmethod
    def cipher(self) -> str:
        """Give the cipher of the shop, from Get Authorized Shops."""


class Door(Protocol):
    """The door of the attempts: what the ledger knows of this shop, and what is written into it."""

    @abstractmethod
    def stage(self) -> Stage:
        """Give where the merge stands, as far as it is recorded."""

    @abstractmethod
    def linking(self) -> Cue:
        """Give the guide's six steps, for an attempt that is open.

        Raises:
            UncuedError: none is open, or its shops were linked before.
        """

    @abstractmethod
    def records(self, stage: Stage) -> None:
        """Record that the shops were linked (before the last step) or have merged."""


@dataclass(frozen=True, slots=True)
class Post:
    """Where webhooks arrive: the URL that the platforms know, and the port of this machine to which it leads."""

    url: str = ""
    """Empty: the port itself, as a stand-in on this machine can reach it."""
    port: int = 0


@dataclass(slots=True)
class Ground:
    """All that a live play stands on."""

    shop: tuple[int, str, str]
    """Its id on Tokopedia, its id on Tokopedia & Shop, its name."""
    credentials: Credentials
    platforms: Answers
    """For the system's calls."""
    time: Time
    eyes: Eyes
    door: Door
    console: Console
    is_ours: Callable[[], bool]
    """Whether this thread is at a call to the platforms: the guard lets it pass."""
    post: Post = field(default_factory=Post)
    looked_at: int | None = None
    """When Get Shop Info was asked last, in milliseconds; all plays of a run share its five minutes."""
    seller_id: str | None = None
    """What it said once the shops had merged."""
    attempt: int = 0
    """Its number in the ledger; 0 where none is counted."""
