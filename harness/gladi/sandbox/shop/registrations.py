"""Where each shop's webhooks go: what was registered through the API, event by event, and what is switched on in Partner Center."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from gladi.sandbox.app import SYSTEM_URL, PartnerCenter
from gladi.sandbox.leniency import lenient
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.events import Topic
from gladi.sandbox.shop.refusals import INVALID_PARAMETER
from gladi.sandbox.shop.shops import held

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.world import World

__all__ = ["IN_PARTNER_CENTER", "Naming", "Registrations"]

IN_PARTNER_CENTER = f"{SYSTEM_URL}/shop"
"""The address that the app has entered in Partner Center."""
_LONGEST = 255


class Naming(msgspec.Struct, frozen=True):
    """The body of a registration, and of its end, which needs no address."""

    event_type: str
    address: str = ""


class _Registered(msgspec.Struct, frozen=True, gc=False):
    address: str
    since: int
    updated: int


_naming = msgspec.json.Decoder(Naming)


class Registrations:
    """The addresses of every shop's webhooks, and the three operations on them."""

    def __init__(self, world: World, when_registered: Callable[[str, Topic], None]) -> None:
        """Begin with what Partner Center has; `when_registered` hears of every shop and event that is registered."""
        self._world = world
        self._when_registered = when_registered
        self._by_shop: dict[str, dict[Topic, _Registered]] = {}

    @property
    def are_any(self) -> bool:
        """Whether any shop has registered for anything."""
        return any(self._by_shop.values())

    def address(self, shop: str, topic: Topic) -> str | None:
        """Give where an event of a shop is to be told; None where nobody wants to hear of it."""
        registered = self._by_shop.get(shop, {}).get(topic)
        if registered is not None:
            return registered.address
        switched_on = self._world.settings.partner_center
        if switched_on is PartnerCenter.EVERYTHING:
            return IN_PARTNER_CENTER
        return IN_PARTNER_CENTER if switched_on is PartnerCenter.MIRRORING and not topic.is_registrable else None

    def put(self, world: World, arrival: Arrival) -> dict[str, object]:
        """Update Shop Webhook: register an event, or give it another address; the others stay as they are."""
        shop = held(arrival)
        names = read(arrival, world.settings, _naming)
        topic = _topic(names.event_type)
        _check(arrival, world, names.address)
        now = world.clock.now // 1000
        events = self._by_shop.setdefault(shop.key, {})
        before = events.get(topic)
        events[topic] = _Registered(names.address, before.since if before is not None else now, now)
        self._when_registered(shop.key, topic)
        return {}

    def listing(self, _world: World, arrival: Arrival) -> dict[str, object]:
        """Get Shop Webhooks: what the shop has registered; what is switched on in Partner Center does not stand here."""
        rows = [
            {"event_type": topic.name, "address": one.address, "create_time": one.since, "update_time": one.updated}
            for topic, one in sorted(self._by_shop.get(held(arrival).key, {}).items())
        ]
        return {"webhooks": rows, "total_count": len(rows)}

    def delete(self, world: World, arrival: Arrival) -> dict[str, object]:
        """Delete Shop Webhook: an event that is not registered is none the less gone."""
        self._by_shop.get(held(arrival).key, {}).pop(_topic(read(arrival, world.settings, _naming).event_type), None)
        return {}


def _topic(name: str) -> Topic:
    topic = Topic.__members__.get(name)
    if topic is None or not topic.is_registrable:
        raise Refused(INVALID_PARAMETER.saying(f"Invalid parameter: unknown event_type {name[:50]!r}"))
    return topic


def _check(arrival: Arrival, world: World, address: str) -> None:
    """Refuse what is no address; one without https or a domain name is a leniency, because a system under test often has no other."""
    host = _host(address)
    if not host or len(address) > _LONGEST:
        raise Refused(INVALID_PARAMETER.saying("Invalid parameter: address is no HTTPS URL"))
    if not address.startswith("https://") or _is_an_ip(host) or urlsplit(address).port is not None or host == "localhost":
        lenient(arrival, world.settings, "local_webhook_address", INVALID_PARAMETER.saying("Invalid parameter: address is no HTTPS URL"))


def _host(address: str) -> str:
    if not address.isascii() or not address.isprintable() or " " in address:
        return ""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


def _is_an_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
