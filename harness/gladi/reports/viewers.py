"""The Allure command lines that may be installed, and how each makes one HTML file out of a folder of results."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import msgspec

from gladi.reports.filing import CATEGORIES

__all__ = ["INSTALL", "Viewer", "ViewerError", "found"]

INSTALL = "install Allure 3 (Node 22 or later: npm install --global allure) or Allure 2 (Java: npm install --global allure-commandline)"
"""What to type for the report in Allure's own form."""

_NAME = "Rehearsal of the merge into Tokopedia & Shop"
_PATIENCE = 600
"""Seconds; two thousand results take 24 (ecosystem study, 1.1)."""

_ROOM = "<style>iframe{min-height:75vh}</style>"
"""Allure 3 gives a page that is attached the eight lines a browser gives any frame."""

_HIDDEN = (
    *("host", "thread", "framework", "language", "package", "parentSuite", "suite", "subSuite"),
    *("as_id", "layer", "epic", "feature", "story", "mode"),
)
_CONFIG = {
    "name": _NAME,
    # Allure 2 reads the same from categories.json among the results.
    "categories": [{"name": one["name"], "matchers": [{"statuses": one["matchedStatuses"]}]} for one in CATEGORIES],
    "hideLabels": _HIDDEN,
    "plugins": {
        "awesome": {
            "options": {
                "reportName": _NAME,
                "singleFile": True,
                "reportLanguage": "en",
                "groupBy": ["phase", "platform", "process"],
            }
        }
    },
}


class ViewerError(RuntimeError):
    """An Allure command line made no report; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """One Allure command line: where it is, and its version."""

    command: str
    version: str

    @property
    def major(self) -> int:
        """The first number of the version."""
        return int(self.version.partition(".")[0])

    def makes(self, results: Path) -> str:
        """Give the report on a folder of results as one page of HTML, as the command line made it. Raises ViewerError."""
        with tempfile.TemporaryDirectory(prefix="gladi-report-") as name:
            folder = Path(name)
            done = self._runs(results.resolve(), folder)
            made = folder / "report" / "index.html"
            if done.returncode or not made.is_file():
                # Allure 3 puts the report of a single plugin at the top, and of several into folders of their own.
                made = next(iter(sorted((folder / "report").glob("*/index.html"))), made)
            if not made.is_file():
                said = (done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}").splitlines()[-1]
                raise ViewerError(f"Allure {self.version} made no report: {said}")
            page = made.read_text(encoding="utf-8")
            return page.replace("</head>", f"{_ROOM}</head>", 1) if self.major > 2 else page  # noqa: PLR2004 - as below

    def _runs(self, results: Path, folder: Path) -> subprocess.CompletedProcess[str]:
        config = folder / "allurerc.json"
        config.write_bytes(msgspec.json.encode(_CONFIG))
        words = [self.command, "generate", str(results), "--output", str(folder / "report")]
        words += ["--config", str(config)] if self.major > 2 else ["--single-file", "--clean", "--name", _NAME]  # noqa: PLR2004 - 3 is another program
        try:
            return subprocess.run(  # noqa: S603 - a command found by name, and our own words
                words,
                cwd=folder,
                env={**os.environ, "ALLURE_NO_ANALYTICS": "true"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as wrong:
            raise ViewerError(f"Allure {self.version} made no report: {wrong}") from None


def found(near: Path) -> Viewer | None:
    """Find an Allure command line: installed by npm in the folder `near` or above it, else on the PATH; None where there is none."""
    local = os.pathsep.join(str(folder / "node_modules" / ".bin") for folder in (near.resolve(), *near.resolve().parents))
    for command in (shutil.which("allure", path=local), shutil.which("allure")):
        if command is None:
            continue
        try:
            done = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 - as above
        except (OSError, subprocess.TimeoutExpired):
            continue
        version = re.search(r"\d+\.\d+(\.\d+)?", done.stdout)
        if version is not None and done.returncode == 0:
            return Viewer(command, version.group())
    return None
