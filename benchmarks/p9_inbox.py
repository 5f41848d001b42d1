"""P9, its second half: `gladi watch` keeps each webhook on the disk before it answers 200, next to a server that only verifies.

Wall time, not CPU: what is measured is waiting for the disk. Sixty-four connections post the same signed merge webhook, for
what comes together is kept together; both servers take turns within each round, each a process of its own, and the state lies
on the disk of this folder.
"""

from __future__ import annotations

import hmac
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.caller import Ask
from benchmarks.load import press
from benchmarks.paired import spread
from benchmarks.target import Options, Result, Row
from gladi.attempts.watching.arrival import Signed, signed
from gladi.attempts.watching.inbox import Inbox
from gladi.attempts.watching.state import State
from gladi.faces.letterbox import Letterbox
from gladi.faces.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from gladi.record.wire import Delivery

__all__ = ["measure"]

_ROOT = Path(__file__).parent.parent
_RESULTS = Path(__file__).parent / "results"
_CONNECTIONS = 64
_SECRET = "a webhook_secret"  # noqa: S105 - of nobody
_BODY = b'{"status":"merge","tts_seller_id":"7494049642642441621","toko_shop_id":"654321","timestamp":1697678931}'


def measure(options: Options) -> Result:
    """Press both servers in turn."""
    _RESULTS.mkdir(exist_ok=True)
    signature = hmac.digest(_SECRET.encode(), _BODY, "sha256").hex()
    ask = Ask("POST", "/merge", headers={"content-type": "application/json", "authorization-hmac": signature}, body=_BODY)
    paces: dict[str, list[float]] = {"inbox": [], "verifies": []}
    for number in range((3 if options.quick else 9) + 1):
        for what in paces if number % 2 else reversed(paces):
            pace = _pressed(what, ask, seconds=2 if options.quick else 4)
            if number:  # the first round warms everything up
                paces[what].append(pace)
    ratio = spread([one / other for one, other in zip(paces["inbox"], paces["verifies"], strict=True)])
    rows = (
        Row(
            f"deliveries a second, kept before 200, next to verified alone, {_CONNECTIONS} connections",
            ratio.median,
            "x",
            0.65,
            "at least",
            note=f"quartiles {ratio.low:.2f}, {ratio.high:.2f}",
        ),
        Row("deliveries kept a second, on this machine", median(paces["inbox"]), "/s"),
        Row("deliveries verified a second, on this machine", median(paces["verifies"]), "/s"),
    )
    return Result("P9-INBOX", "a webhook kept before it is answered", rows, dict(paces))


def _pressed(what: str, ask: Ask, *, seconds: int) -> float:
    with tempfile.TemporaryDirectory(dir=_RESULTS) as folder, _server(what, folder) as url:
        heard = press(url, [ask], seconds=seconds, connections=_CONNECTIONS)
        assert not heard.wrong
        if what == "inbox":
            _saw(Path(folder), heard.answers)
    return heard.answers / heard.seconds


def _saw(folder: Path, answers: int) -> None:
    """See that the server kept at least what it confirmed, while it still runs: a copy of file and log is what a kill would leave."""
    copy = folder / "copy"
    copy.mkdir()
    for name in ("watch.sqlite", "watch.sqlite-wal"):
        (copy / name).write_bytes((folder / name).read_bytes())
    with State(copy / "watch.sqlite", shop="654321", now=0) as state:
        assert state.counts().deliveries >= answers


@contextmanager
def _server(what: str, folder: str) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.p9_inbox", what, folder]
    with subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        assert process.stdout is not None
        assert process.stdin is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


def _serves(takes: Callable[[Delivery], Awaitable[int]]) -> None:
    with Listener(Letterbox(takes)) as listener:
        print(f"http://127.0.0.1:{listener.ports[0]}", flush=True)
        sys.stdin.read()


async def _verifies(delivery: Delivery) -> int:
    return 200 if signed(_SECRET, delivery.headers, delivery.body) is Signed.RIGHTLY else 401


def _main(what: str, folder: str) -> None:
    if what == "verifies":
        _serves(_verifies)
        return
    with State(Path(folder) / "watch.sqlite", shop="654321", now=0) as state:
        now = lambda: round(time.time() * 1000)  # noqa: E731 - as the live target's wall clock
        _serves(Inbox(state, secret=_SECRET, now=now, arrives=lambda: None, says=print).takes)


if __name__ == "__main__":
    _main(*sys.argv[1:])
