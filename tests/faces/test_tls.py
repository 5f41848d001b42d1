"""The shared TLS context: given to the default call alone, as strict as httpx's own, and changed by nobody."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import httpx
import httpx2
import pytest

from gladi.faces.tls import SealedContext, SharedTls

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

LIBRARIES = pytest.mark.parametrize("library", [httpx, httpx2], ids=["httpx", "httpx2"])


def context_of(client: Any) -> ssl.SSLContext:
    context = client._transport._pool._ssl_context
    assert isinstance(context, ssl.SSLContext)
    return context


@LIBRARIES
def test_default_clients_share_one_context_that_verifies(library: ModuleType) -> None:
    with SharedTls():
        one, other, later = context_of(library.Client()), context_of(library.AsyncClient()), context_of(library.Client(timeout=3))

    assert one is other is later
    assert one.verify_mode is ssl.CERT_REQUIRED
    assert one.check_hostname
    assert one.get_ca_certs() == library.create_ssl_context().get_ca_certs()


@LIBRARIES
@pytest.mark.parametrize(
    "asked",
    [{"verify": False}, {"trust_env": False}, {"http2": True}, {"verify": ssl.create_default_context()}],
    ids=["verify=False", "trust_env=False", "http2", "own context"],
)
def test_whoever_asks_for_anything_else_is_not_given_the_shared_one(library: ModuleType, asked: dict[str, Any]) -> None:
    with SharedTls():
        default = context_of(library.Client())
        own = context_of(_client(library, asked))

    assert own is not default
    assert not isinstance(own, SealedContext)


def _client(library: ModuleType, asked: dict[str, Any]) -> object:
    """Build a client; h2 need not be installed for a transport alone."""
    if "http2" in asked:
        return library.Client(transport=library.HTTPTransport(**asked))
    return library.Client(**asked)


def test_switching_verification_off_for_one_client_leaves_the_others_alone() -> None:
    with SharedTls():
        off = context_of(httpx.Client(verify=False))  # noqa: S501 - the point
        default = context_of(httpx.Client())

    assert off.verify_mode is ssl.CERT_NONE
    assert default.verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize(
    "weakens",
    [
        lambda context: setattr(context, "check_hostname", False),
        lambda context: setattr(context, "verify_mode", ssl.CERT_NONE),
        lambda context: setattr(context, "minimum_version", ssl.TLSVersion.TLSv1),
        lambda context: context.load_verify_locations(cadata="x"),
        lambda context: context.load_cert_chain("x"),
        lambda context: context.set_ciphers("ALL"),
    ],
)
def test_the_shared_context_cannot_be_weakened(weakens: Callable[[ssl.SSLContext], None]) -> None:
    with SharedTls():
        context = context_of(httpx.Client())

        with pytest.raises(AttributeError, match="shared by every default httpx client of the rehearsal"):
            weakens(context)

    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)


def test_the_alpn_list_that_httpcore_sets_is_taken() -> None:
    with SharedTls():
        context_of(httpx.Client()).set_alpn_protocols(["http/1.1"])


def test_a_context_that_is_asked_for_by_name_is_the_caller_s_own() -> None:
    with SharedTls():
        context = httpx.create_ssl_context()

    context.check_hostname = False


def test_other_trust_in_the_environment_is_another_context(monkeypatch: pytest.MonkeyPatch) -> None:
    import certifi  # noqa: PLC0415 - comes with httpx

    with SharedTls():
        usual = context_of(httpx.Client())
        monkeypatch.setenv("SSL_CERT_FILE", certifi.where())
        other = context_of(httpx.Client())

    assert usual is not other


@LIBRARIES
def test_it_ends_with_the_rehearsal(library: ModuleType) -> None:
    before = library.HTTPTransport.__init__

    with pytest.raises(KeyError), SharedTls():
        raise KeyError

    assert library.HTTPTransport.__init__ is before
    assert not isinstance(context_of(library.Client()), SealedContext)
