"""`gladi openapi`: the description of what `gladi serve` takes and answers, for generators of clients and for fuzzers."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gladi.cli.serve import PORT

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

__all__ = ["add", "run"]

_URL = f"http://127.0.0.1:{PORT}"
_USAGE = 2


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "openapi",
        help="print the OpenAPI description of the served sandbox",
        description="Print, as JSON, the OpenAPI 3.1 description of what gladi serve takes and answers.",
        epilog="Exit status: 0 printed, 2 the URL is none.",
    )
    parser.add_argument("--url", default=_URL, help="where the sandbox is served (default: %(default)s)")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Print it and give 0; 2 for a URL that is none."""
    from gladi.sandbox.openapi import describe  # noqa: PLC0415 - it reads every handler's records, for this command alone

    if not _is_url(args.url):
        sys.stderr.write(f"gladi openapi: --url {args.url!r} is no URL; write one such as {_URL}\n")
        return _USAGE
    sys.stdout.write(json.dumps(describe(args.url.rstrip("/")), indent=2, ensure_ascii=False) + "\n")
    return 0


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
