"""The course of a live play: what its model took over from the platforms, and when, so that the play can be gone through once more.

1. The ids of shops, orders and packages stand here as they are, like everywhere in a recording; keys and tokens are their pseudonyms.
2. A webhook stands here as it came, redacted and without its signature; who goes through the play again signs it anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from gladi.platforms.goods import Goods
from gladi.record.clock import Instant
from gladi.record.wire import Request
from gladi.record.words import Platform, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.platforms.recording.redaction import Redaction

__all__ = ["VERSION", "Came", "Copied", "Course", "Event", "Placed", "Sold", "Went"]

VERSION = 1
"""Rises when a reader would have to change; it is the course's own, because a sidecar without one is as good as ever."""

_NAMED = {"category": "category_id", "twin": "twin_id", "insurance": "insurance_type"}
"""What a platform's own field would be called that holds what goods call so; all others are called as there, or nobody vouches for them."""


class Went(msgspec.Struct, frozen=True, tag="went"):
    """The merge was seen to have gone a step; `seller_id` is `tts_seller_id`, once the shops have merged."""

    at: Instant
    """Where the clock stood when somebody looked, as in every event."""
    stage: Stage
    seller_id: str = ""


class Placed(msgspec.Struct, frozen=True, tag="placed"):
    """The next order of the play was seen: its id on each platform that showed it, and its package on Tokopedia & Shop."""

    at: Instant
    ids: dict[Platform, str]
    package: str | None = None


class Copied(msgspec.Struct, frozen=True, tag="copied"):
    """An order that Tokopedia knows by the id `of` was seen on Tokopedia & Shop as well, under an id of its own."""

    at: Instant
    of: str
    id: str
    package: str | None = None


class Came(msgspec.Struct, frozen=True, tag="came"):
    """A webhook came in: its method, path and body; `genuine` is whether its signature was right."""

    at: Instant
    platform: Platform
    method: str
    path: str
    """What stands behind the URL at which the system was told that webhooks reach it."""
    body: str
    genuine: bool


class Sold(msgspec.Struct, frozen=True, tag="sold"):
    """What the shop sells on a platform was looked at; `goods` is None where that was what it was before, or `is_unseen`."""

    at: Instant
    platform: Platform
    goods: Goods | None = None
    is_unseen: bool = False
    """The platform would not tell."""


Event = Went | Placed | Copied | Came | Sold


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """What a live play met with."""

    version: int = VERSION
    began_at: Instant
    """Where the model's clock stood at first; milliseconds since the epoch, like every instant here."""
    stage: Stage
    """Where the merge stood when the play began."""
    fs_id: int
    shop: tuple[int, str]
    """The id of the shop on Tokopedia, and its id on Tokopedia & Shop."""
    keys: dict[str, str]
    """What stands in the recording for each key of the app and for the shop's cipher, by the name of the key."""
    grants: tuple[str, ...]
    """What stands in it for each seller's refresh token."""
    clock: tuple[Instant, ...]
    """Where the clock stood each time that something had been waited for: by the wall that is a little later."""
    acts: tuple[tuple[Instant, Instant], ...]
    """Where the clock stood before somebody looked or did something, and where behind it: by the wall that takes its time."""
    events: tuple[Event, ...]

    def called(self, redaction: Redaction) -> frozenset[str]:
        """Give what goods are called in a course that was redacted, as far as it is a pseudonym: `redaction` would not leave it there."""
        found: set[str] = set()

        def shown(name: str, text: str) -> str:
            if _shown(redaction, name, text) != text:
                found.add(text)
            return text

        for event in self.events:
            if isinstance(event, Sold) and event.goods is not None:
                _sold(event.goods, shown)
        return frozenset(found)

    def __repr__(self) -> str:
        """Show no key, because a course has them as they are until it is redacted."""
        return f"Course({len(self.events)} events)"

    def redacted(self, redaction: Redaction) -> Course:
        """Give the same course with nothing private: the pseudonyms are those of the file that `redaction` redacts."""
        of = redaction.pseudonyms.of
        return replace(
            self,
            keys={name: of(key) for name, key in self.keys.items()},
            grants=tuple(map(of, self.grants)),
            events=tuple(_clean(event, redaction) for event in self.events),
        )


def _clean(event: Event, redaction: Redaction) -> Event:
    """Give an event under the rules for a platform's own fields: ids, SKUs, words, prices and units stay, texts and places do not."""

    def shown(name: str, text: str) -> str:
        return _shown(redaction, name, text)

    def id_of(name: str, one: str) -> str:
        # Fields of such names may hold a word of the platform's in a recording; here they hold an id, and that has digits alone.
        return shown(name, one) if not one or (one.isascii() and one.isdigit()) else redaction.pseudonyms.of(one)

    def package(one: str | None) -> str | None:
        return None if one is None else id_of("package_id", one)

    if isinstance(event, Went):
        return replace(event, seller_id=id_of("tts_seller_id", event.seller_id))
    if isinstance(event, Placed):
        ids = {platform: id_of("order_id", one) for platform, one in event.ids.items()}
        return replace(event, ids=ids, package=package(event.package))
    if isinstance(event, Copied):
        return replace(event, of=id_of("order_id", event.of), id=id_of("order_id", event.id), package=package(event.package))
    if isinstance(event, Sold):
        return replace(event, goods=None if event.goods is None else _sold(event.goods, shown))
    return _came(event, redaction)


def _shown(redaction: Redaction, name: str, text: str) -> str:
    kept: dict[str, str] = msgspec.json.decode(redaction.body(msgspec.json.encode({name: text})))
    return kept[name]


def _came(event: Came, redaction: Redaction) -> Came:
    path, _, query = event.path.partition("?")
    clean = redaction.request(Request(event.method, "", path, event.at, query, {"content-type": "application/json"}, event.body.encode()))
    asked = f"?{clean.query}" if clean.query else ""
    return replace(event, path=f"{clean.path}{asked}", body=clean.body.decode())


def _sold(goods: Goods, shown: Callable[[str, str], str]) -> Goods:
    def left(name: str, value: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, str):
            return shown(_NAMED.get(name, name), value)
        if isinstance(value, list | tuple):
            return [left(name, one) for one in value]
        if name == "standing":
            return {app: shown("status", word) for app, word in value.items()}
        if name == "stock":
            return {shown("warehouse_id", depot): units for depot, units in value.items()}
        return {key: left(key, one) for key, one in value.items()} if isinstance(value, dict) else value

    return msgspec.convert(left("", msgspec.to_builtins(goods)), Goods)
