"""The adapter of docs/orders.md ships, on both platforms and after the merge, as the page says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gladi.play.adapter import load
from tests.rogues.company import play
from tests.test_docs import blocks

if TYPE_CHECKING:
    from gladi.play.adapter import Adapter

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def packer(tmp_path_factory: pytest.TempPathFactory) -> Adapter:
    """The Watcher of the README with the Packer of the page beneath it, in a module of their own."""
    folder = tmp_path_factory.mktemp("packer")
    watcher = next(code for code in blocks(ROOT / "README.md", "python") if "class Watcher" in code)
    (packer,) = blocks(ROOT / "docs" / "orders.md", "python")
    (folder / "packing_orders.py").write_text(f"{watcher}\n\n{packer}", encoding="utf-8")
    return load("packing_orders:Packer", root=folder)


@pytest.mark.parametrize(
    "name",
    [
        "an_order_on_tokopedia_leaves_before_the_merge",
        "an_order_on_the_shop_leaves_before_the_merge",
        "a_tokopedia_buyers_order_leaves_through_the_shop",
    ],
)
def test_the_packer_of_the_page_upholds(name: str, packer: Adapter) -> None:
    seen = play(packer, [name])

    assert (seen.breaks, seen.fails, seen.raised, seen.faults, seen.plays) == ({}, set(), {}, {}, 1)
