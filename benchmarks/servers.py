"""Servers under load: how one is started, what it cost, and how it is left."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Cost", "Server", "gladi_or_echo", "open_port", "wiremock"]

_ROOT = Path(__file__).parent.parent
_PATIENCE = 60.0
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True, slots=True)
class Cost:
    """What a server has cost since it began: seconds of CPU, and its largest size in MB; `more` is what else it said."""

    cpu: float
    peak_mb: float
    more: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it is, what it said of itself, the seconds until its first 200, and how to ask what it cost."""

    url: str
    about: dict[str, Any]
    first_200: float
    cost: Callable[[], Cost]


def _on_first_core() -> None:
    """Keep a server on one core, and leave the other to the load; where that cannot be said, it is not."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


@contextmanager
def _process(command: Sequence[str], **named: Any) -> Iterator[subprocess.Popen[str]]:  # noqa: ANN401 - Popen's own
    process = subprocess.Popen(  # noqa: S603 - our own commands
        command,
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        text=True,
        preexec_fn=_on_first_core,  # noqa: PLW1509 - there is no other thread here
        **named,
    )
    try:
        yield process
    finally:
        if process.stdin is not None:
            with suppress(BrokenPipeError):
                process.stdin.close()
        if "stdout" not in named or named["stdout"] is subprocess.DEVNULL:
            process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _until_200(url: str, target: str, begins: float) -> float:
    place = urlsplit(url)
    while time.monotonic() - begins < _PATIENCE:
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=5)
        try:
            connection.request("GET", target)
            if connection.getresponse().status == http.client.OK:
                return time.monotonic() - begins
        except OSError:
            time.sleep(0.005)
        finally:
            connection.close()
    msg = f"{url}{target} never answered 200"
    raise TimeoutError(msg)


@contextmanager
def gladi_or_echo(what: str, packages: int = 0, *, target: str = "/") -> Iterator[Server]:
    """Start `benchmarks.stand`; `target` is what is asked for the first 200."""
    begins = time.monotonic()
    with _process([sys.executable, "-m", "benchmarks.stand", what, str(packages)], stdout=subprocess.PIPE) as process:
        said, asked = process.stdout, process.stdin
        assert said is not None
        assert asked is not None
        about = json.loads(said.readline())
        first = _until_200(about["url"], target, begins)

        def cost() -> Cost:
            asked.write("\n")
            asked.flush()
            told = json.loads(said.readline())
            return Cost(told.pop("cpu"), told.pop("peak_mb"), told)

        yield Server(about["url"], about, first, cost)


def open_port() -> int:
    """Find a port that is free now."""
    import socket  # noqa: PLC0415 - for this alone

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def wiremock(archive: Path, stubs: Sequence[dict[str, Any]]) -> Iterator[Server]:
    """Start WireMock as it comes, with its request journal, and give it `stubs`."""
    port = open_port()
    command = ["java", "-jar", str(archive), "--port", str(port), "--bind-address", "127.0.0.1", "--global-response-templating"]
    begins = time.monotonic()
    with _process([*command, "--disable-banner"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        first = _until_200(url, "/__admin/health", begins)
        for stub in stubs:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("POST", "/__admin/mappings", json.dumps(stub), {"content-type": "application/json"})
            assert connection.getresponse().status == http.client.CREATED
            connection.close()
        yield Server(url, {}, first, lambda: _cost_by_proc(process.pid))


def _cost_by_proc(pid: int) -> Cost:
    """Read what a process has cost from /proc, which Linux has."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    return Cost((int(fields[11]) + int(fields[12])) / _TICK, int(status["VmHWM"].split()[0]) / 1024, {})
