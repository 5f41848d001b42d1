"""The shipped recordings, written anew: `python -m tests.recorded.renew`; with `--check` they stay, and what would change is named.

It plays the scenarios of the guide with the careful system on the sandbox, packs all but the main line, and replaces what is in
fixtures/recorded once every play was upheld.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gladi.platforms.recording.packed import PACKED, unpacked
from gladi.platforms.recording.recording import HAR, Recording
from tests.recorded.guide import guide
from tests.recorded.main_line import CELL, DOCUMENTED, FOLDER, ROOT, documentation

__all__ = ["command", "main", "otherwise"]

_SHOWN = 10


def command(folder: Path) -> list[str]:
    """Give what is typed to record the guide into `folder`; what else bears one of its names is recorded, too, and not taken over."""
    words = [sys.executable, "-m", "pytest", "--rehearse", "-q", "-p", "no:cacheprovider", "--rehearse-in-flight", str(CELL)]
    return [*words, f"--rehearse-record={folder}", "-k", " or ".join(sorted({play.scenario.id for play in guide()}))]


def main(words: list[str]) -> int:
    """Record, look whether all are there, and only then replace what was there before, or compare it."""
    with tempfile.TemporaryDirectory() as name:
        recorded, ready = Path(name) / "recorded", Path(name) / "ready"
        done = subprocess.run(command(recorded), cwd=ROOT, capture_output=True, text=True, check=False)
        left = [play.name for play in guide() if not (recorded / f"{play.name}{HAR}").is_file()]
        if done.returncode not in (0, 11) or left:  # 11: all that was selected was upheld, and not all was selected
            sys.stdout.write(f"{done.stdout}{done.stderr}\nnothing was replaced; not recorded: {', '.join(left) or 'none is missing'}\n")
            return 1
        for play in guide():
            Recording.read(recorded / f"{play.name}{HAR}").write(ready / play.file)
        documentation().write(ready / f"{DOCUMENTED}{HAR}")
        if "--check" in words:
            return _told(otherwise(FOLDER, ready))
        _replace(ready)
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    sys.stdout.write(f"{len(guide())} plays recorded, {size / 1e6:.1f} MB\n")
    return 0


def otherwise(shipped: Path, renewed: Path) -> list[str]:
    """Name the files that are in one of two folders alone, or hold other bytes there; of packed ones what they hold is compared.

    Another zlib packs the same into other bytes.
    """
    there, here = ({path.name: path for path in folder.iterdir()} for folder in (shipped, renewed))
    return [name for name in sorted({*there, *here}) if name not in there or name not in here or _held(there[name]) != _held(here[name])]


def _held(path: Path) -> bytes:
    return unpacked(path.read_bytes()) if path.name.endswith(PACKED) else path.read_bytes()


def _told(found: list[str]) -> int:
    more = f", and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    said = f"would be otherwise: {', '.join(found[:_SHOWN])}{more}" if found else "would be the same"
    sys.stdout.write(f"{len(guide())} plays recorded; the shipped recordings {said}\n")
    return 1 if found else 0


def _replace(ready: Path) -> None:
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.iterdir():
        path.unlink()
    for path in sorted(ready.iterdir()):
        shutil.copyfile(path, FOLDER / path.name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
