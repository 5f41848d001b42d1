"""P1: a stateful, signature-checked, journalled call through the face in process, next to the floor and to a static route of respx."""

from __future__ import annotations

from benchmarks import peers
from benchmarks.caller import SHOP_URL, Ask, Caller
from benchmarks.counts import counted
from benchmarks.doors import Kind, floor, gladi, static
from benchmarks.paired import Contender, Pace, paired
from benchmarks.target import Options, Result, Row
from gladi.faces.tls import SharedTls
from gladi.record.words import SHOP

__all__ = ["gets", "measure", "sets"]

_KINDS: tuple[Kind, ...] = ("sync", "async")
_CASES = ("GET sync", "GET async", "POST sync", "POST async")


def gets(caller: Caller) -> list[Ask]:
    """Read three orders in turn."""
    return [caller.gets_order(one) for one in caller.order_ids(SHOP)[:3]]


def sets(caller: Caller) -> list[Ask]:
    """Set two prices in turn, so that every call changes the world."""
    return [caller.sets_price(price) for price in (150_000, 151_000)]


def _contenders() -> dict[str, Contender]:
    found: dict[str, Contender] = {}
    for word, asks in (("GET", gets), ("POST", sets)):
        for kind in _KINDS:
            case = f"{word} {kind}"
            found[f"floor {case}"] = floor(kind, SHOP_URL, asks)
            found[f"gladi {case}"] = gladi(kind, SHOP_URL, asks, through="respx")
            found[f"signed {case}"] = static(kind, SHOP_URL, asks, signed=True)
            found[f"unsigned {case}"] = static(kind, SHOP_URL, asks, signed=False)
    return found


def measure(options: Options) -> Result:
    """Measure all four cases of each contender in one run."""
    contenders = _contenders()
    with SharedTls():
        rounds = paired(contenders, Pace(5, 150) if options.quick else Pace(31, 300))
        counts = {name: counted(contenders[f"{name} GET sync"]) for name in ("floor", "gladi", "signed", "unsigned")}

    def named(who: str) -> tuple[str, ...]:
        return tuple(f"{who} {case}" for case in _CASES)

    ratio = rounds.ratio(named("gladi"), named("floor"))
    unsigned = rounds.ratio(named("gladi"), named("unsigned"))
    rows = [
        Row(
            "a call, next to the floor with the same signed URL",
            ratio.median,
            bound=1.25,
            note=f"quartiles {ratio.low:.2f}, {ratio.high:.2f}",
        ),
        *(Row(f"of which {case}", rounds.ratio((f"gladi {case}",), (f"floor {case}",)).median) for case in _CASES),
        Row("next to a static respx route, its URL unsigned", unsigned.median, bound=1.0),
        Row("next to a static respx route, the same signed URL", rounds.ratio(named("gladi"), named("signed")).median, bound=1.0),
        Row("peer: the static respx route next to the floor", rounds.ratio(named("signed"), named("floor")).median),
        *peers.in_process(options),
        *(Row(f"interpreter calls, {name} GET sync", sum(one.values()), unit="calls", note=_split(one)) for name, one in counts.items()),
        Row("CPU of a call at the floor, on this machine", rounds.microseconds(*named("floor")), unit="us"),
    ]
    return Result("P1", "a call in process through respx", tuple(rows), {"seconds": dict(rounds.seconds), "interpreter_calls": counts})


def _split(count: dict[str, int]) -> str:
    return f"{count['python']} Python, {count['c']} C"
