"""Load on a server: `wrk` for speed, and sixteen careful connections that read every answer for what is illegal."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.caller import Ask

__all__ = ["CONNECTIONS", "Heard", "Shipping", "press", "wire"]

CONNECTIONS = 16
_SCRIPT = """
local requests, at = {}, 0
function init(args)
%s
end
function request()
  at = at %% #requests + 1
  return requests[at]
end
function done(summary, latency, other)
  local errors = summary.errors
  io.write(string.format("\\nGLADI %%d %%d %%d\\n", summary.requests, summary.duration,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a load heard: answers, the seconds it took, and how many were no success."""

    answers: int
    seconds: float
    wrong: int


def wire(url: str, ask: Ask) -> bytes:
    """Give a request as it goes over HTTP/1.1."""
    headers = {"host": urlsplit(url).netloc, **ask.headers, "content-length": str(len(ask.body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{ask.method} {ask.target} HTTP/1.1\r\n{lines}\r\n".encode() + ask.body


def press(url: str, asks: Sequence[Ask], *, seconds: int, connections: int = CONNECTIONS) -> Heard:
    """Ask in turn, as fast as sixteen connections (or as many as are given) can: by wrk, or by asyncio where there is none."""
    program = shutil.which("wrk")
    if program is None:
        return asyncio.run(_press_ourselves(url, [wire(url, ask) for ask in asks], seconds, connections))
    adds = "\n".join(f"  requests[{number}] = {_lua(wire(url, ask))}" for number, ask in enumerate(asks, 1))
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "load.lua"
        script.write_text(_SCRIPT % adds)
        command = [program, "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), url]
        done = subprocess.run(command, capture_output=True, text=True, check=True, preexec_fn=_on_last_core)  # noqa: S603 - found above
    line = next(line for line in done.stdout.splitlines() if line.startswith("GLADI "))
    answers, microseconds, wrong = (int(word) for word in line.split()[1:])
    return Heard(answers, microseconds / 1e6, wrong)


def _on_last_core() -> None:
    """Stay away from the core of the servers."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _lua(raw: bytes) -> str:
    return '"' + "".join(f"\\{byte:03d}" for byte in raw) + '"'


async def _press_ourselves(url: str, asks: Sequence[bytes], seconds: int, connections: int) -> Heard:
    loop = asyncio.get_running_loop()
    begins = loop.time()
    heard = Counter[int]()

    async def one(number: int) -> None:
        connection = await Connection.opens(url)
        while loop.time() - begins < seconds:
            number = (number + 1) % len(asks)
            status, _ = await connection.asks(asks[number])
            heard[status] += 1
        await connection.closes()

    await asyncio.gather(*(one(number) for number in range(connections)))
    return Heard(heard.total(), loop.time() - begins, heard.total() - heard[200])


class Connection:
    """One kept-alive connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take both ends."""
        self._reader = reader
        self._writer = writer

    @classmethod
    async def opens(cls, url: str) -> Connection:
        """Connect."""
        place = urlsplit(url)
        return cls(*await asyncio.open_connection(place.hostname, place.port))

    async def asks(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and give status and body of its answer."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        return status, await self._reader.readexactly(length)

    async def closes(self) -> None:
        """Hang up."""
        self._writer.close()
        await self._writer.wait_closed()


@dataclass(slots=True)
class Shipping:
    """Sixteen connections ship the same packages at once, and each looks at every package right after its own attempt.

    Legal is: one success a package and *already shipped* for all others; and whoever looks after an answer to his own
    attempt sees that the package is on its way. Everything else is illegal.
    """

    ships: Sequence[Ask]
    looks: Sequence[Ask]
    refusal: int
    """The platform's code for a package that has been shipped."""
    shipped: str
    """Its word for such a package."""
    answers: int = 0
    illegal: list[str] = field(default_factory=list)

    def run(self, url: str) -> None:
        """Do it, once."""
        asyncio.run(self._run(url))

    async def _run(self, url: str) -> None:
        successes = Counter[int]()
        requests = [(wire(url, ship), wire(url, look)) for ship, look in zip(self.ships, self.looks, strict=True)]

        async def one() -> None:
            connection = await Connection.opens(url)
            for number, (ship, look) in enumerate(requests):
                status, body = await connection.asks(ship)
                successes[number] += self._judges_attempt(status, body)
                self._judges_look(*await connection.asks(look))
            await connection.closes()

        await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
        self.answers += 2 * CONNECTIONS * len(requests)
        self.illegal += [f"package {number} was shipped {count} times" for number, count in self._wrong(successes)]

    def _wrong(self, successes: Counter[int]) -> Iterator[tuple[int, int]]:
        return ((number, successes[number]) for number in range(len(self.ships)) if successes[number] != 1)

    def _judges_attempt(self, status: int, body: bytes) -> bool:
        code = _json(body).get("code")
        if code not in (0, self.refusal):
            self.illegal.append(f"ship: {status} {body[:200]!r}")
        return code == 0

    def _judges_look(self, status: int, body: bytes) -> None:
        data = _json(body).get("data") or {}
        if data.get("package_status") != self.shipped:
            self.illegal.append(f"look: {status} {body[:200]!r}")


def _json(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
