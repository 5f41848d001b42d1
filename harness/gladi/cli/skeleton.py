"""The skeleton of an adapter: what `gladi init` writes into a user's repository, printed from the interfaces themselves.

1. As it is written it declares nothing, so a rehearsal runs at once and says of every capability that it was not rehearsed.
2. It becomes a whole adapter by taking away `# ` alone: lines that begin with `# --` are headings and stay.
3. It keeps to 88 columns and to the rules that ruff has without settings, with and without the `# `.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

from gladi.play.adapter import CAPABILITIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["skeleton"]

_WIDTH = 88

_TEXT = '''\
"""Our system as Gladi rehearses it: `pytest --rehearse` takes it through the merge.

Gladi makes an Adapter for each scenario, wakes it by `tick` and brings it webhooks by
`receive`. What else your system can do, declare: take away the `# ` before a base
below and before its methods, and let them call your system. A scenario that needs
what is not declared is "not rehearsed", which is never green.

Every method may be plain or async. `python -c "import gladi; help(gladi.Venue)"`
explains what you are given, and likewise each other type.
"""

from __future__ import annotations

# from collections.abc import Mapping, Sequence
from datetime import datetime

import gladi


class Adapter(
    gladi.System,
{bases}
):
    """What stands between Gladi and our system."""

    def __init__(self, venue: gladi.Venue) -> None:
        """Set the system up for this venue: URLs, credentials, a folder, a clock."""
        self.venue = venue

    def tick(self, now: datetime) -> datetime | None:
        """Do what is due and say when to be woken next, or None: by events alone."""
        return None

    def receive(self, delivery: gladi.Delivery) -> int:
        """Take one webhook and answer its HTTP status; 2xx: understood and kept."""
        return 501  # nothing here understands a webhook yet

{methods}
'''


def skeleton() -> str:
    """Give the text of a module with a class `Adapter`: a system that does nothing yet, and every capability, commented out."""
    bases = "\n".join(f"    # gladi.{one.__name__}," for one in CAPABILITIES)
    methods = "\n\n".join("\n".join(_commented(one)) for one in CAPABILITIES)
    return _TEXT.format(bases=bases, methods=methods)


def _commented(capability: type) -> Iterator[str]:
    """Give the lines of one capability."""
    yield f"    # -- {capability.__name__}: {_first_line(capability)}"
    for name, method in vars(capability).items():
        if getattr(method, "__isabstractmethod__", False):
            yield "    #"
            yield from (f"    # {line}" for line in _method(name, method))


def _method(name: str, method: object) -> Iterator[str]:
    signature = inspect.signature(method)  # type: ignore[arg-type]  # an abstract method is a function
    known = getattr(method, "__globals__", {})
    given = ", ".join(_parameters(signature, known))
    answer = _written(str(signature.return_annotation), known)
    line = f"def {name}({given}) -> {answer}:"
    if len(line) + 4 <= _WIDTH:
        yield line
    else:
        yield from (f"def {name}(", f"    {given}", f") -> {answer}:")
    yield f'    """{_first_line(method)}"""'
    yield "    raise NotImplementedError"


def _parameters(signature: inspect.Signature, known: Mapping[str, object]) -> Iterator[str]:
    names_only = False
    for name, one in signature.parameters.items():
        if one.kind is one.KEYWORD_ONLY and not names_only:
            names_only = True
            yield "*"
        kind = "" if one.annotation is one.empty else f": {_written(str(one.annotation), known)}"
        yield f"{name}{kind}" if one.default is one.empty else f"{name}{kind} = {one.default!r}"


def _written(annotation: str, known: Mapping[str, object]) -> str:
    """Give an annotation as a user writes it: a plain method's answer, and our types that its module knows, by their public names."""
    plain = re.sub(r"^MaybeAwaitable\[(.*)\]$", r"\1", annotation)

    def named(word: re.Match[str]) -> str:
        home = str(getattr(known.get(word[0]), "__module__", ""))
        return f"gladi.{word[0]}" if home.startswith("gladi.") else word[0]

    return re.sub(r"\b[A-Z]\w+", named, plain)


def _first_line(documented: object) -> str:
    return (inspect.getdoc(documented) or "").partition("\n")[0]
