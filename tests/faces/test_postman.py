"""The postman: webhooks go out as they were signed, and not off this machine."""

from __future__ import annotations

import pytest

from gladi.faces.postman import Posted, Postman, is_here
from gladi.faces.server import Served
from gladi.record.wire import Delivery, Outgoing
from tests.faces.echo import Echo, now


def webhook(url: str) -> Outgoing:
    delivery = Delivery(
        "POST", "/hooks/merge", {"content-type": "application/json", "authorization-hmac": "HMAC-SHA256 x"}, b'{"status": "merge"}'
    )
    return Outgoing(url, "tokopedia", "merge", delivery)


def test_a_webhook_goes_out_as_it_was_signed() -> None:
    echo = Echo()

    with Served(echo, now=now) as receiver:
        posted = Postman().deliver(webhook(f"{receiver.url}/hooks/merge?a=1&a="))

    assert posted == Posted(200)
    assert (echo.last.method, echo.last.path, echo.last.query, echo.last.body) == ("POST", "/hooks/merge", "a=1&a=", b'{"status": "merge"}')
    assert echo.last.headers["authorization-hmac"] == "HMAC-SHA256 x"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://isv.example/hook", "webhook 'merge' was not sent: isv.example is not this machine; --webhooks-anywhere sends it there"),
        ("http://10.0.0.1/hook", "webhook 'merge' was not sent: 10.0.0.1 is not this machine; --webhooks-anywhere sends it there"),
        ("ftp://localhost/hook", "webhook 'merge' was not sent: 'ftp://localhost/hook' is no http or https URL"),
        ("http://localhost:x/", "webhook 'merge' was not sent: 'http://localhost:x/' is no URL"),
    ],
)
def test_what_is_not_sent_says_why(url: str, why: str) -> None:
    assert Postman().deliver(webhook(url)) == Posted(None, why)


def test_nobody_at_home_is_no_status() -> None:
    with Served(Echo(), now=now) as receiver:
        url = receiver.url

    posted = Postman().deliver(webhook(url))

    assert posted.status is None
    assert "ConnectionRefusedError" in posted.why


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("app.localhost", True),
        ("localhost.evil.example", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound
    ],
)
def test_this_machine_is_known_by_its_name(host: str, *, here: bool) -> None:
    assert is_here(host) is here
