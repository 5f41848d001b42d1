"""The venue: all that an adapter is given, and how it is made on the sandbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gladi.record.clock import moment
from gladi.record.wire import Host
from gladi.sandbox.app import SYSTEM_URL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from gladi.faces.transport import PlatformTransport
    from gladi.sandbox.app import Consent
    from gladi.sandbox.sandbox import Sandbox

__all__ = ["WEBHOOK_URL", "Grant", "ShopCredentials", "TokopediaCredentials", "Venue", "make_venue"]

WEBHOOK_URL = SYSTEM_URL
"""Where the system says that it listens. In a rehearsal every delivery to it reaches `System.receive`."""


@dataclass(frozen=True, slots=True)
class TokopediaCredentials:
    """An app of the Tokopedia Open API. `fs_id` is its App ID."""

    fs_id: int
    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    """The key under which webhooks are signed; the adapter hands it over when it registers."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One seller's consent to the app, in the form of both ends of the authorization flow.

    `auth_code` is fresh: good for 30 minutes and for one use. `refresh_token` belongs to an earlier consent, as a
    system that has served this seller for months would hold it. Use either. Which Tokopedia shop the seller owns is
    not said here, because no API of the platform says so either: the mapping comes from Get Shop Info.
    """

    auth_code: str = field(repr=False)
    refresh_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ShopCredentials:
    """An app of the TikTok Shop Open API and the sellers who granted it access."""

    app_key: str
    app_secret: str = field(repr=False)
    grants: tuple[Grant, ...]
    creator: Grant | None = None
    """The consent of an affiliate creator, under whose token sharing links are made; None where there is none."""


@dataclass(frozen=True, slots=True)
class Venue:
    """Where and as whom a system rehearses: all that an adapter's factory is given."""

    tokopedia_url: str
    """Base URL of the Tokopedia Open API, without a trailing slash; so are the other three."""
    tokopedia_token_url: str
    shop_url: str
    shop_token_url: str
    tokopedia: TokopediaCredentials
    shop: ShopCredentials
    shop_ids: tuple[int, ...]
    """The Tokopedia shops that the app serves. A seller who has none is known by his grant alone."""
    webhook_url: str
    """Base URL to register webhooks under; each path below it reaches `System.receive`.

    What is switched on in Partner Center, and registered by no call, comes to `/shop` below it.
    """
    storage: Path
    """An empty folder that is the system's own; a restarted system finds there what it left."""
    now: Callable[[], datetime] = field(repr=False)
    """The time of the rehearsal, aware, UTC.

    In process a signature's timestamp may follow it or the wall clock; served, it follows the wall clock, as the platform's does.
    """
    transport: Callable[[], PlatformTransport] | None = field(default=None, repr=False)
    """In process, gives an httpx transport that leads to the platforms, for a system whose clients are built on a transport of its
    own, which Gladi does not see. None when served: there any transport will do."""


def make_venue(
    sandbox: Sandbox,
    *,
    url: str | None,
    storage: Path,
    transport: Callable[[], PlatformTransport] | None = None,
    without_grant: Sequence[str] = (),
) -> Venue:
    """Make the venue of a sandbox: served under `url`, or in process under the platforms' own host names.

    The owners of the shops `without_grant` have not authorized the app on Tokopedia & Shop, so it is given no grant of theirs.
    """
    app = sandbox.app
    shops = sandbox.world.all_shops()
    consents = (consent for shop, consent in zip(shops, sandbox.consents, strict=True) if shop.key not in without_grant)
    return Venue(
        tokopedia_url=url or f"https://{Host.TOKOPEDIA_API}",
        tokopedia_token_url=url or f"https://{Host.TOKOPEDIA_ACCOUNTS}",
        shop_url=url or f"https://{Host.SHOP_API}",
        shop_token_url=url or f"https://{Host.SHOP_AUTH}",
        tokopedia=TokopediaCredentials(app.fs_id, app.client_id, app.client_secret, app.webhook_secret),
        shop=ShopCredentials(app.app_key, app.app_secret, tuple(_grant(consent) for consent in consents), _grant(sandbox.creator)),
        shop_ids=tuple(shop.tokopedia_id for shop in shops if shop.is_on_tokopedia),
        webhook_url=WEBHOOK_URL,
        storage=storage,
        now=lambda: moment(sandbox.clock.now),
        transport=transport,
    )


def _grant(consent: Consent) -> Grant:
    return Grant(consent.auth_code, consent.refresh_token)
