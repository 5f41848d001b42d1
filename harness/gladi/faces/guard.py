"""The guard on name resolution: a call to a platform that no face answers must fail loudly, never reach the real platform.

While it is entered, whoever resolves one of the platforms' hosts through Python's `socket` module (requests, urllib3,
urllib, http.client, aiohttp, asyncio, a custom httpx transport) is refused with one sentence, and the host is kept in
`hits`, so that the run fails even where the system swallowed the error.

Proxies from the environment resolve the platform's name on their own side, out of our sight; so the hosts are put on
`NO_PROXY` meanwhile. Where the operating system holds proxy settings (Windows, macOS), Python sets those aside as soon as
the environment says anything about proxies.

Not seen: resolvers outside `socket` (uvloop's own, c-ares as in aiodns and gRPC), proxies that a client is given by
hand, raw addresses, and other processes.
"""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Any, Self

from gladi.faces.door import HOSTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

__all__ = ["Guard", "sentence"]

_RESOLVERS: tuple[tuple[Any, str], ...] = (
    (socket, "getaddrinfo"),
    (socket, "gethostbyname"),
    (socket, "gethostbyname_ex"),
    (socket.socket, "connect"),
    (socket.socket, "connect_ex"),
)
"""Where a name can be given to be resolved; a connect resolves within C when it is given a name."""
_NO_PROXY = ("no_proxy", "NO_PROXY")


def sentence(host: str) -> str:
    """Say what is wrong and what to do."""
    return (
        f"{host} was called by a client that Gladi does not intercept; point that client at the served face: "
        "pytest --rehearse --rehearse-face served, and take the base URLs from the Venue"
    )


def _platform_host(name: object) -> str | None:
    """Give the platform's host that a resolver was asked for, however it was written."""
    if isinstance(name, (bytes, bytearray)):
        name = bytes(name).decode("ascii", "replace")
    if not isinstance(name, str):
        return None
    plain = name.lower().removesuffix(".")
    return plain if plain in HOSTS else None


class Guard:
    """Refuses to resolve the platforms' hosts while it is entered. `hits` names the host of every refused call, in order."""

    def __init__(self, *, lets_pass: Callable[[], bool] = lambda: False) -> None:
        """Begin with no hits; a call during which `lets_pass` holds is one of ours, and is not refused."""
        self.hits: list[str] = []
        self._lets_pass = lets_pass
        self._undo: list[Callable[[], None]] = []

    def __enter__(self) -> Self:
        for owner, name in _RESOLVERS:
            self._replace(owner, name)
        listed = [os.environ.get(name) for name in _NO_PROXY]
        for name, own in zip(_NO_PROXY, listed, strict=True):
            self._bypass(name, own if own is not None else next((other for other in listed if other), ""))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        while self._undo:
            self._undo.pop()()

    def _replace(self, owner: Any, name: str) -> None:  # noqa: ANN401 - a module or a class
        local = name in vars(owner)
        original = getattr(owner, name)
        setattr(owner, name, self._guarded(original, method=isinstance(owner, type)))
        self._undo.append((lambda: setattr(owner, name, original)) if local else (lambda: delattr(owner, name)))

    def _guarded(self, original: Callable[..., Any], *, method: bool) -> Callable[..., Any]:
        def resolve(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - the resolver's own
            asked = args[0] if args else named.get("host")
            if method:
                address = args[1] if len(args) > 1 else None
                asked = address[0] if isinstance(address, tuple) and address else None
            host = _platform_host(asked)
            if host is not None and not self._lets_pass():
                self.hits.append(host)
                raise socket.gaierror(socket.EAI_NONAME, sentence(host))
            return original(*args, **named)

        return resolve

    def _bypass(self, name: str, listed: str) -> None:
        before = os.environ.get(name)

        def undo() -> None:
            if before is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = before

        self._undo.append(undo)
        if listed.strip() != "*":
            os.environ[name] = ",".join([part for part in (listed.strip(" ,"), *sorted(HOSTS)) if part])
