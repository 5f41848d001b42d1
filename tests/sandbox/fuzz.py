"""Fuzzes the sandbox against its own description, by schemathesis. `python -m tests.sandbox.fuzz` does it at length; a test takes a sample.

1. Whatever is asked, lawful or not, is answered: nothing raises, and no answer lies outside its schema; a status that is not described,
   a server's error among them, is one.
2. What is refused leaves the state as it was.
3. The same examples each time: each call stands on a fresh ground, and chance is drawn from the call itself.
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import cache
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from gladi.record.operations import OPERATIONS
from gladi.record.words import SHOP, Stage
from tests.sandbox.aim import aimed
from tests.sandbox.described import Description
from tests.sandbox.ground import Asked, Ground
from tests.sandbox.state import difference, state

if TYPE_CHECKING:
    from gladi.record.operations import Operation
    from gladi.record.wire import Request, Response

__all__ = ["MODES", "Wrong", "call", "fuzz"]

MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
_LONG = 150
_BOUNDARY = b"--gladi"


class Wrong(AssertionError):  # noqa: N818 - it is what was found
    """The sandbox answered as its description does not say, or changed though it refused."""


@cache
def _description() -> Description:
    return Description()


@cache
def _generators() -> dict[str, Any]:
    schema = schemathesis.openapi.from_dict(_description().document)
    found: list[Any] = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    return {one.definition.raw["operationId"]: one for one in found}


def fuzz(name: str, mode: GenerationMode, *, examples: int) -> int:
    """Ask an operation for `examples` things; give how many were refused.

    Raises:
        Wrong: an answer or a refusal is not as it should be.
    """
    operation = next(one for one in OPERATIONS if one.name == name)
    refusals = 0

    # The first call that goes wrong is told as it is: looking for a smaller one takes minutes.
    @settings(
        max_examples=examples,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=_generators()[name].as_strategy(generation_mode=mode))
    def holds(case: Any) -> None:
        nonlocal refusals
        generated = _asked(case)
        random = Random(repr(generated))
        ground = Ground(random.choice(list(Stage)))
        refusals += call(ground, operation, aimed(ground, name, generated, random))

    holds()
    return refusals


def call(ground: Ground, operation: Operation, asked: Asked) -> bool:
    """Make one call and look at what comes of it; tell whether it was refused."""
    request = ground.request(operation, asked)
    before = state(ground.sandbox)
    response = ground.sandbox(request)
    faults = _description().faults(request, response)
    is_refused = _refused(operation, response)
    if is_refused:
        faults += [f"{way} changed though the call was refused" for way in difference(before, state(ground.sandbox))]
    if faults:
        raise Wrong(_told(request, response, faults))
    return is_refused


def _refused(operation: Operation, response: Response) -> bool:
    """Read from the answer itself whether it is a refusal."""
    if response.status != 200 or operation.platform is not SHOP:
        return response.status != 200
    return bool(json.loads(response.body)["code"])


def _told(request: Request, response: Response, faults: list[str]) -> str:
    asked = f"{request.method} {request.path}?{request.query}\n{request.body[:2000]!r}"
    return "\n".join((*faults, "", asked, "", f"{response.status} {response.body[:2000]!r}"))


def _asked(case: Any) -> Asked:
    """Take what schemathesis generated for the parts of a call."""
    asked = Asked(dict(case.path_parameters or {}), dict(case.query or {}))
    if case.media_type == "multipart/form-data":
        data = case.body.get("data") if isinstance(case.body, dict) else None
        asked.body = _form(getattr(data, "data", b""))
        asked.kind = "multipart/form-data; boundary=gladi"
    elif type(case.body).__name__ != "NotSet":
        asked.body = case.body
    return asked


def _form(data: bytes) -> bytes:
    return _BOUNDARY + b'\r\nContent-Disposition: form-data; name="data"\r\n\r\n' + data + b"\r\n" + _BOUNDARY + b"--\r\n"


def main(words: list[str] | None = None) -> int:
    """Fuzz every operation; 0 when nothing was found, 1 when something was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=_LONG, help="calls of each operation, half of them unlawful (default: %(default)s)")
    parser.add_argument("operations", nargs="*", help="which operations; all when none is given")
    given_words = parser.parse_args(words)
    wrong = 0
    for name in given_words.operations or [operation.name for operation in OPERATIONS]:
        began = monotonic()
        try:
            refused = sum(fuzz(name, mode, examples=given_words.examples // 2) for mode in MODES)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next operation is fuzzed too
            wrong += 1
            sys.stdout.write(f"{name}: {type(error).__name__} {error}\n\n")
        else:
            sys.stdout.write(f"{name}: {refused} refused, {monotonic() - began:.1f} s\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
