"""From a request's host, method and path to the operation it names: a trie of path segments, compiled once per process."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from gladi.record.operations import OPERATIONS, Operation
from gladi.record.wire import Host

if TYPE_CHECKING:
    from gladi.record.wire import Request

__all__ = ["Route", "Router", "host_of_path", "router"]


@dataclass(frozen=True, slots=True)
class Route:
    """Where a request leads. `operation` is None for an unknown path or method; `methods` tells the two apart."""

    operation: Operation | None
    params: dict[str, str] = field(default_factory=dict[str, str])
    methods: tuple[str, ...] = ()


@dataclass(slots=True)
class _Node:
    fixed: dict[str, _Node] = field(default_factory=dict[str, "_Node"])
    any: _Node | None = None
    ends: dict[str, tuple[Operation, tuple[str, ...]]] = field(default_factory=dict[str, tuple[Operation, tuple[str, ...]]])


_NOWHERE = Route(None)
_OPERATION = re.compile(r"[a-z]+(_[a-z]+)*")
"""On the shop side a word in the place of an id is another operation, such as `.../products/diagnoses`: ids are digits."""
_REMEMBERED = 256
"""Every request is routed twice, by the sandbox and by its journal, and a poll asks for the same path again and again."""


class Router:
    """A segment trie per host. A fixed segment wins over a variable one."""

    def __init__(self, operations: tuple[Operation, ...]) -> None:
        """Compile `operations`."""
        self._roots: dict[str, _Node] = {host: _Node() for host in Host}
        for operation in operations:
            node = self._roots[operation.host]
            names: list[str] = []
            for segment in operation.path.split("/")[1:]:
                if segment.startswith("{"):
                    names.append(segment[1:-1])
                    node.any = node.any or _Node()
                    node = node.any
                else:
                    node = node.fixed.setdefault(segment, _Node())
            node.ends[operation.method] = (operation, tuple(names))

        self._find = lru_cache(maxsize=_REMEMBERED)(self._look)

    def route(self, request: Request) -> Route:
        """Find the operation that a request names. Routes are shared between requests: read them, never change them."""
        return self._find(request.host, request.method, request.path)

    def _look(self, host: str, method: str, path: str) -> Route:
        root = self._roots.get(host)
        if root is None:
            return _NOWHERE
        found = self._walk(root, path.split("/"), 1, [])
        if found is None:
            return _NOWHERE
        node, values = found
        _, names = next(iter(node.ends.values()))
        if host == Host.SHOP_API and any(
            _OPERATION.fullmatch(value) for name, value in zip(names, values, strict=True) if name != "version"
        ):
            return _NOWHERE
        end = node.ends.get(method)
        if end is None:
            return Route(None, {}, tuple(sorted(node.ends)))
        operation, names = end
        return Route(operation, dict(zip(names, values, strict=True)))

    def _walk(self, node: _Node, segments: list[str], at: int, values: list[str]) -> tuple[_Node, list[str]] | None:
        if at == len(segments):
            return (node, values) if node.ends else None
        segment = segments[at]
        fixed = node.fixed.get(segment)
        if fixed is not None:
            found = self._walk(fixed, segments, at + 1, values)
            if found is not None:
                return found
        if node.any is not None and segment:
            return self._walk(node.any, segments, at + 1, [*values, segment])
        return None


@lru_cache(maxsize=1)
def router() -> Router:
    """Give the router over every known operation, compiled at the first call."""
    return Router(OPERATIONS)


_FIRST_SEGMENTS = {
    "token": Host.TOKOPEDIA_ACCOUNTS,
    "api": Host.SHOP_AUTH,
    "v1": Host.TOKOPEDIA_API,
    "v2": Host.TOKOPEDIA_API,
    "v3": Host.TOKOPEDIA_API,
    "inventory": Host.TOKOPEDIA_API,
    "resolution": Host.TOKOPEDIA_API,
}


def host_of_path(path: str) -> Host:
    """Tell which of the four hosts a path belongs to; one served port needs no more, because their paths are disjoint."""
    return _FIRST_SEGMENTS.get(path.split("/", 2)[1] if path.startswith("/") else "", Host.SHOP_API)
