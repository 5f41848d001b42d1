"""What HTTP libraries log of requests: the whole URL, with tokens and signatures. While a run rehearses, it is cleaned as it is logged.

What the system logs of its own is its own, and stays as it is.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from gladi.record.redact import MASK, clean_headers, clean_path, clean_query, clean_text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CleanLogs", "cleaned"]

_LIBRARIES = frozenset(("httpx", "httpx2", "httpcore", "httpcore2"))
_URL = re.compile(r"(?P<place>https?://[^\s/?\"']+)(?P<path>[^\s?\"']*)(?:\?(?P<query>[^\s\"']*))?")
_WHO = re.compile(r"//[^@]*@")
_HEADER = re.compile(r"\(b(?P<q>['\"])(?P<name>[^'\"]*)(?P=q), b(?P<r>['\"])(?P<value>.*?)(?P=r)\)")


def cleaned(text: str) -> str:
    """Give a line that a library logged, without what is private in its URLs and headers."""
    return clean_text(_HEADER.sub(_header, _URL.sub(_url, text)))


def _url(found: re.Match[str]) -> str:
    pairs = clean_query(tuple(parse_qsl(found["query"] or "", keep_blank_values=True)))
    query = urlencode(pairs, safe=f"{MASK},/")
    return f"{_WHO.sub('//', found['place'])}{clean_path(found['path'])}{'?' if query else ''}{query}"


def _header(found: re.Match[str]) -> str:
    ((name, value),) = clean_headers([(found["name"], found["value"])])
    return f"({name}: {value})"


class CleanLogs:
    """Stands before whatever makes log records, from the beginning of a session to its end."""

    def __init__(self) -> None:
        """Begin at once."""
        self._before: Callable[..., logging.LogRecord] = logging.getLogRecordFactory()
        logging.setLogRecordFactory(self._made)

    def pytest_unconfigure(self) -> None:
        """Leave it as it was."""
        if logging.getLogRecordFactory() == self._made:
            logging.setLogRecordFactory(self._before)

    def _made(self, name: str, *args: Any, **named: Any) -> logging.LogRecord:  # noqa: ANN401 - as logging calls it
        record = self._before(name, *args, **named)
        if name.partition(".")[0] in _LIBRARIES:
            record.msg, record.args = cleaned(record.getMessage()), None
        return record
