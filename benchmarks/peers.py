"""The peers, kept in a throw-away folder of their own, so that nothing of theirs is ever installed beside Gladi.

With `--peers FOLDER` what is missing there is installed from the registries that pip and npm are set up for; without
it, and where that fails, the table says that a peer was not to be had.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.paired import Ratio, spread
from benchmarks.target import Options, Row

__all__ = ["in_process", "java_archive"]

_PYTHON = {"pytest-httpx": "pytest-httpx", "FastAPI": "fastapi", "moto": "moto[sqs]"}
"""Peers in process, by the name they have in the table, and what pip calls them."""
_ROOT = Path(__file__).parent.parent
_NOT_HERE = "peer not to be had here"
_PATIENCE = 600


def _python(folder: Path) -> Path | None:
    """Give the interpreter of the peers' environment, and make it at the first use."""
    found = folder / "venv" / "bin" / "python"
    if not found.exists():
        _try(sys.executable, "-m", "venv", str(folder / "venv"))
        _try(str(found), "-m", "pip", "install", "--quiet", "httpx", "sniffio", "boto3", *_PYTHON.values())
    return found if found.exists() else None


def _try(*command: str, cwd: Path = _ROOT) -> str | None:
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True, timeout=_PATIENCE)  # noqa: S603 - named above
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def in_process(options: Options) -> list[Row]:
    """Give a row for each peer that answers httpx (or boto3) in process, measured beside its own floor in its own process."""
    python = _python(options.peers) if options.peers else None
    return [_row(name, python, options) for name in _PYTHON]


def _row(name: str, python: Path | None, options: Options) -> Row:
    what = f"peer: {name} next to the floor"
    printed = _try(str(python), "-m", "benchmarks.peer_calls", name, "5" if options.quick else "21") if python else None
    if printed is None:
        return Row(what, None, note=_NOT_HERE)
    ratio: Ratio = spread(json.loads(printed))
    return Row(what, ratio.median)


def java_archive(options: Options) -> Path | None:
    """Give WireMock's archive, or None without a folder for peers, npm or java."""
    if options.peers is None or not shutil.which("npm") or not shutil.which("java"):
        return None
    options.peers.mkdir(parents=True, exist_ok=True)
    for again in (False, True):
        found = sorted((options.peers / "node_modules" / "wiremock").rglob("wiremock-standalone*.jar"))
        if found or again:
            return found[-1] if found else None
        _try("npm", "install", "--no-audit", "--no-fund", "--prefix", str(options.peers), "wiremock", cwd=options.peers)
    return None
