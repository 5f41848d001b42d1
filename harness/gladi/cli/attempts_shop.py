"""The shop that an attempt is spent on: one of the policy's test shops, and named once more by a person before it is written down."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from gladi.attempts.policy import Policy, TestShop

__all__ = ["UnnamedShopError", "adds", "confirmed", "find"]


class UnnamedShopError(Exception):
    """No shop is meant for sure; the text is one sentence."""


def adds(parser: ArgumentParser) -> None:
    """Add the option that takes the place of typing the name."""
    parser.add_argument("--confirm-shop", metavar="NAME", help="the shop's name, in place of typing it; needed where there is no terminal")


def find(policy: Policy, asked: str) -> TestShop:
    """Find a test shop by its name or its shop id on Tokopedia; any other may be a real seller's.

    Raises:
        UnnamedShopError: the policy names none, or not this one.
    """
    if not policy.test_shops:
        raise UnnamedShopError("gladi.toml names no test shop; write a [[test-shops]] with tokopedia_shop_id, shop_id and name")
    for shop in policy.test_shops:
        if asked.strip() in (shop.name, str(shop.tokopedia_shop_id)):
            return shop
    names = ", ".join(f"{shop.name!r} ({shop.tokopedia_shop_id})" for shop in policy.test_shops)
    raise UnnamedShopError(f"{asked!r} is none of the [[test-shops]] in gladi.toml, which are {names}")


def confirmed(name: str, given: str | None, *, question: str) -> None:
    """Have the name typed at a terminal, letter for letter, unless an option gave it.

    Raises:
        UnnamedShopError: another name was typed, or none.
    """
    typed = given
    if typed is None:
        sys.stdout.write(question)
        sys.stdout.flush()
        try:
            typed = input()
        except (EOFError, KeyboardInterrupt):
            raise UnnamedShopError("no name was typed") from None
    if typed.strip() != name:
        raise UnnamedShopError(f"{typed.strip()!r} is not the name of the shop, which is {name!r}")
