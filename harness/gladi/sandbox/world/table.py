"""Tables of immutable records: a base that many worlds share and an overlay of each world's own, with an index per list.

1. A record is replaced, never changed; the base is never written.
2. A fresh table over a base costs the same at ten rows and at a million.
3. Nothing is ever scanned: what is listed has an index, and an index is sorted.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Hashable, Iterable, Iterator
from heapq import merge
from typing import Any, Generic, TypeVar

__all__ = ["Base", "Keys", "Table"]

R = TypeVar("R")
Key = Any
Place = tuple[Hashable, tuple[Any, ...]]
"""A bucket of an index, and the sort key of a record in it; the sort key ends with the record's own key."""
Keys = Callable[[Any], Iterable[Place]]
"""Where a record stands in an index: any number of places."""

_TOP = (float("inf"),)


class Base(Generic[R]):
    """Records and sorted indexes, built once and shared; never written afterwards."""

    __slots__ = ("indexes", "keys", "records")

    def __init__(self, records: Iterable[tuple[Key, R]], **indexes: Keys) -> None:
        """Build the indexes, each under its name."""
        self.records: dict[Key, R] = dict(records)
        self.keys = indexes
        self.indexes: dict[str, dict[Hashable, tuple[tuple[Any, ...], ...]]] = {}
        same: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        for name, places in indexes.items():
            index: dict[Hashable, list[tuple[Any, ...]]] = {}
            for record in self.records.values():
                for bucket, key in places(record):
                    # One tuple for all the indexes that sort a record alike.
                    index.setdefault(bucket, []).append(same.setdefault(key, key))
            # A tuple is smaller than a list, and most buckets hold one key.
            self.indexes[name] = {bucket: tuple(sorted(keys)) for bucket, keys in index.items()}


class Table(Generic[R]):
    """One world's view: the base, and what this world put over it."""

    __slots__ = ("_added", "_base", "_changed", "_gone", "_watcher")

    def __init__(self, base: Base[R]) -> None:
        """Lay an empty overlay over `base`."""
        self._base = base
        self._changed: dict[Key, R] = {}
        self._added: dict[tuple[str, Hashable], list[tuple[Any, ...]]] = {}
        self._gone: dict[tuple[str, Hashable], list[tuple[Any, ...]]] = {}
        self._watcher: Callable[[R | None, R], None] | None = None

    def watch(self, watcher: Callable[[R | None, R], None]) -> None:
        """Have `watcher` called after every change with the record as it was, or None, and as it is; a table has one at most."""
        self._watcher = watcher

    def get(self, key: Key) -> R | None:
        """Give a record, or None."""
        record = self._changed.get(key)
        return record if record is not None else self._base.records.get(key)

    def __getitem__(self, key: Key) -> R:
        record = self.get(key)
        if record is None:
            raise KeyError(key)
        return record

    def __len__(self) -> int:
        return len(self._base.records) + sum(key not in self._base.records for key in self._changed)

    def put(self, key: Key, record: R) -> R:
        """Add a record or replace the one of that key, and move it in every index whose place for it changed."""
        before = self.get(key)
        self._changed[key] = record
        for name, places in self._base.keys.items():
            old = list(places(before)) if before is not None else []
            new = list(places(record))
            if old == new:
                continue
            for place in old:
                if place not in new:
                    self._take(name, *place)
            for place in new:
                if place not in old:
                    self._give(name, *place)
        if self._watcher is not None:
            self._watcher(before, record)
        return record

    def _take(self, name: str, bucket: Hashable, key: tuple[Any, ...]) -> None:
        added = self._added.get((name, bucket))
        if added is not None:
            at = bisect_left(added, key)
            if at < len(added) and added[at] == key:
                del added[at]
                return
        insort(self._gone.setdefault((name, bucket), []), key)

    def _give(self, name: str, bucket: Hashable, key: tuple[Any, ...]) -> None:
        gone = self._gone.get((name, bucket))
        if gone is not None:
            at = bisect_left(gone, key)
            if at < len(gone) and gone[at] == key:
                del gone[at]
                return
        insort(self._added.setdefault((name, bucket), []), key)

    def count(self, index: str, bucket: Hashable, low: tuple[Any, ...] = (), high: tuple[Any, ...] = _TOP) -> int:
        """Count the records of a bucket whose sort key lies in [low, high), without looking at them."""
        return (
            _within(self._base.indexes[index].get(bucket, ()), low, high)
            + _within(self._added.get((index, bucket), ()), low, high)
            - _within(self._gone.get((index, bucket), ()), low, high)
        )

    def keys(
        self, index: str, bucket: Hashable, low: tuple[Any, ...] = (), high: tuple[Any, ...] = _TOP, *, descending: bool = False
    ) -> Iterator[tuple[Any, ...]]:
        """Go through the sort keys of a bucket that lie in [low, high); the last part of each is the record's key."""
        base = _between(self._base.indexes[index].get(bucket, ()), low, high, descending=descending)
        added = self._added.get((index, bucket))
        gone = self._gone.get((index, bucket))
        stream = merge(base, _between(list(added), low, high, descending=descending), reverse=descending) if added else base
        if not gone:
            return stream
        hidden = set(gone)
        return (key for key in stream if key not in hidden)

    def rows(
        self, index: str, bucket: Hashable, low: tuple[Any, ...] = (), high: tuple[Any, ...] = _TOP, *, descending: bool = False
    ) -> Iterator[R]:
        """Go through the records of a bucket in the order of the index."""
        for key in self.keys(index, bucket, low, high, descending=descending):
            yield self[key[-1]]

    def first(self, index: str, bucket: Hashable) -> R | None:
        """Give the first record of a bucket, or None: for indexes whose buckets hold one."""
        if (self._added or self._gone) and ((index, bucket) in self._added or (index, bucket) in self._gone):
            return next(self.rows(index, bucket), None)
        # Every request asks who it is about, so a bucket that no change has touched costs nothing here.
        keys = self._base.indexes[index].get(bucket)
        return self[keys[0][-1]] if keys else None


def _within(keys: Any, low: tuple[Any, ...], high: tuple[Any, ...]) -> int:  # noqa: ANN401 - a list or an empty tuple
    return max(0, _end(keys, high) - bisect_left(keys, low)) if keys else 0


def _end(keys: Any, high: tuple[Any, ...]) -> int:  # noqa: ANN401
    return len(keys) if high is _TOP else bisect_left(keys, high)


def _between(keys: Any, low: tuple[Any, ...], high: tuple[Any, ...], *, descending: bool) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    start, end = (bisect_left(keys, low), _end(keys, high)) if keys else (0, 0)
    steps = range(end - 1, start - 1, -1) if descending else range(start, end)
    return (keys[step] for step in steps)
