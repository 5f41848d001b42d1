"""The code of an answer as a platform writes it, in whichever of its envelopes it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from gladi.record.names import SECRET_IN_TEXT
from gladi.record.redact import MASK

if TYPE_CHECKING:
    from gladi.record.wire import Response

__all__ = ["code_of", "refuses", "said"]

_FIRST_BAD = 400
_FINE = ("", "0")
_FORM = re.compile(r"-?[A-Za-z0-9_.]{1,64}")


class _Header(msgspec.Struct):
    error_code: str | int | None = None


class _Envelope(msgspec.Struct):
    """Tokopedia's envelope has a header, that of the TikTok Shop Open API a code, that of Tokopedia's token host an error."""

    code: str | int | None = None
    header: _Header | None = None
    error: str | None = None


_decode = msgspec.json.Decoder(_Envelope).decode


def code_of(response: Response) -> str | None:
    """Give the code under which a platform refused; None on success, and where it wrote none.

    Findings and journals show it, so whatever has not the form of a code, or looks private, is masked.
    """
    if response.body[:1] != b"{":
        return None
    try:
        found = _decode(response.body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    code = found.code if found.code is not None else found.header.error_code if found.header is not None else found.error
    if code is None or str(code) in _FINE:
        return None
    text = str(code)
    return text if _FORM.fullmatch(text) and SECRET_IN_TEXT.search(text) is None else MASK


def refuses(response: Response) -> bool:
    """Tell whether a platform said no."""
    return response.status >= _FIRST_BAD or code_of(response) is not None


def said(response: Response) -> str:
    """Say status and code: `200`, or `403 with code 12052048`."""
    code = code_of(response)
    return str(response.status) if code is None else f"{response.status} with code {code}"
