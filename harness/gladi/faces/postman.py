"""The postman: carries due webhooks to the URL that the system registered, by real HTTP, and never off this machine unless told.

Redirects are not followed and proxies are not used: what is not delivered at once was not delivered.
"""

from __future__ import annotations

import http.client
import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from gladi.record.wire import Outgoing

__all__ = ["Posted", "Postman", "is_here"]

_PATIENCE = 10.0
"""Seconds of real time that a receiver is given."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a webhook: the receiver's status, or None and one sentence that says why."""

    status: int | None
    why: str = ""


def is_here(host: str) -> bool:
    """Tell whether a host is this machine by its very name; nothing is resolved to find out, because that would already leave it."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Postman:
    """Posts webhooks. With `anywhere` also to hosts other than this machine."""

    def __init__(self, *, anywhere: bool = False) -> None:
        """Stay on this machine unless `anywhere`."""
        self._anywhere = anywhere

    def deliver(self, outgoing: Outgoing) -> Posted:
        """Post one webhook and give the receiver's status."""
        try:
            url = urlsplit(outgoing.url)
            host, port = url.hostname or "", url.port
        except ValueError:
            return Posted(None, f"webhook {outgoing.event!r} was not sent: {outgoing.url!r} is no URL")
        if url.scheme not in ("http", "https") or not host:
            return Posted(None, f"webhook {outgoing.event!r} was not sent: {outgoing.url!r} is no http or https URL")
        if not self._anywhere and not is_here(host):
            return Posted(None, f"webhook {outgoing.event!r} was not sent: {host} is not this machine; --webhooks-anywhere sends it there")
        connect = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        connection = connect(host, port, timeout=_PATIENCE)
        delivery = outgoing.delivery
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        try:
            connection.request(delivery.method, target, body=delivery.body, headers=delivery.headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Posted(None, f"webhook {outgoing.event!r} was not taken by {host}: {type(error).__name__}: {error}")
        else:
            return Posted(answer.status)
        finally:
            connection.close()
