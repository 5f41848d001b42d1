"""The shops that the live target may touch: named in gladi.toml, vouched for by a person, and nobody else's.

Nothing in either API marks a test shop, so that a person has to say it, by name and for a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from gladi.attempts.events import Attestation
    from gladi.attempts.policy import Policy, TestShop

__all__ = ["PREFIX", "UnspendableError", "check_of", "spendable"]

PREFIX = "test-shop-"


class UnspendableError(Exception):
    """No shop may be touched; the text is one sentence, and nothing was called."""


def check_of(shop: TestShop) -> str:
    """Give the id under which a person vouches that a shop is a test shop, such as `test-shop-480000123`."""
    return f"{PREFIX}{shop.tokopedia_shop_id}"


def spendable(policy: Policy, attestations: Sequence[Attestation], *, now: datetime) -> tuple[TestShop, ...]:
    """Give the test shops that a person vouches for.

    Raises:
        UnspendableError: gladi.toml names none, or nobody vouches for one.
    """
    if not policy.test_shops:
        raise UnspendableError("the live target touches test shops alone, and gladi.toml names none; write each as [[test-shops]]")
    vouched = set(_vouched(attestations, now))
    found = tuple(shop for shop in policy.test_shops if check_of(shop) in vouched)
    if not found:
        first = policy.test_shops[0]
        raise UnspendableError(
            f"nobody vouches that {first.name} ({first.tokopedia_shop_id}) is a test shop, and no API tells; look in both consoles, then: "
            f"gladi attempts attest {check_of(first)} --by NAME --until DATE"
        )
    return found


def _vouched(attestations: Iterable[Attestation], now: datetime) -> Iterable[str]:
    return (one.check for one in attestations if one.check.startswith(PREFIX) and one.holds(now))
