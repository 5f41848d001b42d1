"""Making the venue: what an adapter is given when it rehearses on the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.play.system import Grant, ShopCredentials, TokopediaCredentials, Venue
from gladi.record.clock import moment
from gladi.record.wire import Host
from gladi.sandbox.app import SYSTEM_URL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from gladi.faces.transport import PlatformTransport
    from gladi.sandbox.sandbox import Sandbox

__all__ = ["WEBHOOK_URL", "make_venue"]

WEBHOOK_URL = SYSTEM_URL
"""Where the system says that it listens. In a rehearsal every delivery to it reaches `System.receive`."""


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
        shop=ShopCredentials(app.app_key, app.app_secret, tuple(Grant(consent.auth_code, consent.refresh_token) for consent in consents)),
        shop_ids=tuple(shop.tokopedia_id for shop in shops),
        webhook_url=WEBHOOK_URL,
        storage=storage,
        now=lambda: moment(sandbox.clock.now),
        transport=transport,
    )
