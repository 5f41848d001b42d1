"""`gladi attempts record-outside`: shops were linked past Gladi, which spent an attempt that nothing gives back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from gladi.cli.attempts_shop import UnnamedShopError, adds, confirmed, find
from gladi.cli.counted import counted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Iterator

    from gladi.attempts.policy import Policy

__all__ = ["add"]


def add(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """Add the verb to those of `gladi attempts`."""
    parser = verbs.add_parser(
        "record-outside",
        help="record that shops were linked outside Gladi, which spent an attempt too",
        description="Record that shops were linked outside Gladi, which spent an attempt too. Nothing gives it back, so the shop has to be "
        "one of the [[test-shops]] of gladi.toml, where there are any, and its name is asked for once more.",
    )
    parser.add_argument("--shop", required=True, help="which shop was linked")
    adds(parser)
    parser.add_argument("--reason", required=True, help="why; it stays in the record")
    parser.add_argument("--by", default="", metavar="NAME", help="who says so (default: the user of this machine)")
    parser.set_defaults(verb=_outside)


def _outside(args: Namespace, policy: Policy) -> Iterator[str]:
    if policy.test_shops:
        shop = find(policy, args.shop)
        name, named = shop.name, f"{shop.name} ({shop.tokopedia_shop_id})"
    else:
        name = named = args.shop.strip()
    if args.confirm_shop is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UnnamedShopError("there is no terminal on which a person could type the shop's name; name it with --confirm-shop NAME")
    confirmed(name, args.confirm_shop, question="This records an attempt as spent, for good. Type the name of the shop to go on: ")
    with counted(policy) as ledger:
        attempt = ledger.outside(named, args.reason, by=args.by)
        yield f"recorded as attempt {attempt.ordinal}, linked outside Gladi"
        yield f"{ledger.developer}: {ledger.standing()}, in {policy.shown}"
