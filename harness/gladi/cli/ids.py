"""`gladi ids`: compare the ids of a merge webhook and of an answer of Get Shop Info, kept in two files."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from gladi.judge.identity import SHOP_INFO, WEBHOOK, Identity, IdentityError, compare

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

__all__ = ["add", "run"]

AGREE, DISAGREE, USAGE = 0, 10, 2

_STDIN = "-"


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser of `gladi`."""
    parser = subparsers.add_parser(
        "ids",
        help="compare the ids of the merge webhook and of Get Shop Info",
        description="Compare tts_seller_id and toko_shop_id of a merge webhook with those of Get Shop Info, digit by digit.",
        epilog="Exit status: 0 the ids agree, 10 they do not, 2 the files cannot be compared.",
    )
    parser.add_argument("--webhook", required=True, metavar="FILE", help="the raw body of the merge webhook; - reads standard input")
    parser.add_argument("--shop-info", required=True, metavar="FILE", help="the raw answer of Get Shop Info; - reads standard input")
    parser.add_argument("--toko-shop-id", metavar="ID", help="which shop of the answer is meant; by default the webhook's")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Print the comparison and give the exit status; what cannot be compared is one sentence on standard error."""
    files = {WEBHOOK: args.webhook, SHOP_INFO: args.shop_info}
    try:
        identity = _compare(files, args.toko_shop_id)
    except IdentityError as wrong:
        at = f"{files[wrong.source]}: " if wrong.source in files else ""
        sys.stderr.write(f"gladi ids: {at}{wrong}\n")
        return USAGE
    sys.stdout.write((_json(identity) if args.json else identity.table()) + "\n")
    return AGREE if identity.agree else DISAGREE


def _compare(files: dict[str, str], toko_shop_id: str | None) -> Identity:
    if files[WEBHOOK] == files[SHOP_INFO] == _STDIN:
        raise IdentityError("only one of the two can come from standard input; write the other to a file and name that")
    return compare(_content(files, WEBHOOK), _content(files, SHOP_INFO), toko_shop_id=toko_shop_id)


def _content(files: dict[str, str], source: str) -> bytes:
    name = files[source]
    try:
        return sys.stdin.buffer.read() if name == _STDIN else Path(name).read_bytes()
    except (OSError, ValueError) as wrong:  # ValueError: a null byte in the name
        why = wrong.strerror if isinstance(wrong, OSError) else str(wrong)
        msg = f"the file cannot be read ({why}); give the path of a file with its raw JSON"
        raise IdentityError(msg, source=source) from None


def _json(identity: Identity) -> str:
    return json.dumps({"agree": identity.agree, "compared_with": identity.beside, "rows": [asdict(row) for row in identity.rows]}, indent=2)
