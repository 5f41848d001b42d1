"""The past of a live play, on which it is gone through once more: nobody is asked, nothing is called, and each thing comes when it came.

Theory of operation. A live play goes by the wall, so what a system asks, and what it is told, depends on the second at which it was
woken. The course has each instant at which the play's clock stood: whoever waits until an instant is therefore brought to the first at or
behind it at which it stood then, whoever acts to where it stood behind that act, and whoever looks is shown what was seen by then. A system
that does otherwise than the recorded one only meets these things a little earlier or later.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec.structs import replace

from gladi.platforms.credentials import Credentials
from gladi.platforms.recording.course import Came, Copied, Placed, Sold, Went
from gladi.platforms.recording.redaction import Redaction
from gladi.play.cues import Cue
from gladi.play.faults import UncuedError
from gladi.play.live.ground import Ground, Post
from gladi.play.post import SIGNATURE, signature
from gladi.record.wire import Delivery
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.app import app, consent
from gladi.sandbox.seed import seller

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from gladi.platforms.goods import Goods, Product
    from gladi.platforms.recording.course import Course
    from gladi.record.clock import Instant
    from gladi.record.wire import Request, Response

__all__ = ["WEBHOOK_URL", "Past", "pseudonyms_of"]

WEBHOOK_URL = "https://live.example.com/webhooks"
"""What stands in every recording of a live play where webhooks reached it. The sandbox's own would be mixed up with what was registered
there long ago."""

_PATH = urlsplit(WEBHOOK_URL).path


class Past:
    """What a live play met with. It stands in the place of its platforms' time and orders, of its ledger, and of its person."""

    is_there = True
    longest = float("inf")

    def __init__(self, course: Course, *, seed: int, behind: Mapping[str | float, str | float]) -> None:
        """Go through `course` with a model of `seed`; `behind` has what stands behind a pseudonym, as far as it has been said again."""
        self._course = course
        self._behind = behind
        self._now = course.began_at
        self._acts: dict[Instant, deque[Instant]] = {}
        for since, until in course.acts:
            self._acts.setdefault(since, deque()).append(until)
        self._stage = course.stage
        self._placed = deque(event for event in course.events if isinstance(event, Placed))
        self._went = deque(event for event in course.events if isinstance(event, Went))
        self._came = deque(event for event in course.events if isinstance(event, Came))
        self._copied = [event for event in course.events if isinstance(event, Copied)]
        sold = [event for event in course.events if isinstance(event, Sold)]
        self._sold = {platform: deque(one for one in sold if one.platform is platform) for platform in Platform}
        self._goods: dict[Platform, Goods | None] = {}
        self._seen: list[Placed] = []
        self._waits_for_an_order = False
        self.receives: Callable[[Delivery], object] = lambda delivery: None  # noqa: ARG005 - until the play begins, nobody does
        """Takes a webhook to the system, on another thread than the play's, and returns when it has been answered."""
        name = next(iter(seller(seed).shops.records.values())).name
        self.ground = Ground(
            shop=(*course.shop, name),
            credentials=_credentials(course, seed),
            platforms=_nobody,
            time=self,
            eyes=self,
            door=self,
            console=self,
            is_ours=lambda: False,
            post=Post(),
        )

    # -- the time ------------------------------------------------------------------------------------------------------

    def now(self) -> Instant:
        """Give the time."""
        return self._now

    def wait(self, seconds: float) -> None:
        """Go on to where the clock stood then, and hand over the webhooks that came by the way."""
        wanted = self._now + round(seconds * 1000)
        clock, place = self._course.clock, bisect_left(self._course.clock, wanted)
        ends = clock[place] if place < len(clock) else wanted
        self._hands_over(lambda: ends)
        self._now = max(self._now, ends)

    def acts(self, since: Instant) -> None:
        """Let the time pass that an act took, which began at `since`."""
        if untils := self._acts.get(since):
            self._now = max(self._now, untils.popleft())

    def _hands_over(self, until: Callable[[], Instant]) -> None:
        while self._came and self._came[0].at <= until():
            came = self._came.popleft()
            self._now = max(self._now, came.at)
            self.receives(self._signed(came))

    def _signed(self, came: Came) -> Delivery:
        keys, body = self.ground.credentials, came.body.encode()
        key, signed = (keys.webhook_secret, body) if came.platform is TOKOPEDIA else (keys.app_secret, keys.app_key.encode() + body)
        headers = {"content-type": "application/json", SIGNATURE[came.platform]: signature(key if came.genuine else "nobody's", signed)}
        return Delivery(came.method, f"{_PATH}{came.path}", headers, body)

    # -- the eyes ------------------------------------------------------------------------------------------------------

    def expects_an_order(self) -> None:
        """Show the next order, as soon as it was shown.

        Raises:
            UncuedError: there was none.
        """
        if not self._placed:
            count = len(self._seen)
            raise UncuedError(
                f"{count} {'order was' if count == 1 else 'orders were'} placed when it was recorded on the platforms, and this is one more"
            )
        self._waits_for_an_order = True

    def orders(self, platform: Platform) -> Mapping[str, str | None]:
        """Give the orders that were seen by now."""
        if self._waits_for_an_order and self._placed[0].at <= self._now:
            self._waits_for_an_order = False
            self._seen.append(self._placed.popleft())
        shown = [event for event in self._seen if platform in event.ids]
        return {event.ids[platform]: event.package if platform is SHOP else None for event in shown}

    def copy_of(self, order_id: str) -> tuple[str, str | None] | None:
        """Give the id and the package of an order on Tokopedia & Shop, as soon as it was seen there too."""
        for event in self._copied:
            if event.of == order_id and event.at <= self._now:
                return event.id, event.package
        return None

    def seller_id(self) -> str | None:
        """Give the seller's id as soon as the merge was seen."""
        merged = next((went for went in self._went if went.stage is Stage.MERGED), None)
        return merged.seller_id if merged is not None and merged.at <= self._now else None

    def goods(self, platform: Platform, *, in_detail: Collection[str] = ()) -> Goods:  # noqa: ARG002 - what was seen then is all
        """Give what was for sale on a platform when it was looked at next, or else last.

        Raises:
            UncuedError: nobody could look.
        """
        seen = self._sold[platform]
        while len(seen) > 1 and seen[0].at < self._now and seen[1].at <= self._now:
            self._goods[platform] = seen.popleft().goods or self._goods.get(platform)
        sold = seen.popleft() if seen and seen[0].at <= self._now else None
        if sold is not None and sold.goods is not None:
            self._goods[platform] = sold.goods
        goods = self._goods.get(platform)
        if goods is None or (sold is not None and sold.is_unseen):
            raise UncuedError(f"what is for sale on {platform.label} could not be seen when it was recorded")
        return replace(goods, products=tuple(map(self._in_words, goods.products)))

    def _in_words(self, product: Product) -> Product:
        """Give a product with the title and the description that the system gave it, where it has given it one."""
        description = None if product.description is None else str(self._behind.get(product.description, product.description))
        return replace(product, title=str(self._behind.get(product.title, product.title)), description=description)

    def cipher(self) -> str:
        """Give none, so that the model keeps its own: the shop's is no more than a pseudonym."""
        return ""

    # -- the door ------------------------------------------------------------------------------------------------------

    def reaches(self, stage: Stage) -> None:
        """Go on to where the merge was seen at `stage`."""
        while self._went and self._went[0].stage.rank <= stage.rank:
            self.ground.seller_id = self._went.popleft().seller_id or self.ground.seller_id
        self._stage = stage

    def stage(self) -> Stage:
        """Give where the merge stands."""
        return self._stage

    def linking(self) -> Cue:
        """Give a cue that says nothing.

        Raises:
            UncuedError: the shops were not linked in this play.
        """
        if not any(went.stage is Stage.MERGING for went in self._went):
            raise UncuedError("the shops were not linked in the play that was recorded")
        return Cue("Link the shops", ())

    def records(self, stage: Stage) -> None:
        """Leave the ledger alone."""

    # -- the person ----------------------------------------------------------------------------------------------------

    def shows(self, text: str) -> None:
        """Show nothing: nobody is asked."""

    def asks(self, question: str) -> str | None:  # noqa: ARG002 - the signature is the console's
        """Say that it is done, once the webhooks have come that came before it was."""
        # Who was asked while nothing came has acted from here; who was asked while something came, from there.
        self._hands_over(lambda: self._now if self._acts.get(self._now) else self._waits_next())
        return ""

    def breaks_off(self) -> None:
        """Stop nothing: nobody is asked."""

    def _waits_next(self) -> Instant:
        clock, place = self._course.clock, bisect_right(self._course.clock, self._now)
        return clock[place] if place < len(clock) else self._now


