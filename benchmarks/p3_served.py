"""P3: the sandbox served, next to a bare ASGI echo on the same server, and next to WireMock with as many stubs."""

from __future__ import annotations

import time
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

import msgspec

from benchmarks import peers
from benchmarks.caller import Ask, Papers, refresh
from benchmarks.load import CONNECTIONS, Heard, Shipping, press
from benchmarks.paired import spread
from benchmarks.servers import Server, gladi_or_echo, wiremock
from benchmarks.target import Options, Result, Row
from gladi.record.operations import OPERATIONS
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.shop.refusals import ALREADY_SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["measure"]

_PACKAGES = 1_563
"""In one world: with 16 connections and two requests each a little over 50,000 answers."""
_ANSWERS = 2 * CONNECTIONS * _PACKAGES
_WARMING = 20
"""Seconds that WireMock is given to warm up; its compiler has settled by then."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """One stretch of load on one server."""

    heard: Heard
    cpu: float

    @property
    def microseconds(self) -> float:
        """CPU time of the server for an answer."""
        return self.cpu / self.heard.answers * 1e6

    @property
    def pace(self) -> float:
        """Answers a second."""
        return self.heard.answers / self.heard.seconds


def _first_call() -> str:
    sandbox = Sandbox()
    return refresh(sandbox.app, sandbox.consents[0].refresh_token).target


def _papers(url: str) -> Papers:
    sandbox = Sandbox()
    with urllib.request.urlopen(f"{url}{_first_call()}") as answer:  # noqa: S310 - our own server on loopback
        token = msgspec.json.decode(answer.read())["data"]["access_token"]
    return Papers(sandbox.app, sandbox.world.shops["shop-1"].cipher, token)


def _mix(server: Server) -> list[Ask]:
    """Read an order and set two prices, signed now: a signature is good for five minutes of the wall clock."""
    papers, about, now = _papers(server.url), server.about, int(time.time())

    def price(amount: int) -> Ask:
        skus = [{"id": about["sku"], "price": {"amount": str(amount), "currency": "IDR"}}]
        return papers.signs(f"POST /product/202309/products/{about['product']}/prices/update", at=now, body={"skus": skus})

    read = papers.signs("GET /order/202309/orders", at=now, ids=about["order"])
    return [read, price(150_000), read, price(151_000)]


def _press(server: Server, asks: list[Ask], seconds: int) -> Pressed:
    before = server.cost().cpu
    heard = press(server.url, asks, seconds=seconds)
    assert not heard.wrong, f"{heard.wrong} of {heard.answers} answers of {server.url} were no success"
    return Pressed(heard, server.cost().cpu - before)


def _stubs() -> list[dict[str, Any]]:
    """Give WireMock as many stubs as Gladi has operations; those that are asked have a state and a template."""

    def stub(method: str, path: str, **more: object) -> dict[str, Any]:
        body = '{"code":0,"message":"Success","data":{"orders":[{"id":"{{request.query.ids}}","status":"AWAITING_SHIPMENT"}]}}'
        answer = {"status": 200, "headers": {"content-type": "application/json"}, "body": body}
        return {"request": {"method": method, "urlPathPattern": path}, "response": answer, **more}

    def turns(at: str, to: str) -> dict[str, Any]:
        return stub(
            "POST", "/product/202309/products/[0-9]+/prices/update", scenarioName="price", requiredScenarioState=at, newScenarioState=to
        )

    asked = [stub("GET", "/order/202309/orders"), turns("Started", "set"), turns("set", "Started")]
    others = [stub("PUT", f"/other/{number}") for number in range(len(OPERATIONS) - len(asked))]
    return asked + others


@contextmanager
def _peer(options: Options) -> Iterator[Server | None]:
    archive = peers.java_archive(options)
    if archive is None:
        yield None
        return
    with wiremock(archive, _stubs()) as server:
        yield server


def _shipping(options: Options) -> tuple[Shipping, float]:
    """Let all connections ship the same packages at once, in one fresh world after another; give what was heard and the largest size."""
    total = Shipping((), (), int(ALREADY_SHIPPED.code), "PROCESSING")
    peak = 0.0
    for _ in range(1 if options.quick else 20):
        with gladi_or_echo("gladi", _PACKAGES, target=_first_call()) as server:
            papers, now = _papers(server.url), int(time.time())
            paths = [f"/fulfillment/202309/packages/{package}" for package in server.about["packages"]]
            total.ships = [papers.signs(f"POST {path}/ship", at=now, body={}) for path in paths]
            total.looks = [papers.signs(f"GET {path}", at=now) for path in paths]
            total.run(server.url)
            cost = server.cost()
            peak = max(peak, cost.peak_mb)
            assert not cost.more["faults"], "the platform raised"
    return total, peak


def measure(options: Options) -> Result:
    """Press on all servers in turn, then ship packages from sixteen connections at once."""
    seconds, rounds = (2, 5) if options.quick else (4, 15)
    pressed: dict[str, list[Pressed]] = {"gladi": [], "echo": [], "wiremock": []}
    with ExitStack() as stack:
        servers = {
            "gladi": stack.enter_context(gladi_or_echo("gladi", target=_first_call())),
            "echo": stack.enter_context(gladi_or_echo("echo")),
            "wiremock": stack.enter_context(_peer(options)),
        }
        small = servers["gladi"].cost() if servers["gladi"] else None
        running = {name: server for name, server in servers.items() if server is not None}
        mix = _mix(running["gladi"])
        for name, server in running.items():
            press(server.url, mix, seconds=_WARMING if name == "wiremock" else 1)
        for number in range(rounds):
            mix = _mix(running["gladi"])
            for name in running if number % 2 else reversed(running):
                pressed[name].append(_press(running[name], mix, seconds))
        costs = {name: server.cost() for name, server in running.items()}
    shipping, shipping_peak = _shipping(options)

    def next_to(name: str) -> float | None:
        if not pressed[name]:
            return None
        return spread([other.microseconds / ours.microseconds for ours, other in zip(pressed["gladi"], pressed[name], strict=True)]).median

    def pace(name: str) -> str:
        found = pressed[name]
        return f"{median(one.pace for one in found):,.0f}/s, {median(one.microseconds for one in found):,.0f} us" if found else ""

    answered = costs["gladi"].more["calls"]
    assert small is not None
    grown = costs["gladi"].peak_mb - small.peak_mb
    first = {name: server.first_200 for name, server in running.items()}
    rows = (
        Row(
            "speed next to a bare ASGI echo, by CPU",
            next_to("echo"),
            bound=0.8,
            kind="at least",
            note=f"{pace('gladi')}; echo {pace('echo')}",
        ),
        Row(
            f"speed next to WireMock, warm, {len(OPERATIONS)} stubs",
            next_to("wiremock"),
            bound=3,
            kind="at least",
            note=f"WireMock {pace('wiremock')}" if pressed["wiremock"] else "peer not to be had here",
        ),
        Row("from start to the first 200", first["gladi"], "s", 1, note=_seconds(first)),
        Row("memory when it has begun", small.peak_mb, "MB", 60),
        Row(
            f"memory after {answered:,} answers",
            costs["gladi"].peak_mb,
            "MB",
            60,
            note=f"the journal keeps {grown * 1024 / answered:.1f} KB a call",
        ),
        Row(f"illegal answers in {shipping.answers:,} at {CONNECTIONS} connections", len(shipping.illegal), "", 0),
    )
    raw = {
        "pressed": {
            name: [{"answers": one.heard.answers, "seconds": one.heard.seconds, "cpu": one.cpu} for one in found]
            for name, found in pressed.items()
        },
        "first_200": first,
        "peak_mb": {name: cost.peak_mb for name, cost in costs.items()} | {"gladi while shipping": shipping_peak},
        "illegal": shipping.illegal[:100],
    }
    return Result("P3", "the sandbox served on uvicorn", rows, raw)


def _seconds(first: dict[str, float]) -> str:
    return ", ".join(f"{name} {seconds:.2f} s" for name, seconds in first.items() if name != "gladi")
