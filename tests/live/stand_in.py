"""A stand-in for the platforms: `gladi serve` as it is typed, and a repository whose developer reaches it as he would the platforms."""

from __future__ import annotations

import argparse
import json
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from gladi.cli import serve
from tests.attempts.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from gladi.cli.room import Room

__all__ = ["StandIn", "repository_of", "serves"]


@dataclass(frozen=True, slots=True)
class StandIn:
    """What is served, where its credentials are, and the hands of its people."""

    room: Room
    credentials: Path
    control: str

    @property
    def environment(self) -> dict[str, str]:
        """What the developer's shell says."""
        return {"GLADI_LIVE_CREDENTIALS": str(self.credentials)}

    @property
    def secrets(self) -> list[str]:
        """What no report and no screen may show: of the developer, and of the sellers' consents."""
        app = self.room.sandbox.app
        granted = [word for one in self.room.sandbox.consents for word in (one.auth_code, one.refresh_token)]
        ciphers = [shop.cipher for shop in self.room.sandbox.world.all_shops()]
        return [app.client_id, app.client_secret, app.webhook_secret, app.app_secret, *granted, *ciphers]

    @property
    def calls(self) -> list[str]:
        """The operations that were called."""
        with self.room.lock:
            entries = [json.loads(line) for line in self.room.sandbox.journal.lines()]
        return [entry["operation"] for entry in entries if "operation" in entry]

    def does(self, deed: str, **particulars: Any) -> dict[str, Any]:
        """Have a person do something, through the control port."""
        return self.asks("POST", "/deeds", {"deed": deed, **particulars})

    def passes(self, *, hours: float) -> None:
        """Let its time pass."""
        self.asks("POST", "/clock", {"advance": hours * 3600})

    def asks(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Ask the control port."""
        parts = urlsplit(self.control)
        connection = HTTPConnection(parts.hostname or "", parts.port)
        connection.request(method, path, body=json.dumps(body) if body is not None else None)
        said: dict[str, Any] = json.loads(connection.getresponse().read())
        connection.close()
        assert "error" not in said, said
        return said


@contextmanager
def serves(folder: Path, *words: str) -> Generator[StandIn]:
    """Serve the sandbox on free ports, with its credentials in `folder`."""
    parser = argparse.ArgumentParser()
    serve.add(parser.add_subparsers())
    credentials = folder / "live.json"
    args = parser.parse_args(["serve", "--port", "0", "--control-port", "0", "--credentials", str(credentials), *words])
    with ExitStack() as stack:
        room = serve._opened(args, stack)
        yield StandIn(room, credentials, json.loads(credentials.read_text())["control"])


def repository_of(root: Path, stand_in: StandIn, *, vouched: bool = True) -> Repository:
    """Give a repository whose one test shop is the stand-in's first seller, vouched for unless told otherwise."""
    root.mkdir()
    repository = Repository(root)
    shop = stand_in.room.sandbox.world.all_shops()[0]
    (root / "gladi.toml").write_text(
        '[attempts]\ndeveloper = "Acme"\nledger = "ledger.sqlite"\n\n[[test-shops]]\n'
        f'tokopedia_shop_id = {shop.tokopedia_id}\nshop_id = "{shop.shop_id}"\nname = "{shop.name}"\n'
    )
    if vouched:
        with repository.ledger() as ledger:
            ledger.attest(f"test-shop-{shop.tokopedia_id}", "Ayu", date.max)
    return repository
