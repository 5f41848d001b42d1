"""How the platforms, or a stand-in with its clock, are reached."""

from __future__ import annotations

import socket
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from gladi.faces.server import Served
from gladi.platforms.credentials import Credentials
from gladi.platforms.live import ForeignHostError
from gladi.platforms.reach import reach
from gladi.platforms.walltime import StandInGoneError, StandInTime
from gladi.record.wire import Host, Lost, Request, Response
from tests.platforms.test_consents import Rotating, refresh

if TYPE_CHECKING:
    from pathlib import Path


def keys(folder: Path, *, control: str = "", base_urls: dict[Host, str] | None = None) -> Credentials:
    urls = {str(host): url for host, url in (base_urls or {}).items()}
    return Credentials(1, "id", "secret", "hook", "key", "app", ("r",), folder / "newest", urls, control)


@pytest.mark.parametrize("control", ["http://example.com:80", "https://127.0.0.1:80", "http://127.0.0.1", "127.0.0.1:80"])
def test_a_control_port_is_of_this_machine(control: str) -> None:
    with pytest.raises(ForeignHostError, match=r"^the control port of a stand-in is .*, not one of this machine"):
        StandInTime(control)


def test_a_control_port_at_which_nobody_serves_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        port = taken.getsockname()[1]
        time = StandInTime(f"http://127.0.0.1:{port}")
        sentence = rf"^nobody answers at the control port of the stand-in, 127\.0\.0\.1 port {port}; serve it anew with `gladi serve"

        with pytest.raises(StandInGoneError, match=sentence):
            time.now()
        with pytest.raises(StandInGoneError, match=sentence):
            time.wait(1)


@pytest.mark.parametrize("answer", [b"SSH-2.0-other\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"])
def test_a_control_port_at_which_somebody_else_serves_is_one_sentence(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answers() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(answer)

        other = Thread(target=answers)
        other.start()
        with pytest.raises(StandInGoneError, match=r"^something else answers at the control port of the stand-in"):
            StandInTime(f"http://127.0.0.1:{server.getsockname()[1]}").now()
        other.join()


def test_the_platforms_themselves_have_no_control_port(tmp_path: Path) -> None:
    with (
        pytest.raises(ForeignHostError, match=r"^the credentials name a control port and no stand-in"),
        reach(keys(tmp_path, control="http://127.0.0.1:80")),
    ):
        pass

    assert not (tmp_path / "newest").exists()


def test_a_systems_call_is_sent_once_and_told_as_lost(tmp_path: Path) -> None:
    heard: list[Request] = []

    def loses(request: Request) -> Response:
        heard.append(request)
        return Response(0, (), b"", lost=Lost.ANSWER)

    with Served(loses, now=lambda: 0) as served, reach(keys(tmp_path, base_urls=served.urls)) as platforms:
        answered = platforms.theirs(Request("GET", Host.TOKOPEDIA_API, "/v1/shop/fs/1/shop-info", 0))

    assert (answered.lost, len(heard)) == (Lost.ANSWER, 1)


def test_a_system_and_our_own_calls_go_on_from_each_others_consents(tmp_path: Path) -> None:
    rotating = Rotating()

    with Served(rotating, now=lambda: 0) as served, reach(keys(tmp_path, base_urls=served.urls)) as platforms:
        for way in (platforms.ours, platforms.theirs, platforms.theirs, platforms.ours):
            way(refresh("R-0"))

    assert rotating.asked == ["R-0", "R-1", "R-2", "R-3"]


def test_a_stand_in_is_known_as_one(tmp_path: Path) -> None:
    with reach(keys(tmp_path, base_urls=dict.fromkeys(Host, "http://127.0.0.1:9"))) as stand_in, reach(keys(tmp_path)) as platforms:
        assert (stand_in.stands_in, platforms.stands_in) == (True, False)
