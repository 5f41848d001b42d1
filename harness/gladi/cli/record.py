"""`gladi record`: keeps what any system exchanges with the platforms, or what another tool kept of it, with nothing private in it."""

from __future__ import annotations

import errno
import re
import signal
import sys
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from threading import Event
from time import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import argparse

    from gladi.platforms.recording.har import Exchanged
    from gladi.platforms.recording.part import Folded, Part
    from gladi.platforms.recording.sidecar import Sidecar
    from gladi.record.wire import Request, Response

__all__ = ["add", "run"]

PORT = 8490
_USAGE = 2
_NOTHING = 11
_FAULT = 12
_PLATFORMS = "platforms"
_THIS_MACHINE = frozenset(("127.0.0.1", "localhost", "::1", "0.0.0.0"))  # noqa: S104 - compared, never listened on
_NAME = re.compile(r"[A-Za-z0-9][\w.\-\[\]]{0,100}")


class _BadInputError(Exception):
    """What was asked cannot be done; the text is one sentence."""


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = subparsers.add_parser(
        "record",
        help="record what a system exchanges with the platforms, with nothing private in it",
        description="Stand between a system and the platforms, pass every request on as it came, and keep what was exchanged. Ctrl-C ends "
        "it. Or make a recording of what a browser, mitmproxy or VCR kept.",
        epilog="What is taken out before anything is written stands in docs/recordings.md. Webhooks go past: the platforms send them to "
        "the address that the system registered.",
    )
    parser.add_argument("--to", metavar="DIR", required=True, help="the folder of the recording")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--upstream",
        metavar="URL",
        action="append",
        help=f"who answers: {_PLATFORMS} for the platforms themselves, the URL of `gladi serve`, or HOST=URL, several times",
    )
    what.add_argument("--import", dest="file", metavar="FILE", help="a HAR of a browser or mitmproxy, or a cassette of VCR")
    parser.add_argument("--name", default=None, help="name of the recording (default: the time, or the name of FILE)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s, this machine alone)")
    parser.add_argument("--port", type=int, default=PORT, help="port to listen on (default: %(default)s; 0 takes a free one)")
    parser.add_argument("--ports", choices=("one", "each"), default="one", help="one port for all four hosts, or four from --port on")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Record until Ctrl-C or SIGTERM, or import; 0 then, 11 when nobody answered anything, 2 when what was asked cannot be done."""
    from gladi.platforms.recording.recording import RecordingError  # noqa: PLC0415 - needed by this command alone

    try:
        folder = _folder(args.to, args.name)
        return _imports(args, folder) if args.file is not None else _stands_between(args, folder)
    except (_BadInputError, RecordingError) as error:
        sys.stderr.write(f"gladi record: {error}\n")
        return _USAGE


def _folder(named: str, name: str | None) -> Path:
    if name is not None and not _NAME.fullmatch(name):
        raise _BadInputError(f"--name {name!r} is no name of a file; write letters, digits, dots, dashes")
    folder = Path(named)
    if folder.exists() and not folder.is_dir():
        raise _BadInputError(f"--to {named} is a file; name a folder")
    return folder


def _about(target: str, recorded_at: datetime) -> Sidecar:
    import secrets  # noqa: PLC0415
    from importlib.metadata import version  # noqa: PLC0415

    from gladi.platforms.recording.sidecar import Sidecar  # noqa: PLC0415

    at = recorded_at.replace(microsecond=0).isoformat()
    return Sidecar(gladi=version("gladi"), target=target, recorded_at=at, salt=secrets.token_hex(16))


# -- a file of others ------------------------------------------------------------------------------------------------------


def _imports(args: argparse.Namespace, folder: Path) -> int:
    from gladi.platforms.recording.importing import imported  # noqa: PLC0415
    from gladi.platforms.recording.recorder import recorded, secrets_in  # noqa: PLC0415
    from gladi.platforms.recording.recording import HAR, lying  # noqa: PLC0415
    from gladi.record.clock import moment  # noqa: PLC0415

    file = Path(args.file)
    found = imported(file)
    left_out = f"; {found.left_out} with other hosts left out" if found.left_out else ""
    if not found.exchanges:
        sys.stderr.write(f"gladi record: {file.name} holds no exchange with the platforms{left_out}\n")
        return _NOTHING
    path = folder / f"{args.name or file.name.partition('.')[0]}{HAR}"
    if path.resolve() == file.resolve():
        raise _BadInputError(f"the recording would replace {file.name} itself; give another folder with --to, or another --name")
    if (there := lying(path)).exists():
        raise _BadInputError(f"{there.name} is in {folder} already, and is not replaced; give the recording another name with --name")
    about = _about("live", moment(found.exchanges[0].request.at))
    recording = recorded(about, found.exchanges)
    recording.write(path, secrets=secrets_in(found.exchanges))
    redacted = sum(recording.sidecar.redaction.values())
    sys.stdout.write(f"recorded {_exchanges(len(found.exchanges))} in {path}, {redacted} private values taken out{left_out}\n")
    sys.stdout.write(f"{_next(path)}\n")
    return 0


def _exchanges(number: int) -> str:
    return f"{number} exchange" if number == 1 else f"{number} exchanges"


def _next(path: Path) -> str:
    return f"next: gladi parity {quote(str(path))} says where the sandbox answers otherwise"


# -- between a system and the platforms --------------------------------------------------------------------------------------


def _stands_between(args: argparse.Namespace, folder: Path) -> int:
    from gladi.platforms.recording.part import PART, Part, fold, left_behind  # noqa: PLC0415 - as in `run`

    urls, target = _upstream(args.upstream)
    last = 65535 - 3 * (args.ports == "each")
    if not 0 <= args.port <= last:
        raise _BadInputError(f"--port {args.port} is no port; write a number from 0 to {last}")
    if own := [url for url in urls.values() if _is_own(url, args)]:
        raise _BadInputError(f"--upstream {own[0]} is where this listens itself; name who answers, or listen elsewhere with --port")
    for one in left_behind(folder):
        sys.stdout.write(f"an earlier recording ended abruptly: {_told(fold(one))}\n")
    began = datetime.now(UTC)
    name = args.name or f"recording-{began:%Y%m%dT%H%M%SZ}"
    ended = Event()
    before = {number: signal.signal(number, lambda *_: ended.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    part = Part(folder / f"{name}{PART}", _about(target, began))
    faults: list[Exception] = []
    try:
        with ExitStack() as stack:
            faults = _opened(args, stack, urls, part)
            ended.wait()
    finally:
        folded = part.folds()
        for number, handler in before.items():
            signal.signal(number, handler)
    sys.stdout.write(f"{_told(folded)}\n")
    if part.withheld:
        sys.stderr.write(f"gladi record: {_exchanges(part.withheld)} not kept, because a secret would have stood in the recording\n")
    if faults:
        sys.stderr.write(f"gladi record: {_exchanges(len(faults))} failed here ({type(faults[0]).__name__}); this is a fault of Gladi\n")
    if part.withheld or faults:
        return _FAULT
    if folded.unanswered:
        silent = f"nobody answered {folded.unanswered} of {_exchanges(folded.exchanges)}"
        sys.stderr.write(f"gladi record: {silent}; see whether --upstream names who listens\n")
    elif folded.path is not None:
        sys.stdout.write(f"{_next(folded.path)}\n")
    return 0 if folded.exchanges > folded.unanswered else _NOTHING


def _opened(args: argparse.Namespace, stack: ExitStack, urls: dict[str, str], part: Part) -> list[Exception]:
    """Start listening, say where, and give the list in which faults will be."""
    from gladi.faces.forward import Forward  # noqa: PLC0415 - heavy, and needed by this command alone
    from gladi.faces.server import Served  # noqa: PLC0415

    forward = stack.enter_context(Forward(urls))

    def answers(request: Request) -> Response:
        response = forward(request)
        _tells(part.exchanges + 1, part.adds(request, response))
        return response

    served = Served(answers, now=lambda: int(time() * 1000), host=args.host, port=args.port, ports=args.ports)
    try:
        stack.enter_context(served)
        stack.callback(forward.gives_up)  # the first to be called at the end: the server waits for what it is answering
    except OSError as error:
        other = "--port (0 takes a free one)" if error.errno == errno.EADDRINUSE else "--host or --port"
        raise _BadInputError(
            f"cannot listen on {args.host} port {args.port}: {error.strerror or error}; give another with {other}"
        ) from None
    width = max(map(len, served.urls))
    lines = [f"    {host:<{width}}  {url}" for host, url in served.urls.items()]
    sys.stdout.write("\n".join(["Gladi records; let the system ask here, and end with Ctrl-C:", "", *lines, "", f"into {part.path}", ""]))
    sys.stdout.flush()
    return served.faults


def _tells(number: int, kept: Exchanged | None) -> None:
    """Say in a line what was asked and answered, as it stands in the recording."""
    if kept is None:
        said = "not kept"
    else:
        asked, answered = kept
        said = f"{asked.method} {asked.host}{asked.path} {answered.status if answered.lost is None else 'nobody answered'}"
    with suppress(OSError):  # a terminal that is gone takes nobody's answer away
        sys.stdout.write(f"{number:>5}  {said}\n")
        sys.stdout.flush()


def _is_own(url: str, args: argparse.Namespace) -> bool:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    here = {args.host, *(_THIS_MACHINE if args.host in _THIS_MACHINE else ())}
    return parts.hostname in here and bool(args.port) and args.port <= port <= args.port + 3 * (args.ports == "each")


def _upstream(given: list[str]) -> tuple[dict[str, str], str]:
    """Give where each host is, and what is recorded there."""
    from gladi.faces.forward import PLATFORMS  # noqa: PLC0415 - as above

    if given == [_PLATFORMS]:
        return PLATFORMS, "live"
    urls: dict[str, str] = {}
    for word in given:
        named, equals, rest = word.partition("=")
        hosts, url = ((named,), rest) if equals and ":" not in named else (tuple(PLATFORMS), word)
        if hosts[0] not in PLATFORMS:
            raise _BadInputError(f"--upstream {_shown(word)}: {named} is no host of the platforms; write one of {', '.join(PLATFORMS)}")
        urls |= dict.fromkeys(hosts, _base(url, word))
    if missing := [host for host in PLATFORMS if host not in urls]:
        raise _BadInputError(f"--upstream does not say who answers for {missing[0]}; write --upstream {missing[0]}=URL, too")
    return urls, "elsewhere"


def _base(url: str, word: str) -> str:
    wrong = _BadInputError(
        f"--upstream {_shown(word)} is no address; write {_PLATFORMS}, or a URL without a path such as http://127.0.0.1:8470"
    )
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        raise wrong from None
    if not known or parts.path not in ("", "/") or parts.query or parts.username is not None:
        raise wrong
    return url.rstrip("/")


def _shown(word: str) -> str:
    """Give a word as it was typed, without a password or a token that somebody wrote into it."""
    before, at, place = word.rpartition("@")
    scheme = f"{before.partition('://')[0]}://" if "://" in before else ""
    place, asks, _ = place.partition("?")
    return f"{f'{scheme}***@' if at else ''}{place}{'?***' if asks else ''}"


def _told(folded: Folded) -> str:
    lost = f"; {_exchanges(folded.cut_off)} cut off" if folded.cut_off else ""
    if folded.path is None:
        return f"nothing was exchanged, and nothing is kept{lost}"
    return f"recorded {_exchanges(folded.exchanges)} in {folded.path}{lost}"
