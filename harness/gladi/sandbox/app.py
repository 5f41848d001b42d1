"""The ISV's app as both platforms know it: ids, secrets and the consent of each seller, all made from the seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gladi.sandbox.world.records import Shop

__all__ = ["CREATOR", "SYSTEM_URL", "App", "Consent", "PartnerCenter", "app", "consent", "creator"]

SYSTEM_URL = "https://system.example.com/webhooks"
"""Where the ISV's system listens, as far as the sandbox knows: what it registered long ago lies under it."""

CREATOR = "creator"
"""What stands in the place of a shop's name for the affiliate creator."""


class PartnerCenter(StrEnum):
    """Which webhooks of Tokopedia & Shop are switched on in Partner Center, for every shop and under one address."""

    NOTHING = "nothing"
    MIRRORING = "mirroring"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class App:
    """One app on the Tokopedia Open API and its twin on the TikTok Shop Open API."""

    fs_id: int
    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    app_key: str
    app_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Consent:
    """What a seller's consent gave the app before the rehearsal began."""

    shop: str
    auth_code: str = field(repr=False)
    refresh_token: str = field(repr=False)


def secret(tag: str, length: int = 32) -> str:
    """Give the secret that belongs to `tag`: always the same one, lower-case hex."""
    return blake2b(tag.encode(), digest_size=32).hexdigest()[:length]


@lru_cache(maxsize=64)
def app(seed: int) -> App:
    """Give the app of a seed."""
    return App(
        fs_id=13_000 + seed % 1000,
        client_id=secret(f"{seed} client id"),
        client_secret=secret(f"{seed} client secret"),
        webhook_secret=secret(f"{seed} webhook secret"),
        app_key=secret(f"{seed} app key", 12),
        app_secret=secret(f"{seed} app secret", 40),
    )


def creator(seed: int) -> Consent:
    """Give what the consent of an affiliate creator gave the app; he is no seller, and owns no shop."""
    return Consent(
        shop=CREATOR,
        auth_code=f"ROW_{secret(f'{seed} creator auth code', 24)}",
        refresh_token=f"ROW_{secret(f'{seed} creator refresh', 48)}",
    )


def consent(seed: int, shop: Shop) -> Consent:
    """Give what a seller's consent gave the app."""
    return Consent(
        shop=shop.key,
        auth_code=f"ROW_{secret(f'{seed} {shop.key} auth code', 24)}",
        refresh_token=f"ROW_{secret(f'{seed} {shop.key} refresh', 48)}",
    )
