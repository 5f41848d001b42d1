"""`gladi serve`: the sandbox over HTTP for a system in any language, with a control port for its people and its clock."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from gladi.cli.numbers import whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from gladi.cli.room import Room
    from gladi.record.clock import Instant
    from gladi.record.wire import Host
    from gladi.sandbox.settings import Settings

__all__ = ["add", "run"]

PORT = 8470
CONTROL_PORT = 8480
_USAGE = 2
_TICK = 0.2
"""Seconds of real time between two looks at a real clock."""


class _BadInputError(Exception):
    """What was asked cannot be served; the text is one sentence."""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "serve",
        help="serve the sandbox over HTTP, for a system in any language",
        description="Serve both platforms on one port of this machine, and a control port beside it. Ctrl-C ends it.",
        epilog="What is served is described by `gladi openapi`.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s, this machine alone)")
    parser.add_argument("--port", type=whole, default=PORT, help="port of the platforms (default: %(default)s; 0 takes a free one)")
    parser.add_argument("--ports", choices=("one", "each"), default="one", help="one port for all four hosts, or four from --port on")
    parser.add_argument(
        "--control-port", type=whole, default=CONTROL_PORT, help="port of the control (default: %(default)s; 0 takes a free one)"
    )
    parser.add_argument("--seed", type=whole, default=0, help="which seller (default: %(default)s)")
    parser.add_argument("--in-flight", metavar="CELL", default=None, help="where orders in flight live, such as both/shop")
    parser.add_argument("--strict", action="store_true", help="refuse what the documents do not promise")
    parser.add_argument(
        "--assume",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="a switch of the sandbox, such as stock_at_merge=sum; may be given several times",
    )
    parser.add_argument(
        "--clock", choices=("virtual", "real"), default="virtual", help="virtual: time stands until POST /clock; real: it passes"
    )
    parser.add_argument(
        "--start",
        metavar="WHEN",
        default=None,
        help="now, or an ISO date with its zone; default: now for a real clock, else the seller's first morning",
    )
    parser.add_argument(
        "--credentials", metavar="FILE", default=None, help="write the sandbox's credentials to FILE, readable by you alone"
    )
    parser.add_argument("--show-credentials", action="store_true", help="print the sandbox's credentials (they are secrets of nobody)")
    parser.add_argument("--webhooks-anywhere", action="store_true", help="send webhooks to hosts other than this machine, too")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM; 0 then, 2 when what was asked cannot be served."""
    ended = Event()
    before = {number: signal.signal(number, lambda *_: ended.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with ExitStack() as stack:
            room = _opened(args, stack)
            while not ended.wait(_TICK if args.clock == "real" else None):
                room.keeps_up()
    except _BadInputError as error:
        sys.stderr.write(f"gladi serve: {error}\n")
        return _USAGE
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    sys.stdout.write("ended\n")
    return 0


def _opened(args: argparse.Namespace, stack: ExitStack) -> Room:
    """Start everything and say where it is."""
    from gladi.cli.room import Room  # noqa: PLC0415 - heavy, and needed by this command alone
    from gladi.faces.control import Control, Controls  # noqa: PLC0415
    from gladi.faces.listener import Listener  # noqa: PLC0415
    from gladi.faces.postman import Postman  # noqa: PLC0415
    from gladi.faces.server import Served  # noqa: PLC0415

    settings = _settings(args)
    for name, port, last in (("--port", args.port, 65535 - 3 * (args.ports == "each")), ("--control-port", args.control_port, 65535)):
        if not 0 <= port <= last:
            msg = f"{name} {port} is no port; write a number from 0 to {last}"
            raise _BadInputError(msg)
    if args.seed < 0:
        msg = f"--seed {args.seed} is no seed; write a whole number from 0 on"
        raise _BadInputError(msg)
    room = Room(
        seed=args.seed,
        settings=settings,
        start=_start(args.start, real=args.clock == "real"),
        real=args.clock == "real",
        postman=Postman(anywhere=args.webhooks_anywhere),
        says=_warn,
    )
    controls = Controls(stage=room.stage, advance=room.advance, deed=room.deed, journal=room.journal, reset=room.reset)
    served = Served(room.answers, now=room.now, lock=room.lock, host=args.host, port=args.port, ports=args.ports)
    control = Listener(Control(controls), host=args.host, ports=(args.control_port,))
    for face, name, port in ((served, "--port", args.port), (control, "--control-port", args.control_port)):
        try:
            stack.enter_context(face)
        except OSError as error:
            other = f"{name} (0 takes a free one)" if error.errno == errno.EADDRINUSE else f"--host or {name}"
            msg = f"cannot listen on {args.host} port {port}: {error.strerror or error}; give another with {other}"
            raise _BadInputError(msg) from None
    credentials = _credentials(room, served.urls, f"{_base(args.host)}:{control.ports[0]}")
    if args.credentials:
        _write(Path(args.credentials), credentials)
    sys.stdout.write(_banner(args, room, served.urls, f"{_base(args.host)}:{control.ports[0]}"))
    if args.show_credentials:
        sys.stdout.write(json.dumps(credentials, indent=2) + "\n")
    sys.stdout.flush()
    return room


def _settings(args: argparse.Namespace) -> Settings:
    from gladi.sandbox.merge import InFlight  # noqa: PLC0415
    from gladi.sandbox.settings import Settings  # noqa: PLC0415
    from gladi.sandbox.switches import agree, switch  # noqa: PLC0415

    option = "--in-flight"
    try:
        cell = InFlight.parse(args.in_flight) if args.in_flight else InFlight()
        option = "--assume"
        assumed = dict(switch(word, dashes="--") for word in args.assume)
        agree(assumed)
    except ValueError as error:
        msg = f"{option} {error}"
        raise _BadInputError(msg) from None
    return Settings(strict=args.strict, in_flight=cell, **assumed)


def _warn(sentence: str) -> None:
    sys.stderr.write(f"gladi serve: {sentence}\n")


def _start(asked: str | None, *, real: bool) -> Callable[[], Instant]:
    """Give the instant at which a world begins, asked anew at every reset."""
    from gladi.record.clock import instant, moment  # noqa: PLC0415
    from gladi.sandbox.seed import BEGINNING  # noqa: PLC0415

    if asked is None and not real:
        return lambda: BEGINNING
    if asked in (None, "now"):
        return lambda: instant(datetime.now(UTC))
    try:
        start = instant(datetime.fromisoformat(str(asked)))
    except (ValueError, OverflowError):
        msg = f"--start {asked!r} is no date with a time zone; write now, or one such as 2025-03-03T09:00+07:00"
        raise _BadInputError(msg) from None
    if start < BEGINNING:
        msg = f"--start {asked} is too early; the seller's business begins at {moment(BEGINNING).isoformat()}"
        raise _BadInputError(msg)
    return lambda: start


def _credentials(room: Room, urls: dict[Host, str], control: str) -> dict[str, Any]:
    app, sandbox = room.sandbox.app, room.sandbox
    return {
        "urls": {str(host): url for host, url in urls.items()},
        "control": control,
        "tokopedia": {
            "fs_id": app.fs_id,
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "webhook_secret": app.webhook_secret,
            "shop_ids": [shop.tokopedia_id for shop in sandbox.world.all_shops()],
        },
        "shop": {
            "app_key": app.app_key,
            "app_secret": app.app_secret,
            "grants": [{"auth_code": one.auth_code, "refresh_token": one.refresh_token} for one in sandbox.consents],
            "creator": {"auth_code": sandbox.creator.auth_code, "refresh_token": sandbox.creator.refresh_token},
        },
    }


def _write(file: Path, credentials: dict[str, Any]) -> None:
    """Write a file that its owner alone can read, also where it existed and was open to others."""
    mine = stat.S_IRUSR | stat.S_IWUSR
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), mine)
        with os.fdopen(opened, "w", encoding="utf-8") as out:
            file.chmod(mine)
            out.truncate()
            out.write(json.dumps(credentials, indent=2) + "\n")
    except OSError as error:
        msg = f"cannot write the credentials to {file}: {error.strerror}; give another with --credentials"
        raise _BadInputError(msg) from None


