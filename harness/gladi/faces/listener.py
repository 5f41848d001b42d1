"""An ASGI app on uvicorn, in a thread with a loop of its own, on ports that are bound before the thread starts.

1. Ports are bound here, so that a port in use is an error where the caller can read it. Each socket is made for TCP by
   name: only then does asyncio switch Nagle's algorithm off, which otherwise costs 40 ms a call.
2. No logger of the process is changed: the system under rehearsal may run uvicorn too. Access is not logged, because URLs
   hold tokens and signatures.
3. An app may hang up: uvicorn has no message for it, so each request's `state` holds what closes its connection.
"""

from __future__ import annotations

import asyncio
import socket
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Self

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

__all__ = ["HANGS_UP", "Listener"]

HANGS_UP = "hangs up"
"""In the `state` of a request's scope: closes the connection, without an answer if none was sent."""


class _QuietProtocol(AutoHTTPProtocol):  # type: ignore[valid-type, misc]  # chosen by uvicorn as it is imported
    def __init__(self, *args: Any, **named: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*args, **named)
        self.access_log = False

    app_state: dict[str, Any]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.app_state = {**self.app_state, HANGS_UP: transport.close}
        super().connection_made(transport)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, up: Event) -> None:
        super().__init__(config)
        self._up = up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._up.set()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError:
        listening.close()
        raise
    return listening


class Listener:
    """Serves an ASGI app while it is entered. `ports` holds the real ports, in the order asked for."""

    def __init__(self, app: Any, *, host: str = "127.0.0.1", ports: Sequence[int] = (0,)) -> None:  # noqa: ANN401 - ASGI
        """Serve `app` on each of `ports` of `host`; 0 takes a free one."""
        self.host = host
        self.ports: tuple[int, ...] = tuple(ports)
        self._app = app
        self._server: _Server | None = None
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        """Bind, start, and return once requests are answered.

        Raises:
            OSError: a port is in use, or the host is not one of this machine.
        """
        sockets: list[socket.socket] = []
        try:
            for port in self.ports:
                sockets.append(_bound(self.host, port))  # noqa: PERF401 - those bound so far are closed when one is in use
        except OSError:
            for one in sockets:
                one.close()
            raise
        self.ports = tuple(one.getsockname()[1] for one in sockets)
        config = uvicorn.Config(
            self._app,
            http=_QuietProtocol,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            proxy_headers=False,
            server_header=False,
            headers=[("server", "gladi")],
            timeout_graceful_shutdown=2,
        )
        up = Event()
        self._server = _Server(config, up)
        self._thread = Thread(target=self._run, args=(self._server, sockets, up), name="gladi served face", daemon=True)
        self._thread.start()
        up.wait()
        if not self._server.started:
            msg = f"no server started on {self.host}, ports {', '.join(str(port) for port in self.ports)}"
            raise OSError(msg)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()

    @staticmethod
    def _run(server: _Server, sockets: list[socket.socket], up: Event) -> None:
        try:
            asyncio.run(server.serve(sockets=sockets))
        finally:
            up.set()
            for one in sockets:
                one.close()
