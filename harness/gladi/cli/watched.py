"""Which shop `gladi watch` watches, and which attempt of the ledger that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.cli.attempts_shop import UnnamedShopError, find

if TYPE_CHECKING:
    from gladi.attempts.events import Attempt
    from gladi.attempts.ledger import Ledger
    from gladi.attempts.policy import Policy, TestShop

__all__ = ["attempt_of", "shop_of"]


def shop_of(policy: Policy, ledger: Ledger | None, asked: str | None) -> TestShop:
    """Give the test shop that was asked for, else the one whose attempt is open, else the one of the last attempt.

    Raises:
        UnnamedShopError: nobody can tell which is meant, or it is none of the policy's.
    """
    if asked is not None:
        return find(policy, asked)
    attempts = [one for one in ledger.attempts() if one.spent] if ledger is not None else []
    meant = [one for one in attempts if one.open] or attempts[-1:]
    if len(meant) != 1:
        why = "no attempt was opened" if not meant else f"{len(meant)} attempts are open"
        raise UnnamedShopError(f"{why}, so nobody can tell which shop is meant; name it with --shop")
    shop = next((shop for shop in policy.test_shops if meant[0].shop in _names(shop)), None)
    if shop is None:
        raise UnnamedShopError(
            f"attempt {meant[0].ordinal} is with {meant[0].shop!r}, which is none of the [[test-shops]] in gladi.toml; "
            "write it there, or name another with --shop"
        )
    return shop


def attempt_of(ledger: Ledger, shop: TestShop) -> Attempt | None:
    """Give the last attempt with a shop that was not given back; None where there is none."""
    return next((one for one in reversed(ledger.attempts()) if one.spent and one.shop in _names(shop)), None)


def _names(shop: TestShop) -> tuple[str, str]:
    """Give the names under which the ledger has a shop: as `gladi attempts open` writes it, and plain."""
    return f"{shop.name} ({shop.tokopedia_shop_id})", shop.name