def pseudonyms_of(course: Course, *, seed: int) -> dict[str, str]:
    """Give what stands in the recording for each key, token and cipher of a model of `seed`, and for what its goods are called.

    These are pseudonyms already; where the model says one it is that one.
    """
    keys = _credentials(course, seed)
    found = {str(getattr(keys, name)): there for name, there in course.keys.items() if hasattr(keys, name)}
    cipher = next(iter(seller(seed).shops.records.values())).cipher
    called = {text: text for text in course.called(Redaction(""))}
    return called | found | dict(zip(keys.refresh_tokens, course.grants, strict=True)) | {cipher: course.keys.get("shop_cipher", cipher)}


def _credentials(course: Course, seed: int) -> Credentials:
    """Give the keys of the model's own app under the app's id on Tokopedia, and the model's consent before as many as there were."""
    keys = app(seed)
    token = consent(seed, next(iter(seller(seed).shops.records.values()))).refresh_token
    tokens = (token, *(f"{token}{number}" for number in range(1, len(course.grants))))[: len(course.grants)]
    return Credentials(
        course.fs_id, keys.client_id, keys.client_secret, keys.webhook_secret, keys.app_key, keys.app_secret, tokens, consents=Path()
    )


def _nobody(request: Request) -> Response:
    raise AssertionError(request)
