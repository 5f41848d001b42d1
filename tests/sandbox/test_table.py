from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from gladi.sandbox.world.table import Base, Table

Row = tuple[str, str, int]


def _places(row: Row) -> Iterator[tuple[str, tuple[int, str]]]:
    yield row[1], (row[2], row[0])


def _table(rows: list[Row]) -> Table[Row]:
    return Table(Base(((row[0], row) for row in rows), by=_places))


_keys = st.sampled_from("abcdefgh")
_rows = st.tuples(_keys, st.sampled_from(("left", "right")), st.integers(0, 9))


@given(base=st.lists(_rows, unique_by=lambda row: row[0]), puts=st.lists(_rows), low=st.integers(0, 9), high=st.integers(0, 10))
def test_a_table_lists_what_a_sorted_dictionary_would(base: list[Row], puts: list[Row], low: int, high: int) -> None:
    table = _table(base)
    model = {row[0]: row for row in base}
    for row in puts:
        table.put(row[0], row)
        model[row[0]] = row

    for bucket in ("left", "right"):
        expected = sorted((row[2], row[0]) for row in model.values() if row[1] == bucket and low <= row[2] < high)
        assert list(table.keys("by", bucket, (low,), (high,))) == expected
        assert list(table.keys("by", bucket, (low,), (high,), descending=True)) == expected[::-1]
        assert table.count("by", bucket, (low,), (high,)) == len(expected)
        assert [row[0] for row in table.rows("by", bucket)] == [
            name for _, name in sorted((row[2], row[0]) for row in model.values() if row[1] == bucket)
        ]
    assert len(table) == len(model)


def test_two_tables_over_one_base_do_not_see_each_other() -> None:
    base = Base((("a", ("a", "left", 1)),), by=_places)
    one, other = Table(base), Table(base)

    one.put("a", ("a", "right", 2))

    assert (one["a"], other["a"], other.count("by", "left")) == (("a", "right", 2), ("a", "left", 1), 1)
