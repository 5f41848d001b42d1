"""One TLS context for all default httpx clients of a rehearsal, because building one costs as much as two hundred calls.

1. It is given to the default call alone: `verify=True`, no `cert`, `trust_env=True`, no HTTP/2. Whoever asks for anything
   else gets what he asked for from httpx, and so does whoever calls `create_ssl_context`.
2. It verifies exactly as httpx's own would: httpx built it.
3. It is sealed. A context in the hands of two clients must not be weakened by one of them, so every change but the ALPN
   list, which httpcore sets to the same value before each handshake, is refused.
"""

from __future__ import annotations

import os
import ssl
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, NoReturn, Self

from gladi.faces.libraries import libraries

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType, TracebackType

__all__ = ["SealedContext", "SharedTls"]

_SEAL = "this TLS context is shared by every default httpx client of the rehearsal; build your own and pass it as verify="


class SealedContext(ssl.SSLContext):
    """A TLS context that can be used and read, and no longer changed."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(_SEAL)

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise AttributeError(_SEAL)

    load_cert_chain = load_verify_locations = load_default_certs = set_default_verify_paths = _refuse
    set_ciphers = set_npn_protocols = set_servername_callback = load_dh_params = set_ecdh_curve = _refuse


@lru_cache(maxsize=8)
def _shared(library: ModuleType, *_environment: str | None) -> ssl.SSLContext | None:
    """Build the context of a library and seal it; None where the platform brings a class of its own (truststore does)."""
    context: ssl.SSLContext = library.create_ssl_context()
    if type(context).__module__ != "ssl":
        return None
    context.__class__ = SealedContext
    return context


def _context(library: ModuleType) -> ssl.SSLContext | None:
    """Give the shared context for the trust that the environment names now."""
    return _shared(library, os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"), os.environ.get("SSLKEYLOGFILE"))


def _sharing(library: ModuleType, build: Callable[..., None]) -> Callable[..., None]:
    @wraps(build)
    def __init__(  # noqa: N807 - it is one
        transport: object,
        verify: Any = True,  # noqa: ANN401, FBT002 - httpx's own signature
        cert: Any = None,  # noqa: ANN401
        trust_env: Any = True,  # noqa: ANN401, FBT002
        *more: object,
        **named: object,
    ) -> None:
        http2 = more[1] if len(more) > 1 else named.get("http2", False)
        if verify is True and cert is None and trust_env is True and not http2:
            verify = _context(library) or verify
        build(transport, verify, cert, trust_env, *more, **named)

    return __init__


class SharedTls:
    """While it is entered, default clients of httpx and httpx2 share one sealed TLS context each."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._undo: list[tuple[type, Callable[..., None]]] = []

    def __enter__(self) -> Self:
        for library in libraries():
            for transport in (library.HTTPTransport, library.AsyncHTTPTransport):
                self._undo.append((transport, transport.__init__))
                transport.__init__ = _sharing(library, transport.__init__)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        while self._undo:
            transport, build = self._undo.pop()
            transport.__init__ = build  # type: ignore[misc]  # put back what was there
