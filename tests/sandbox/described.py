"""The description of the served sandbox as a judge of its answers: what an answer is that its operation never promised."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from gladi.record.operations import OPERATIONS
from gladi.record.routing import router
from gladi.sandbox.openapi import describe

if TYPE_CHECKING:
    from gladi.record.operations import Operation
    from gladi.record.wire import Request, Response

__all__ = ["Description"]


class Description:
    """Holds answers against the description."""

    def __init__(self) -> None:
        """Take the description as it is printed."""
        self.document = describe("http://127.0.0.1")
        self.operations: dict[str, dict[str, Any]] = {
            operation.name: self.document["paths"][operation.path][operation.method.lower()] for operation in OPERATIONS
        }
        self._validators: dict[tuple[str, int], jsonschema_rs.Draft202012Validator] = {}

    def faults(self, request: Request, response: Response) -> list[str]:
        """Say what is wrong with an answer: its status, its kind, its body; nothing of a path that leads nowhere."""
        operation = router().route(request).operation
        return [] if operation is None else [f"{operation.name}: {fault}" for fault in self._faults(operation, response)]

    def _faults(self, operation: Operation, response: Response) -> list[str]:
        promised = self.operations[operation.name]["responses"].get(str(response.status))
        if promised is None:
            return [f"HTTP {response.status} is not described"]
        headers = {name.lower(): value for name, value in response.headers}
        kind = headers.get("content-type", "").partition(";")[0]
        if kind not in promised["content"]:
            return [f"{kind!r} is not described for HTTP {response.status}"]
        if kind == "text/html":
            return []
        try:
            body = json.loads(response.body)
        except ValueError:
            return [f"the body is no JSON: {response.body[:80]!r}"]
        validator = self._validator(operation.name, response.status, promised["content"][kind]["schema"])
        return [f"{_way(error)} {error.message[:300]}" for fault in validator.iter_errors(body) for error in _plainly(fault)]

    def _validator(self, name: str, status: int, schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
        key = (name, status)
        if key not in self._validators:
            # References lead to the components of the whole document.
            self._validators[key] = jsonschema_rs.Draft202012Validator(schema | {"components": self.document["components"]})
        return self._validators[key]


def _plainly(fault: jsonschema_rs.ValidationError) -> list[jsonschema_rs.ValidationError]:
    """Say of a body that is none of several what is wrong with the one that it is most like."""
    if not isinstance(fault.kind, jsonschema_rs.ValidationErrorKind.AnyOf):
        return [fault]
    nearest = max(fault.kind.context, key=lambda faults: min((len(one.instance_path) for one in faults), default=0), default=[])
    return [error for one in nearest for error in _plainly(one)] or [fault]


def _way(fault: jsonschema_rs.ValidationError) -> str:
    return "/".join(str(step) for step in fault.instance_path) or "the body"
