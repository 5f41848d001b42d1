"""P2: the same calls through a plain httpx transport, with nothing patched."""

from __future__ import annotations

from benchmarks.caller import SHOP_URL, TOKOPEDIA_URL, Ask, Caller
from benchmarks.doors import Kind, floor, gladi
from benchmarks.p1_inprocess import gets, sets
from benchmarks.paired import Contender, Pace, paired
from benchmarks.target import Options, Result, Row
from gladi.record.words import TOKOPEDIA

__all__ = ["measure"]

_KINDS: tuple[Kind, ...] = ("sync", "async")
_CASES = ("GET sync", "GET async", "POST sync", "POST async")


def _gets_plainly(caller: Caller) -> list[Ask]:
    return [caller.gets_tokopedia_order(one) for one in caller.order_ids(TOKOPEDIA)[:3]]


def _sets_plainly(caller: Caller) -> list[Ask]:
    return [caller.sets_tokopedia_price(price) for price in (150_000, 151_000)]


def _contenders() -> dict[str, Contender]:
    found: dict[str, Contender] = {}
    plain, signed = (("GET", _gets_plainly), ("POST", _sets_plainly)), (("GET", gets), ("POST", sets))
    for how, url, calls in (("plain", TOKOPEDIA_URL, plain), ("signed", SHOP_URL, signed)):
        for word, asks in calls:
            for kind in _KINDS:
                found[f"floor {how} {word} {kind}"] = floor(kind, url, asks)
                found[f"gladi {how} {word} {kind}"] = gladi(kind, url, asks, through="transport")
    return found


def measure(options: Options) -> Result:
    """Measure calls with a bearer token against the floor under them, and signed ones against theirs."""
    rounds = paired(_contenders(), Pace(5, 150) if options.quick else Pace(31, 300))

    def named(who: str, how: str) -> tuple[str, ...]:
        return tuple(f"{who} {how} {case}" for case in _CASES)

    ratio = rounds.ratio(named("gladi", "plain"), named("floor", "plain"))
    signed = rounds.ratio(named("gladi", "signed"), named("floor", "signed"))
    rows = (
        Row("an unsigned call, next to the floor unsigned", ratio.median, bound=1.10, note=f"quartiles {ratio.low:.2f}, {ratio.high:.2f}"),
        *(Row(f"of which {case}", rounds.ratio((f"gladi plain {case}",), (f"floor plain {case}",)).median) for case in _CASES),
        Row("a signed call, next to the floor with the same signed URL", signed.median, note="no target: the signature is checked on top"),
        Row("CPU of a call at the floor, on this machine", rounds.microseconds(*named("floor", "plain")), unit="us"),
    )
    return Result("P2", "a call through a plain httpx transport", rows, {"seconds": dict(rounds.seconds)})
