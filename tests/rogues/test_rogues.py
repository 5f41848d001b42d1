"""Every rogue is caught for what it declares, and for nothing else; the careful system upholds everything, on both faces."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from gladi.judge.invariants import INVARIANTS

LAZY = """
from gladi import System, SeesOrders, ShipsOrders, SetsPrices, SetsStock, EditsProducts, LinksShops, LinksProducts, TellsSeller
class Lazy(System, SeesOrders, ShipsOrders, SetsPrices, SetsStock, EditsProducts, LinksShops, LinksProducts, TellsSeller):
    def __init__(self, venue): pass
    def tick(self, now): return None
    def receive(self, d): return 200
    def orders(self): return []
    def ship(self, o): pass
    def set_price(self, sku, amount): pass
    def set_stock(self, sku, quantity): pass
    def edit_product(self, sku, *, title=None, description=None): pass
    def shop_links(self): return []
    def product_links(self): return []
    def notices(self): return []
    def fields(self, about): return {}
"""

ROOT = Path(__file__).parents[2]
ROGUES = sorted(path.stem for path in (ROOT / "examples" / "rogues").glob("*.py") if path.stem != "__init__")


def class_of(rogue: str) -> str:
    return "".join(word.capitalize() for word in rogue.split("_"))


def rehearse(system: str, folder: Path, *options: str) -> dict[str, Any]:
    """Rehearse a system in a folder of its own and give its verdict."""
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\n")
    command = [sys.executable, "-m", "pytest", "--rehearse", "--rehearse-system", system, "-q", "-p", "no:cacheprovider", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    verdict: dict[str, Any] = json.loads((folder / "reports" / "verdict.json").read_text())
    return verdict


def broken(verdict: dict[str, Any]) -> dict[str, set[str]]:
    """Give the invariants that were broken, each with the kinds of entries that prove it."""
    found: dict[str, set[str]] = {one["id"]: set() for one in verdict["invariants"] if one["outcome"] == "broken"}
    for scenario in verdict["scenarios"]:
        for finding in scenario["findings"]:
            if finding["about"] in found:
                found[finding["about"]] |= set(finding["evidence"])
    return found


@pytest.mark.parametrize("rogue", ROGUES)
def test_a_rogue_breaks_what_it_declares_and_nothing_else(rogue: str, tmp_path: Path) -> None:
    declared = import_module(f"examples.rogues.{rogue}")

    verdict = rehearse(f"examples.rogues.{rogue}:{class_of(rogue)}", tmp_path)

    assert broken(verdict) == declared.BREAKS
    assert {one["id"] for one in verdict["scenarios"] if not one["asserted"]} == declared.FAILS
    assert {one["raised"] for one in verdict["scenarios"]} == {""}, "an exception in a rogue is not a breach"


@pytest.mark.parametrize("face", ["inprocess", "served"])
def test_the_careful_system_upholds_every_scenario_and_every_invariant(face: str, tmp_path: Path) -> None:
    verdict = rehearse("examples.careful:Careful", tmp_path, "--rehearse-face", face)

    assert {one["outcome"] for one in verdict["scenarios"]} == {"upheld"}
    assert {one["outcome"] for one in verdict["invariants"]} == {"upheld"}
    assert verdict["verdict"] == "upheld"


def test_every_invariant_is_broken_by_a_rogue() -> None:
    declared = {name for rogue in ROGUES for name in import_module(f"examples.rogues.{rogue}").BREAKS}

    assert declared == {kind.id for kind in INVARIANTS}


def test_no_scenario_is_upheld_by_a_system_that_declares_everything_and_does_nothing(tmp_path: Path) -> None:
    (tmp_path / "lazy.py").write_text(LAZY)

    verdict = rehearse("lazy:Lazy", tmp_path)

    assert {one["outcome"] for one in verdict["scenarios"]} == {"broken"}
