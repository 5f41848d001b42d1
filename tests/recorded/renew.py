"""The shipped recordings, written anew: `python -m tests.recorded.renew`.

It plays the main line with the careful system on the sandbox, and replaces what is in fixtures/recorded once every play was upheld.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gladi.platforms.recording.recording import HAR, SIDECAR
from tests.recorded.main_line import CELL, DOCUMENTED, FOLDER, MAIN_LINE, ROOT, documentation

__all__ = ["command", "main"]


def command(folder: Path) -> list[str]:
    """Give what is typed to record the main line into `folder`."""
    words = [sys.executable, "-m", "pytest", "--rehearse", "-q", "-p", "no:cacheprovider", "--rehearse-in-flight", str(CELL)]
    return [*words, f"--rehearse-record={folder}", "-k", " or ".join(MAIN_LINE)]


def main() -> int:
    """Record, look whether all are there, and only then replace what was there before."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done = subprocess.run(command(folder), cwd=ROOT, capture_output=True, text=True, check=False)
        left = [one for one in MAIN_LINE if not list(folder.glob(f"{one}*{HAR}"))]
        if done.returncode not in (0, 11) or left:  # 11: all that was selected was upheld, and not all was selected
            sys.stdout.write(f"{done.stdout}{done.stderr}\nnothing was replaced; not recorded: {', '.join(left) or 'none is missing'}\n")
            return 1
        documentation().write(folder / f"{DOCUMENTED}{HAR}")
        FOLDER.mkdir(exist_ok=True)
        for path in (*FOLDER.glob(f"*{HAR}"), *FOLDER.glob(f"*{SIDECAR}")):
            path.unlink()
        for path in sorted(folder.iterdir()):
            shutil.copyfile(path, FOLDER / path.name)
    recorded = list(FOLDER.iterdir())
    sys.stdout.write(f"{len(MAIN_LINE)} plays recorded, {sum(path.stat().st_size for path in recorded) / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
