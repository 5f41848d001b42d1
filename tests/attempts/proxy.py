"""A door before a PostgreSQL server that loses a commit: on the way there, on the way back, or with the server itself."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NAME = ".s.PGSQL.5432"
_COMMIT = b"COMMIT\0"


class Proxy:
    """A socket in `sockets` that passes everything on to the server, until it is told to lose the next commit."""

    def __init__(self, sockets: Path, server: Path) -> None:
        """Listen in one folder and speak to the server in the other."""
        self._server = str(server / _NAME)
        self._loses: Callable[[Callable[[], object]], object] | None = None
        self._muted: set[socket.socket] = set()
        self.heard = threading.Event()
        """Set when the server answered a commit whose answer is lost."""
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(sockets / _NAME))
        self._listening.listen()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def loses_the_next_commit(self, how: Callable[[Callable[[], object]], object]) -> None:
        """Call `how` at the next COMMIT instead of passing it on, with what passes it on; then hang up on both."""
        self._loses = how

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *exc: object) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                try:
                    server.connect(self._server)
                except OSError:
                    _hang_up(client, server)
                    continue
                there = threading.Thread(target=self._there, args=(client, server), daemon=True)
                back = threading.Thread(target=self._back, args=(client, server), daemon=True)
                self._threads += [there, back]
                there.start()
                back.start()

    def _there(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while sent := client.recv(65536):
                if self._loses is not None and _COMMIT in sent:
                    how, self._loses = self._loses, None
                    self._muted.add(client)
                    how(partial(server.sendall, sent))
                    break
                server.sendall(sent)
        _hang_up(client, server)

    def _back(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while answered := server.recv(65536):
                if client in self._muted:
                    self.heard.set()
                    continue
                client.sendall(answered)
        if client not in self._muted:
            _hang_up(client, server)


def _hang_up(*sockets: socket.socket) -> None:
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
