"""`gladi watch`: keeps a real integration alive across restarts, between the platform's webhook and the system's own URL."""

from __future__ import annotations

import errno
import os
import signal
import sys
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gladi.cli.numbers import whole
from gladi.cli.verdicts import run_folder

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Callable

    from gladi.attempts.ledger import Ledger
    from gladi.attempts.policy import Policy
    from gladi.attempts.watching.watch import Watch
    from gladi.record.clock import Instant

__all__ = ["add", "run"]

PORT = 8491
STATE = "gladi-watch.sqlite"
_YES, _USAGE, _DISAGREE, _INCOMPLETE, _FAULT = 0, 2, 10, 11, 12
_LAST_PORT = 65535
_LONGEST_WAIT = timedelta(seconds=30)
"""A machine that slept did not count the time; so the clock is looked at again at least as often."""
_GLANCE = timedelta(milliseconds=50)
"""How often the clock of a stand-in is asked, for it stands still until told."""


class _BadInputError(Exception):
    """What was asked cannot be watched; the text is one sentence."""


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser of `gladi`."""
    parser = subparsers.add_parser(
        "watch",
        help="keep a real integration alive: poll, take the merge webhook, hand it on, compare the ids",
        description="Poll Get Shop Info every five minutes; take the merge webhook behind your public URL, keep each delivery on the disk "
        "before it is answered, and hand it on, raw, to the system's own URL until that takes it; compare the ids as soon as both are "
        "there; record in the ledger what became of the attempt. Killed at any moment and begun again, it goes on where it was.",
        epilog="Exit status when it is ended: 0 merged and the ids agree, 10 the ids do not agree, 11 not that far yet, 12 the state "
        "or the ledger cannot be used, 2 usage.",
    )
    parser.add_argument(
        "--system-url",
        required=True,
        metavar="URL",
        help="where the system takes its webhook; without a path, each is handed on under the one at which it came",
    )
    parser.add_argument("--shop", metavar="SHOP", help="the test shop, by name or id on Tokopedia (default: that of the open attempt)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on, behind your public URL (default: %(default)s)")
    parser.add_argument("--port", type=whole, default=PORT, help="port to listen on (default: %(default)s; 0 takes a free one)")
    parser.add_argument("--path", default="", metavar="PATH", help="take webhooks at this path alone, such as /merge (default: any)")
    parser.add_argument("--state", type=Path, metavar="FILE", help=f"where its state is kept (default: {STATE} beside gladi.toml)")
    parser.add_argument("--no-record", action="store_true", help="write nothing into the ledger of the attempts")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Watch until Ctrl-C or SIGTERM; what cannot be watched is one sentence on standard error."""
    from gladi.attempts.faults import LedgerError  # noqa: PLC0415 - `gladi --help` does without
    from gladi.attempts.policy import Policy, PolicyError  # noqa: PLC0415
    from gladi.attempts.watching.faults import StateError  # noqa: PLC0415
    from gladi.cli.attempts_shop import UnnamedShopError  # noqa: PLC0415
    from gladi.cli.counted import NobodyError  # noqa: PLC0415
    from gladi.faces.far_clock import FarClockError  # noqa: PLC0415
    from gladi.platforms.credentials import CredentialsError  # noqa: PLC0415
    from gladi.platforms.live import ForeignHostError  # noqa: PLC0415

    ended, wakes = Event(), Event()

    def ends(*_: object) -> None:
        ended.set()
        wakes.set()

    before = {number: signal.signal(number, ends) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with ExitStack() as stack:
            watch, pauses = _opened(args, Policy.read(run_folder()), stack, wakes)
            while not ended.is_set():
                wakes.clear()
                pauses(watch.step())
            return _status(watch)
    except (_BadInputError, PolicyError, NobodyError, UnnamedShopError, CredentialsError, ForeignHostError, FarClockError) as wrong:
        return _says(wrong, _USAGE)
    except (StateError, LedgerError) as wrong:
        return _says(wrong, _FAULT)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _opened(args: Namespace, policy: Policy, stack: ExitStack, wakes: Event) -> tuple[Watch, Callable[[Instant], object]]:
    """Open everything, say where it is, and give the watch and what waits until an instant."""
    from gladi.attempts.account import Account  # noqa: PLC0415 - heavy, and needed by this command alone
    from gladi.attempts.watching import telling  # noqa: PLC0415
    from gladi.attempts.watching.inbox import Inbox  # noqa: PLC0415
    from gladi.attempts.watching.recording import Watched  # noqa: PLC0415
    from gladi.attempts.watching.state import State  # noqa: PLC0415
    from gladi.attempts.watching.watch import Watch  # noqa: PLC0415
    from gladi.cli.watched import attempt_of, shop_of  # noqa: PLC0415
    from gladi.faces.far_clock import FarClock  # noqa: PLC0415
    from gladi.faces.letterbox import Letterbox  # noqa: PLC0415
    from gladi.faces.listener import Listener  # noqa: PLC0415
    from gladi.faces.postman import Postman  # noqa: PLC0415
    from gladi.platforms.credentials import Credentials  # noqa: PLC0415
    from gladi.platforms.live import Live, wall  # noqa: PLC0415

    _checked(args)
    credentials = Credentials.read(os.environ, outside=policy.root)
    now = FarClock(credentials.control) if credentials.control else wall
    ledger = _ledger(policy, args.shop, stack)
    shop = shop_of(policy, ledger, args.shop)
    attempt = attempt_of(ledger, shop) if ledger is not None else None
    live = stack.enter_context(Live(credentials.base_urls, now=now))
    state = stack.enter_context(State(args.state or policy.root / STATE, shop=str(shop.tokopedia_shop_id), now=now()))
    watch = Watch(
        state,
        shop=str(shop.tokopedia_shop_id),
        target=live.once,  # it repeats nothing, so that nothing is asked faster than every five minutes
        account=Account(
            fs_id=credentials.fs_id,
            client_id=credentials.client_id,
            client_secret=credentials.client_secret,
            webhook_secret=credentials.webhook_secret,
            app_key=credentials.app_key,
            app_secret=credentials.app_secret,
            refresh_tokens=(),
        ),
        system=args.system_url,
        delivers=lambda outgoing: Postman(anywhere=True).deliver(outgoing).status,
        now=now,
        says=_prints,
        watched=Watched(ledger, attempt.ordinal, writes=not args.no_record) if ledger is not None and attempt is not None else None,
    )
    inbox = Inbox(state, secret=credentials.webhook_secret, now=now, arrives=wakes.set, says=_prints)
    listener = Listener(Letterbox(inbox.takes, path=args.path), host=args.host, ports=(args.port,))
    try:
        stack.enter_context(listener)
    except OSError as error:
        other = "--port (0 takes a free one)" if error.errno == errno.EADDRINUSE else "--host or --port"
        msg = f"cannot listen on {args.host} port {args.port}: {error.strerror or error}; give another with {other}"
        raise _BadInputError(msg) from None
    _prints(f"watching {shop.name} ({shop.tokopedia_shop_id}); webhooks at http://{_name(args.host)}:{listener.ports[0]}{args.path}")
    stack.callback(lambda: _prints(telling.summary(now(), state.began, watch.stage, state.counts())))
    _prints(telling.summary(now(), state.began, watch.stage, state.counts()))

    def pauses(until: Instant) -> None:
        longest = _GLANCE if credentials.control else _LONGEST_WAIT
        wakes.wait(min(longest.total_seconds(), max(0.0, (until - now()) / 1000)))

    return watch, pauses


def _ledger(policy: Policy, asked: str | None, stack: ExitStack) -> Ledger | None:
    """Open the ledger; where nobody's attempts are counted, a shop that was named can be watched all the same."""
    from gladi.cli.counted import counted  # noqa: PLC0415 - `gladi --help` does without

    if policy.developer is None and asked is not None:
        return None
    return stack.enter_context(counted(policy))


def _checked(args: Namespace) -> None:
    if args.port > _LAST_PORT:
        raise _BadInputError(f"--port {args.port} is no port; write a number from 0 to {_LAST_PORT}")
    if args.path and not args.path.startswith("/"):
        raise _BadInputError(f"--path {args.path} does not begin with a slash; write one such as /webhooks/merge")
    try:
        url = urlsplit(args.system_url)
        fit = url.scheme in ("http", "https") and url.hostname and url.port != 0 and not url.fragment
    except ValueError:
        fit = False
    if not fit:
        raise _BadInputError("--system-url is no http or https URL; write one such as http://127.0.0.1:8000/webhooks/merge")


def _status(watch: Watch) -> int:
    sight = watch.sight
    if sight.agree is False:
        return _DISAGREE
    return _YES if sight.shows and sight.agree else _INCOMPLETE


def _name(host: str) -> str:
    return f"[{host}]" if ":" in host else host


_TURNS = Lock()


def _prints(line: str) -> None:
    """Print a line whole; the inbox has a thread of its own."""
    with _TURNS:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _says(wrong: Exception, status: int) -> int:
    sys.stderr.write(f"gladi watch: {wrong}\n")
    return status
