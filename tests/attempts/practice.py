"""A repository with a linked attempt, the sandbox served in the platforms' place, and the system's receiver: all that a watch needs."""

from __future__ import annotations

import hmac
import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import timedelta
from threading import Timer
from typing import TYPE_CHECKING, Self

import httpx

from gladi.attempts.calls import Calls
from gladi.attempts.events import Kind
from gladi.attempts.ledger import Ledger
from gladi.cli.room import Room
from gladi.cli.serve import _credentials
from gladi.faces.control import Control, Controls
from gladi.faces.letterbox import Letterbox
from gladi.faces.listener import Listener
from gladi.faces.postman import Postman
from gladi.faces.server import Served
from gladi.record.journal import Call
from gladi.record.wire import Response
from gladi.sandbox.seed import BEGINNING
from gladi.sandbox.settings import Settings
from tests.attempts.developer import Developer

if TYPE_CHECKING:
    from pathlib import Path

    from gladi.record.wire import Delivery, Request

HOUR = timedelta(hours=1)


class Receiver:
    """The system's own webhook URL: keeps what it was handed, and has `watch` killed before it answers, where `deadly`."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.deadly = False
        self.watch: subprocess.Popen[str] | None = None

    async def takes(self, delivery: Delivery) -> int:
        self.bodies.append(delivery.body)
        if self.deadly and self.watch is not None:
            self.deadly = False
            self.watch.kill()
        return 200


class Practice:
    """A repository with a linked attempt, the sandbox served in the platforms' place, and the system's receiver."""

    def __init__(self, folder: Path) -> None:
        settings = Settings(merge_takes_at_least=HOUR, merge_takes_at_most=HOUR)
        self.room = Room(
            seed=0,
            settings=settings,
            start=lambda: BEGINNING,
            real=False,
            postman=Postman(),
            says=lambda text: None,  # noqa: ARG005
        )
        self.receiver = Receiver()
        self.folder = folder
        self.port = 0
        self.watch: subprocess.Popen[str] | None = None
        self.deadly_poll = False
        """Whether the watch is killed at its next Get Shop Info, before that is answered."""
        self.busy_with = 0
        """How many more Get Shop Info are answered 503."""
        self.refused = 0
        """How many were."""
        self.said: list[str] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        room = self.room
        served = self._stack.enter_context(Served(self._answers, now=room.now, lock=room.lock))
        controls = Controls(stage=room.stage, advance=room.advance, deed=room.deed, journal=room.journal, reset=room.reset)
        control = self._stack.enter_context(Listener(Control(controls)))
        system = self._stack.enter_context(Listener(Letterbox(self.receiver.takes)))
        self.control, self.system = (f"http://127.0.0.1:{one.ports[0]}" for one in (control, system))
        secrets = self.folder / "credentials.json"
        secrets.write_text(json.dumps(_credentials(room, served.urls, self.control)))
        secrets.chmod(0o600)
        repository = self.folder / "repository"
        repository.mkdir()
        shop = next(iter(room.sandbox.world.all_shops()))
        (repository / "gladi.toml").write_text(
            f'[attempts]\ndeveloper = "acme"\n\n[[test-shops]]\ntokopedia_shop_id = {shop.tokopedia_id}\n'
            f'shop_id = "{shop.seller_id}"\nname = "Toko Satu"\n'
        )
        with self.ledger(create=True) as ledger:
            ledger.record(ledger.open(f"Toko Satu ({shop.tokopedia_id})", by="ana"), Kind.LINKED)
        self.secret, self.shop, self.seller = room.sandbox.app.webhook_secret, shop.tokopedia_id, shop.seller_id
        return self

    def __exit__(self, *exc: object) -> None:
        if self.watch is not None:
            self.watch.kill()
            self.watch.communicate()
        self._stack.close()

    def _answers(self, request: Request) -> Response:
        if request.path.endswith("/shop-info"):
            if self.busy_with:
                self.busy_with -= 1
                self.refused += 1
                return Response(503, (), b"")
            if self.deadly_poll and self.watch is not None:
                self.deadly_poll = False
                self.watch.kill()
                self.watch.wait(30)
        return self.room.answers(request)

    def ledger(self, *, create: bool = False) -> Ledger:
        return Ledger.at(self.folder / "repository" / "gladi-attempts.sqlite", developer="acme", create=create)

    def begins(self) -> None:
        """Begin to watch as a person does, and wait until it says where it takes webhooks."""
        command = [sys.executable, "-m", "gladi.cli", "watch", "--system-url", f"{self.system}/merge", "--port", str(self.port)]
        environment = os.environ | {"GLADI_LIVE_CREDENTIALS": str(self.folder / "credentials.json")}
        self.watch = self.receiver.watch = subprocess.Popen(
            command, cwd=self.folder / "repository", env=environment, stdout=subprocess.PIPE, text=True
        )
        self.port = int(self.hears("webhooks at").rpartition(":")[2])

    def hears(self, words: str) -> str:
        """Read what the watch says up to a line that holds `words`; `said` keeps all that was read."""
        assert self.watch is not None
        assert self.watch.stdout is not None
        patience = Timer(60, self.watch.kill)  # so that a watch that says nothing fails the test, and does not hold it up
        patience.start()
        try:
            for line in self.watch.stdout:
                self.said.append(line)
                if words in line:
                    return line.strip()
        finally:
            patience.cancel()
        raise AssertionError(f"the watch ended without {words!r}: {self.said}")

    def dies(self) -> None:
        assert self.watch is not None
        self.watch.send_signal(signal.SIGKILL)
        self.watch.communicate()

    def passes(self, minutes: float) -> None:
        httpx.post(f"{self.control}/clock", json={"advance": minutes * 60}, trust_env=False).raise_for_status()

    def sends(self, number: int) -> bool:
        """Post a delivery to the watch, signed as the platform would; tell whether it was confirmed."""
        body = b'{"number":%d}' % number
        headers = {"authorization-hmac": hmac.digest(self.secret.encode(), body, "sha256").hex()}
        return httpx.post(f"http://127.0.0.1:{self.port}/", content=body, headers=headers, trust_env=False).status_code == 200

    def tells(self, url: str) -> None:
        """Post the merge webhook of the watched shop, signed, to a watch."""
        told = {"status": "merge", "tts_seller_id": self.seller, "toko_shop_id": str(self.shop), "timestamp": self.room.now() // 1000}
        body = json.dumps(told).encode()
        headers = {"authorization-hmac": hmac.digest(self.secret.encode(), body, "sha256").hex()}
        httpx.post(url, content=body, headers=headers, trust_env=False).raise_for_status()

    def waits_for(self, number: int) -> None:
        """Wait until the system was handed a delivery."""
        while b'{"number":%d}' % number not in self.receiver.bodies:
            self.hears("handed on")

    def polls(self) -> list[int]:
        calls = [entry for entry in self.room.sandbox.journal.entries if isinstance(entry, Call)]
        return [call.at for call in calls if call.operation == "tokopedia.get_shop_info"]

    def registers(self) -> None:
        """Register the watch's URL as the app's merge URL."""
        developer = Developer(platform=self.room.sandbox)
        hooks = {"shop_merge_notification_url": f"http://127.0.0.1:{self.port}/", "webhook_secret": self.secret}
        with self.room.lock:
            Calls(self.room.sandbox, developer.account, now=self.room.now).register(hooks)
