"""A recorded answer with what was taken out of it put back: from the answer of the model, at the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from gladi.record.redact import MASK

if TYPE_CHECKING:
    from gladi.platforms.recording.pseudonyms import Pseudonyms
    from gladi.platforms.recording.redaction import Redaction
    from gladi.record.wire import Response

__all__ = ["restored"]

_WITHHELD = MASK.encode()
_TEXT_OR_NUMBER = (str, int, float)

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


def restored(recorded: Response, model: Response, redaction: Redaction) -> bytes:
    """Give a recorded body in which everything that `redaction` takes out of the model's is the model's.

    So tokens and ciphers are good for the model, and a name is the one that the model's world holds; a value that stands where a
    pseudonym stood has that pseudonym from now on, so that a request which carries it is found. Where the model has nothing at the
    place the pseudonym stays. A body that was withheld as a whole, such as a picture, is the model's as a whole.
    """
    if recorded.body == model.body:
        return recorded.body
    clean = redaction.response(model).body
    if clean == recorded.body or recorded.body.startswith(_WITHHELD):
        return model.body
    try:
        return _encode(_laid_over(_decode(recorded.body), _decode(model.body), _decode(clean), redaction.pseudonyms))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return recorded.body


def _laid_over(recorded: Any, model: Any, clean: Any, pseudonyms: Pseudonyms) -> Any:  # noqa: ANN401 - JSON
    if isinstance(recorded, dict) and isinstance(model, dict) and isinstance(clean, dict):
        return {
            name: _laid_over(value, model[name], clean[name], pseudonyms) if name in model and name in clean else value
            for name, value in recorded.items()
        }
    if isinstance(recorded, list) and isinstance(model, list) and isinstance(clean, list):
        rows = zip(recorded, model, clean, strict=False)
        return [*(_laid_over(*row, pseudonyms) for row in rows), *recorded[min(len(recorded), len(model)) :]]
    if model == clean or not recorded or type(recorded) is not type(model):
        return recorded
    if isinstance(recorded, str) and pseudonyms.originals.get(recorded) == recorded:
        return recorded  # a name that the model's world bears, whatever the model makes of it
    if recorded != clean and isinstance(model, _TEXT_OR_NUMBER):
        pseudonyms.learns(model, recorded)
    return model
