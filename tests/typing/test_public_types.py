"""Type checkers accept what the README promises, and refuse wrong adapters and wrong scenarios at the line that is wrong."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import gladi
from tests.test_tools import node_is_here

ROOT = Path(__file__).parent.parent.parent
PUBLIC = Path(__file__).with_name("public.py")
NEEDS_NODE = pytest.mark.skipif(
    not node_is_here(), reason="pyright needs node, which is not installed here, and would fetch it from the net"
)

WRONG = """\
from collections.abc import Sequence
from datetime import datetime
from gladi import SHOP, Delivery, EditsProducts, Factory, LinksShops, PlacedOrder, Rehearsal, SeenOrder, SetsPrices
from gladi import ShipsOrders, ShopLink, Stage, System, Venue, scenario


class Deaf(System):
    def __init__(self, venue: Venue) -> None: ...
    def tick(self, now: datetime) -> datetime | None:
        return now



class AnswersText(System):
    def __init__(self, venue: Venue) -> None: ...
    def tick(self, now: datetime) -> datetime | None:
        return now

    def receive(self, delivery: Delivery) -> str:  # mypy: override  pyright: reportIncompatibleMethodOverride
        return "200"


class TicksByNumber(System):
    def __init__(self, venue: Venue) -> None: ...
    def tick(self, now: float) -> datetime | None:  # mypy: override  pyright: reportIncompatibleMethodOverride
        return None

    def receive(self, delivery: Delivery) -> int:
        return 200


class Ships(TicksByNumber, ShipsOrders):
    def ship(self, order_id: str) -> None: ...  # mypy: override  pyright: reportIncompatibleMethodOverride


class Prices(TicksByNumber, SetsPrices):
    def set_price(self, sku: str, amount: int, currency: str) -> None: ...  # mypy: override  pyright: reportIncompatibleMethodOverride


class Edits(TicksByNumber, EditsProducts):
    def edit_product(self, sku: str, title: str) -> None: ...  # mypy: override  pyright: reportIncompatibleMethodOverride


class Links(TicksByNumber, LinksShops):
    def shop_links(self) -> Sequence[str]:  # mypy: override  pyright: reportIncompatibleMethodOverride
        return []


class NoSystem:
    def __init__(self, venue: Venue) -> None: ...


def takes_nothing() -> TicksByNumber:
    raise NotImplementedError


none: Factory = NoSystem  # mypy: assignment  pyright: reportAssignmentType
nothing: Factory = takes_nothing  # mypy: assignment  pyright: reportAssignmentType


def changes(venue: Venue, order: SeenOrder) -> None:
    Deaf(venue)  # mypy: abstract  pyright: reportAbstractUsage
    venue.webhook_url = "elsewhere"  # mypy: misc  pyright: reportAttributeAccessIssue
    order.order_id = "2"  # mypy: misc  pyright: reportAttributeAccessIssue
    print(venue.tts_seller_id)  # mypy: attr-defined  pyright: reportAttributeAccessIssue
    ShopLink(1, 2)  # mypy: arg-type  pyright: reportArgumentType


@scenario(rehearses="a", begins=Stage.PENDING)  # mypy: arg-type  pyright: reportArgumentType
def test_not_async(rehearsal: Rehearsal) -> None: ...


@scenario(rehearses="a", begins="pending")  # mypy: arg-type  pyright: reportArgumentType
async def test_stage_as_text(rehearsal: Rehearsal) -> None: ...


@scenario("a", begins=Stage.PENDING)  # mypy: call-arg  pyright: reportCallIssue
async def test_by_position(rehearsal: Rehearsal) -> None: ...


@scenario(rehearses="a")  # mypy: call-arg  pyright: reportCallIssue
async def test_without_a_beginning(rehearsal: Rehearsal) -> None: ...


async def plays(rehearsal: Rehearsal, order: PlacedOrder) -> None:
    rehearsal.seller.links_the_shops()  # mypy: unused-coroutine  pyright: reportUnusedCoroutine
    await rehearsal.buyer.orders(SHOP)  # mypy: call-arg  pyright: reportCallIssue
    await rehearsal.passes(15)  # mypy: call-arg  pyright: reportCallIssue
    await rehearsal.clerk.ships(order.name)  # mypy: arg-type  pyright: reportArgumentType
    rehearsal.shelves.look("SKU", on="shop")  # mypy: arg-type  pyright: reportArgumentType
"""


def expected(tool: str) -> set[tuple[int, str]]:
    """Give the lines that a tool must refuse, each with the rule."""
    lines = enumerate(WRONG.splitlines(), start=1)
    return {(number, rule) for number, line in lines for rule in re.findall(rf"{tool}: ([\w-]+)", line.partition("#")[2])}


def mypy(path: Path, folder: Path) -> set[tuple[int, str]]:
    """Give what mypy refuses in a file: line and rule."""
    words = ["--strict", "--no-error-summary", "--no-pretty", "--hide-error-context", "--cache-dir", str(folder / "cache"), str(path)]
    done = subprocess.run([sys.executable, "-m", "mypy", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found = re.findall(rf"{path.name}:(\d+): error: .*\[([\w-]+)\]", done.stdout)
    return {(int(line), rule) for line, rule in found}


def pyright(path: Path, folder: Path, *, mode: str = "strict") -> set[tuple[int, str]]:
    """Give what pyright refuses in a file: line and rule."""
    if path.parent != folder:
        path = Path(shutil.copy(path, folder))
    settings = folder / "pyrightconfig.json"
    settings.write_text(
        json.dumps({"include": [path.name], "extraPaths": [str(ROOT / "harness")], "typeCheckingMode": mode, "pythonVersion": "3.11"})
    )
    words = ["-p", str(settings), "--pythonpath", sys.executable, "--outputjson"]
    done = subprocess.run([sys.executable, "-m", "pyright", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert told["summary"]["filesAnalyzed"] == 1, told
    return {(one["range"]["start"]["line"] + 1, one.get("rule", "")) for one in told["generalDiagnostics"] if one["severity"] == "error"}


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """Write the wrong adapters to a file."""
    path = tmp_path / "wrong.py"
    path.write_text(WRONG)
    return path


@pytest.fixture
def readme(tmp_path: Path) -> Path:
    """Write the README's adapter to a file."""
    found = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    path = tmp_path / "readme.py"
    path.write_text(next(str(code) for code in found if "class Watcher" in code))
    return path


def test_mypy_knows_the_public_types(tmp_path: Path) -> None:
    assert mypy(PUBLIC, tmp_path) == set()


@NEEDS_NODE
def test_pyright_knows_the_public_types(tmp_path: Path) -> None:
    assert pyright(PUBLIC, tmp_path) == set()


def test_mypy_refuses_what_is_wrong(wrong: Path, tmp_path: Path) -> None:
    assert mypy(wrong, tmp_path) == expected("mypy")


@NEEDS_NODE
def test_pyright_refuses_what_is_wrong(wrong: Path, tmp_path: Path) -> None:
    assert pyright(wrong, tmp_path, mode="standard") == expected("pyright")


def test_mypy_accepts_the_readmes_adapter(readme: Path, tmp_path: Path) -> None:
    assert mypy(readme, tmp_path) == set()


def test_every_public_name_is_pinned() -> None:
    text = PUBLIC.read_text(encoding="utf-8")

    assert [name for name in gladi.__all__ if not re.search(rf"\b{name}\b", text)] == []