def _base(host: str) -> str:
    return f"http://[{host}]" if ":" in host else f"http://{host}"


def _banner(args: argparse.Namespace, room: Room, urls: dict[Host, str], control: str) -> str:
    from gladi.record.clock import moment  # noqa: PLC0415

    if args.credentials:
        credentials = f"are in {args.credentials}"
    elif args.show_credentials:
        credentials = "stand below"
    else:
        credentials = "--show-credentials prints them, --credentials FILE writes them"
    width = max(map(len, urls))
    lines = [
        f"Gladi serves seed {args.seed}; its {args.clock} clock says {moment(room.sandbox.clock.now):%Y-%m-%d %H:%M} UTC.",
        "",
        *(f"    {host:<{width}}  {url}" for host, url in urls.items()),
        f"    {'control':<{width}}  {control}",
        f"    {'credentials':<{width}}  {credentials}",
        "",
        "Link the shops, and let a day pass:",
        "",
        f'    curl -X POST {control}/deeds -d \'{{"deed": "link_shops"}}\'',
        f"    curl -X POST {control}/clock -d '{{\"advance\": 86400}}'",
        f"    curl {control}/stage",
        "",
        *(_test_shops(room) if args.credentials else ()),
    ]
    return "\n".join(lines) + "\n"


def _test_shops(room: Room) -> list[str]:
    """Give what names these shops as test shops, to be copied into a gladi.toml of their own."""
    lines = ["For the gladi.toml of a folder that you throw away:", ""]
    for shop in room.sandbox.world.tokopedia_shops():
        lines += [
            "[[test-shops]]",
            f"tokopedia_shop_id = {shop.tokopedia_id}",
            f'shop_id = "{shop.shop_id}"',
            f"name = {json.dumps(shop.name, ensure_ascii=False)}",
            "",
        ]
    return lines
