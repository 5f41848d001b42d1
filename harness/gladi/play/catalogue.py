"""The catalogue: every scenario that Gladi ships, wherever it is installed."""

from __future__ import annotations

import hashlib
import importlib
from functools import lru_cache
from pathlib import Path

import gladi
from gladi.judge.invariants import INVARIANTS
from gladi.play.faults import ScenarioError
from gladi.play.scenario import Scenario, of

__all__ = ["catalogue", "digest", "module_of", "scenarios_folder", "shipped"]


def scenarios_folder() -> Path:
    """Give the folder of the shipped scenarios: inside the package, or in the checkout that an editable install points to."""
    package = Path(gladi.__file__).parent
    inside = package / "scenarios"
    if inside.is_dir():
        return inside
    checkout = package.parent.parent
    if str(checkout) not in gladi.__path__:
        gladi.__path__.append(str(checkout))  # `gladi.scenarios` then means ours, whatever else is called `scenarios`
    return checkout / "scenarios"


def shipped(path: Path) -> bool:
    """Tell whether a file is one of the shipped scenarios."""
    return path.suffix == ".py" and path.is_relative_to(scenarios_folder())


def module_of(path: Path) -> str:
    """Give the module name under which a shipped scenario file is imported."""
    parts = path.relative_to(scenarios_folder()).with_suffix("").parts
    return ".".join(("gladi.scenarios", *parts))


@lru_cache(maxsize=1)
def catalogue() -> tuple[Scenario, ...]:
    """Load every shipped scenario, in the order in which it is rehearsed: by phase, then by file, then as written.

    Raises:
        ScenarioError: two scenarios bear one id.
    """
    found: dict[str, Scenario] = {}
    for path in sorted(scenarios_folder().glob("*/*.py")):
        module = importlib.import_module(module_of(path))
        for value in vars(module).values():
            scenario = of(value)
            if scenario is None:
                continue
            for name in (scenario.id, *scenario.formerly):
                other = found.get(name)
                if other is not None and other is not scenario:
                    raise ScenarioError(
                        f"two scenarios are called {name!r}: {other.path.name} and {scenario.path.name}; ids are never reused"
                    )
            found[scenario.id] = scenario
    return tuple(sorted(found.values(), key=lambda one: (one.phase.label, one.process, one.line)))


def digest() -> str:
    """Give a hash over the catalogue: the ids and texts of its scenarios and the rules of its invariants."""
    summed = hashlib.sha256()
    for one in catalogue():
        summed.update(f"{one.id}\n{one.story}\n{one.begins}\n".encode())
    for kind in INVARIANTS:
        summed.update(f"{kind.id}\n{kind.__doc__}\n".encode())
    return summed.hexdigest()[:16]
