"""The mutants of tests/mutants still fit the code; `nox -s mutants` applies each and sees the test fail that it names."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MUTANTS = sorted((ROOT / "tests" / "mutants").glob("*.patch"))


def test_there_are_at_least_ten_mutants() -> None:
    assert len(MUTANTS) >= 10


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda path: path.stem)
def test_a_mutant_fits_the_code_and_names_a_test_that_is_there(mutant: Path) -> None:
    named = re.match(r"# fails: (\S+)::(\w+)", mutant.read_text())
    assert named is not None

    fits = subprocess.run(["git", "apply", "--check", str(mutant)], cwd=ROOT, capture_output=True, text=True, check=False)

    assert fits.returncode == 0, fits.stderr
    assert f"def {named[2]}(" in (ROOT / named[1]).read_text()
