"""How strictly a generated client has decoded an answer: what it left over, what had another type, what it never got."""

from __future__ import annotations

import re
from typing import Any

import attrs

__all__ = ["Decoded"]

_SCALARS: dict[str, type] = {"str": str, "int": int, "bool": bool}
_LEFT_OVER = "additional_properties"


class Decoded:
    """Gathers over many answers, by path such as `orders[].payment.currency`."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self.left_over: set[str] = set()
        self.wrong: set[str] = set()
        self.answered: set[str] = set()
        self._known: set[str] = set()

    @property
    def unanswered(self) -> set[str]:
        """Fields of the client's models, of objects that were answered, that no answer had."""
        return self._known - self.answered

    def sees(self, model: Any, path: str = "") -> None:
        """Look at a decoded model, and into it."""
        self.left_over |= {f"{path}{name}" for name in model.additional_properties}
        for field in attrs.fields(type(model)):
            if field.name == _LEFT_OVER:
                continue
            here = f"{path}{field.name.rstrip('_')}"
            value = getattr(model, field.name)
            self._known.add(here)
            if type(value).__name__ != "Unset":
                self.answered.add(here)
                self._value(value, str(field.type).removesuffix(" | Unset"), here)

    def _value(self, value: Any, kind: str, path: str) -> None:
        items = re.fullmatch(r"list\[(.+)\]", kind)
        if items is not None:
            if not isinstance(value, list):
                self.wrong.add(path)
                return
            for item in value:
                self._value(item, items[1], f"{path}[]")
        elif kind in _SCALARS:
            if type(value) is not _SCALARS[kind]:
                self.wrong.add(path)
        elif attrs.has(type(value)):
            self.sees(value, f"{path}.")
        else:
            self.wrong.add(path)
