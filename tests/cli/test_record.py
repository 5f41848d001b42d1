"""`gladi record`: a system of any language asks through it, nothing is lost when it is killed, and files of others are imported."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from base64 import b64encode
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING

import httpx
import pytest

from gladi.cli import main
from gladi.faces.forward import Forward
from gladi.faces.server import Served
from gladi.platforms.recording.recording import Recording
from gladi.record.clock import Clock
from gladi.record.wire import Host, Lost, Request, Response
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.seed import BEGINNING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APP = Sandbox().app
BASIC = b64encode(f"{APP.client_id}:{APP.client_secret}".encode()).decode()


@contextmanager
def recording(folder: Path, upstream: str, *options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """Run the command on a free port; gives the process and what it says, by name."""
    command = [sys.executable, "-m", "gladi.cli", "record", "--to", str(folder), "--upstream", upstream, "--port", "0", "--name", "mine"]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said: dict[str, str] = {}
            for line in process.stdout:
                name, _, value = line.strip().partition(" ")
                said[name] = value.strip()
                if name == "into":
                    break
            yield process, said
        finally:
            process.kill()


def asks(urls: dict[str, str]) -> tuple[list[int], str]:
    """Ask for a token and with it for the app, as a system does; gives the statuses and the token."""
    with httpx.Client(trust_env=False) as client:
        token = client.post(
            f"{urls[Host.TOKOPEDIA_ACCOUNTS]}/token?grant_type=client_credentials", headers={"authorization": f"Basic {BASIC}"}
        )
        bearer = {"authorization": f"Bearer {token.json()['access_token']}"}
        read = client.get(f"{urls[Host.TOKOPEDIA_API]}/v1/shop/fs/{APP.fs_id}/shop-info", headers=bearer)
        return [token.status_code, read.status_code], token.json()["access_token"]


@pytest.fixture
def served() -> Iterator[str]:
    """Serve a sandbox, as `gladi serve` does."""
    sandbox = Sandbox(clock=Clock(BEGINNING))
    with Served(sandbox, now=lambda: BEGINNING) as face:
        yield face.url


def test_what_a_system_asks_through_it_is_recorded_without_its_secrets(tmp_path: Path, served: str) -> None:
    with recording(tmp_path, served) as (process, said):
        statuses, token = asks(said)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)

    assert (statuses, process.returncode, err) == ([200, 200], 0, "")
    assert out.splitlines()[-4:] == [
        f"    1  POST {Host.TOKOPEDIA_ACCOUNTS}/token 200",
        f"    2  GET {Host.TOKOPEDIA_API}/v1/shop/fs/{APP.fs_id}/shop-info 200",
        f"recorded 2 exchanges in {tmp_path / 'mine.har'}",
        f"next: gladi parity {tmp_path / 'mine.har'} says where the sandbox answers otherwise",
    ]
    kept = Recording.read(tmp_path / "mine.har")
    assert [(asked.host, asked.path, answered.status) for asked, answered in kept.exchanges] == [
        (Host.TOKOPEDIA_ACCOUNTS, "/token", 200),
        (Host.TOKOPEDIA_API, f"/v1/shop/fs/{APP.fs_id}/shop-info", 200),
    ]
    assert kept.sidecar.target == "elsewhere"
    text = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [secret for secret in (BASIC, APP.client_secret, token) if secret.encode() in text] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gitignore", "mine.har", "mine.salt", "mine.sidecar.json"]


def test_where_nobody_answers_it_says_so_and_is_no_success(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with recording(tmp_path, f"http://127.0.0.1:{port}") as (process, said):
        with httpx.Client(trust_env=False) as client, pytest.raises(httpx.HTTPError):
            client.get(f"{said[Host.TOKOPEDIA_API]}/v1/shop/fs/1/shop-info")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)

    assert process.returncode == 11
    assert f"    1  GET {Host.TOKOPEDIA_API}/v1/shop/fs/1/shop-info nobody answered" in out.splitlines()
    assert err == "gladi record: nobody answered 1 of 1 exchange; see whether --upstream names who listens\n"


def test_ctrl_c_ends_it_at_once_though_the_upstream_is_silent(tmp_path: Path) -> None:
    def asks_once(url: str) -> None:
        with httpx.Client(trust_env=False) as client, suppress(httpx.HTTPError):
            client.get(f"{url}/v1/shop/fs/1/shop-info")

    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        recording(tmp_path, f"http://127.0.0.1:{silent.getsockname()[1]}") as (process, said),
    ):
        Thread(target=asks_once, args=(said[Host.TOKOPEDIA_API],), daemon=True).start()
        connection, _ = silent.accept()
        with connection:
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=10)

    assert (process.returncode, "nobody answered 1 of 1 exchange" in err) == (11, True)


def test_an_earlier_packed_recording_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x1.har.gz").write_text("mine", encoding="utf-8")
    (tmp_path / "theirs.json").write_text(
        '{"log":{"entries":[{"request":{"method":"GET","url":"https://fs.tokopedia.net/"},"response":{"status":200}}]}}'
    )

    status = main(["record", "--to", str(tmp_path), "--name", "x1", "--import", str(tmp_path / "theirs.json")])

    refused = f"gladi record: x1.har.gz is in {tmp_path} already, and is not replaced; give the recording another name with --name\n"
    assert (status, capsys.readouterr().err) == (2, refused)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["theirs.json", "x1.har.gz"]


def test_an_earlier_recording_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x1.har").write_text("mine", encoding="utf-8")
    (tmp_path / "theirs.json").write_text(
        '{"log":{"entries":[{"request":{"method":"GET","url":"https://fs.tokopedia.net/"},"response":{"status":200}}]}}'
    )

    stood = main(["record", "--to", str(tmp_path), "--name", "x1", "--upstream", "http://127.0.0.1:9", "--port", "0"])
    imported = main(["record", "--to", str(tmp_path), "--name", "x1", "--import", str(tmp_path / "theirs.json")])

    assert (stood, imported, (tmp_path / "x1.har").read_text(encoding="utf-8")) == (2, 2, "mine")
    refused = f"gladi record: x1.har is in {tmp_path} already, and is not replaced; give the recording another name"
    assert capsys.readouterr().err == f"{refused}\n{refused} with --name\n"


def test_nothing_that_a_system_was_answered_is_lost_when_it_is_killed(tmp_path: Path, served: str) -> None:
    with recording(tmp_path, served) as (process, said):
        asks(said)
        process.kill()
        process.wait(20)
    before = [path.name for path in tmp_path.iterdir()]

    with recording(tmp_path, served, "--name", "next") as (process, said):
        process.send_signal(signal.SIGTERM)
        process.wait(20)

    assert before == ["mine.part.jsonl"]
    assert said["an"] == f"earlier recording ended abruptly: recorded 2 exchanges in {tmp_path / 'mine.har'}"
    assert process.returncode == 11
    assert len(Recording.read(tmp_path / "mine.har").exchanges) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gitignore", "mine.har", "mine.salt", "mine.sidecar.json"]


def test_path_query_body_and_headers_arrive_as_they_were_sent() -> None:
    seen: list[Request] = []

    def upstream(request: Request) -> Response:
        seen.append(request)
        return Response(207, (("x-two", "a"), ("x-two", "b"), ("set-cookie", "sid=1")), b"\xff\x00")

    with Served(upstream, now=lambda: 0) as face, Forward(dict.fromkeys(map(str, Host), face.url)) as forward:
        asked = Request(
            "PUT", Host.SHOP_API, "/a%20b/c%2Fd", 0, "x=%2F&y=a+b&x=", {"x-tts-access-token": "t", "host": "elsewhere"}, b"\x00body"
        )
        answers = [forward(asked), forward(asked)]

    assert [(one.method, one.path, one.query, one.body) for one in seen] == [("PUT", "/a%20b/c%2Fd", "x=%2F&y=a+b&x=", b"\x00body")] * 2
    assert [(one.headers["x-tts-access-token"], "cookie" in one.headers) for one in seen] == [("t", False)] * 2
    assert answers[0].status == 207
    assert [pair for pair in answers[0].headers if pair[0] == "x-two"] == [("x-two", "a"), ("x-two", "b")]
    assert answers[0].body == b"\xff\x00"


def test_where_nobody_listens_the_request_was_lost_and_where_nobody_answers_the_answer() -> None:
    asked = Request("GET", Host.SHOP_API, "/", 0)

    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with Forward(dict.fromkeys(map(str, Host), f"http://127.0.0.1:{port}")) as forward:
        nobody = forward(asked)
    with (
        Served(lambda _: Response(0, (), b"", lost=Lost.ANSWER), now=lambda: 0) as face,
        Forward(dict.fromkeys(map(str, Host), face.url)) as forward,
    ):
        silent = forward(asked)

    assert (nobody.lost, silent.lost) == (Lost.REQUEST, Lost.ANSWER)


def test_a_recording_of_another_tool_is_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = [
        {
            "request": {"method": "GET", "url": f"https://{host}/v1?access_token=verysecret"},
            "response": {"status": 200, "content": {"text": '{"phone":"081234567890"}'}},
        }
        for host in (Host.TOKOPEDIA_API, "elsewhere.example.com")
    ]
    (tmp_path / "theirs.har").write_text(json.dumps({"log": {"entries": entries}}))

    status = main(["record", "--import", str(tmp_path / "theirs.har"), "--to", str(tmp_path / "ours")])

    assert status == 0
    assert capsys.readouterr().out == (
        f"recorded 1 exchange in {tmp_path / 'ours' / 'theirs.har'}, 1 private values taken out; 1 with other hosts left out\n"
        f"next: gladi parity {tmp_path / 'ours' / 'theirs.har'} says where the sandbox answers otherwise\n"
    )
    assert len(Recording.read(tmp_path / "ours" / "theirs.har").exchanges) == 1


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("--to", "{file}", "--upstream", "platforms"), 2, "--to {file} is a file; name a folder"),
        (
            ("--to", "{dir}", "--upstream", "platforms", "--name", "a/b"),
            2,
            "--name 'a/b' is no name of a file; write letters, digits, dots, dashes",
        ),
        (("--to", "{dir}", "--upstream", "platforms", "--port", "99999"), 2, "--port 99999 is no port; write a number from 0 to 65535"),
        (
            ("--to", "{dir}", "--upstream", "localhost:1"),
            2,
            "--upstream localhost:1 is no address; write platforms, or a URL without a path such as http://127.0.0.1:8470",
        ),
        (
            ("--to", "{dir}", "--upstream", "http://localhost/v1"),
            2,
            "--upstream http://localhost/v1 is no address; write platforms, or a URL without a path such as http://127.0.0.1:8470",
        ),
        (
            ("--to", "{dir}", "--upstream", "fs.tokopedia.net=http://localhost"),
            2,
            "--upstream does not say who answers for accounts.tokopedia.com; write --upstream accounts.tokopedia.com=URL, too",
        ),
        (
            ("--to", "{dir}", "--upstream", "fs=http://localhost"),
            2,
            f"--upstream fs=http://localhost: fs is no host of the platforms; write one of {', '.join(Host)}",
        ),
        (
            ("--to", "{dir}", "--upstream", "http://u:secretpw@127.0.0.1:1"),
            2,
            "--upstream http://***@127.0.0.1:1 is no address; write platforms, or a URL without a path such as http://127.0.0.1:8470",
        ),
        (
            ("--to", "{dir}", "--upstream", "fs=u:secret/pw?x@127.0.0.1?token=abc"),
            2,
            f"--upstream ***@127.0.0.1?***: fs is no host of the platforms; write one of {', '.join(Host)}",
        ),
        (
            ("--to", "{dir}", "--upstream", "http://u:secret=pw@127.0.0.1"),
            2,
            "--upstream http://***@127.0.0.1 is no address; write platforms, or a URL without a path such as http://127.0.0.1:8470",
        ),
        (
            ("--to", "{dir}", "--upstream", "http://localhost:8492", "--port", "8490", "--ports", "each"),
            2,
            "--upstream http://localhost:8492 is where this listens itself; name who answers, or listen elsewhere with --port",
        ),
        (("--to", "{dir}", "--import", "{dir}/none.har"), 2, "cannot read none.har: No such file or directory"),
        (("--to", "{dir}", "--import", "{file}"), 11, "file.har holds no exchange with the platforms; 1 with other hosts left out"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], status: int, sentence: str
) -> None:
    file = tmp_path / "file.har"
    file.write_text('{"log":{"entries":[{"request":{"method":"GET","url":"http://x/"},"response":{"status":200}}]}}')
    folder = tmp_path / "folder"
    places = {"file": str(file), "dir": str(folder)}

    given = main(["record", *(word.format(**places) for word in words)])

    assert (given, capsys.readouterr().err) == (status, f"gladi record: {sentence.format(**places)}\n")
    assert not folder.exists()


def test_a_recording_never_replaces_the_file_that_is_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "theirs.har"
    before = '{"log":{"entries":[{"request":{"method":"GET","url":"https://fs.tokopedia.net/"},"response":{"status":200}}]}}'
    file.write_text(before)

    status = main(["record", "--import", str(file), "--to", str(tmp_path)])

    assert (status, file.read_text()) == (2, before)
    assert capsys.readouterr().err == (
        "gladi record: the recording would replace theirs.har itself; give another folder with --to, or another --name\n"
    )


def test_a_port_in_use_is_one_sentence_and_leaves_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status = main(["record", "--upstream", "http://127.0.0.1:9", "--to", str(tmp_path), "--port", str(port)])

    assert status == 2
    assert f"cannot listen on 127.0.0.1 port {port}: Address already in use; give another with --port" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
