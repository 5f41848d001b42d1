"""A page of HTML sealed against the outside: what would load from elsewhere is cut out, and the browser is told to refuse the rest.

Both Allure CLIs put a statistics script into what they generate (ecosystem study, 1.1); a report of a rehearsal may lie on a machine
without a network, and who reads it is nobody's business.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

__all__ = ["outside", "sealed"]

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' data: blob:; style-src 'unsafe-inline' data: blob:; "
    "img-src data: blob:; font-src data: blob:; media-src data: blob:; connect-src data: blob:; frame-src data: blob: about:; "
    "worker-src data: blob:; form-action 'none'"
)
_LOADS = frozenset(("src", "srcset", "poster", "data", "background", "action", "formaction", "manifest"))
_LINKED = frozenset(("link", "use", "image", "base"))
"""Elements whose `href` loads; that of `a` waits for a reader's click."""

_HARMLESS = ("data:", "blob:", "about:", "#", "javascript:")
_SCRIPT = re.compile(r"<script\b(?P<head>[^>]*)>(?P<body>.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_SOURCE = re.compile(r"""\bsrc\s*=\s*["']?(?P<address>[^"'\s>]+)""", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*["']?(?P<address>[^"')]*)|@import\s+["'](?P<imported>[^"']*)""", re.IGNORECASE)
_STATISTICS = re.compile(r"googletagmanager\.com|google-analytics\.com|\bgtag\(")
_SHORT = 2000
"""An inline script longer than this is the viewer itself, which may only speak of statistics."""


def sealed(page: str) -> str:
    """Give the page without outside and statistics scripts, with a content security policy that lets nothing load from elsewhere."""

    def kept(script: re.Match[str]) -> str:
        source = _SOURCE.search(script["head"])
        if source is not None and not _inside(source["address"]):
            return ""
        return "" if len(script["body"]) < _SHORT and _STATISTICS.search(script["body"]) else script[0]

    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    return re.sub(r"<head\b[^>]*>", lambda head: head[0] + policy, _SCRIPT.sub(kept, page), count=1, flags=re.IGNORECASE)


def outside(page: str) -> list[str]:
    """Name every address that the page itself would load from elsewhere: by an element, a style or an import in a style."""
    seen = _Loads()
    seen.feed(page)
    seen.close()
    return seen.found


class _Loads(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._styled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._styled = tag == "style"
        for name, value in attrs:
            address = (value or "").strip()
            loads = name in _LOADS or (tag in _LINKED and name in ("href", "xlink:href"))
            if loads and not _inside(address):
                self.found.append(address)
            elif name == "style":
                self._style(address)

    def handle_endtag(self, tag: str) -> None:
        self._styled = self._styled and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._styled:
            self._style(data)

    def _style(self, text: str) -> None:
        found = (match["address"] or match["imported"] or "" for match in _URL.finditer(text))
        self.found += [address for address in found if not _inside(address)]


def _inside(address: str) -> bool:
    return not address or address.startswith(_HARMLESS)
