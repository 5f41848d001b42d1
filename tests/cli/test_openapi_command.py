"""`gladi openapi` prints a description that a generator of clients can read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from gladi.cli import main
from gladi.record.operations import OPERATIONS

if TYPE_CHECKING:
    import pytest


def test_it_describes_every_operation_at_the_place_that_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["openapi", "--url", "http://sandbox.test:9000/"])

    said = json.loads(capsys.readouterr().out)
    described = {one["operationId"] for methods in said["paths"].values() for one in methods.values()}
    assert (status, said["openapi"], said["servers"]) == (0, "3.1.0", [{"url": "http://sandbox.test:9000"}])
    assert described == {operation.name for operation in OPERATIONS}


def test_a_url_that_is_none_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["openapi", "--url", "sandbox:x"])

    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert said.err == "gladi openapi: --url 'sandbox:x' is no URL; write one such as http://127.0.0.1:8470\n"
