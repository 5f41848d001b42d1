"""Finding the system's adapter and checking, before anything is collected, that it is what it says it is."""

from __future__ import annotations

import importlib
import inspect
import sys
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gladi.play import system as interface

__all__ = ["CAPABILITIES", "Adapter", "AdapterError", "load"]

CAPABILITIES: tuple[type, ...] = (
    interface.SeesOrders,
    interface.ShipsOrders,
    interface.SetsPrices,
    interface.SetsStock,
    interface.EditsProducts,
    interface.ListsProducts,
    interface.Chats,
    interface.LinksShops,
    interface.LinksProducts,
    interface.PrintsDocuments,
    interface.TellsSeller,
)


class AdapterError(Exception):
    """The adapter cannot be used; the text is one sentence for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """A system's adapter, found and checked."""

    spec: str
    factory: interface.Factory
    kind: type
    capabilities: frozenset[type]

    @property
    def name(self) -> str:
        """The adapter as a report names it."""
        return self.kind.__name__

    @property
    def version(self) -> str | None:
        """The version of the system itself, where the adapter says it: a text attribute `version` of its class."""
        version = getattr(self.kind, "version", None)
        return version if isinstance(version, str) else None


def load(spec: str, *, root: Path | None = None) -> Adapter:
    """Import `module:attribute` and check it; `root` is put on the path, as `python -m pytest` would.

    Raises:
        AdapterError: no such module or attribute, or it is no adapter. An exception inside the user's module passes through.
    """
    module_name, colon, attribute = spec.partition(":")
    if not colon or not module_name or not attribute:
        raise AdapterError(f"{spec!r} names no adapter; write module:attribute, such as myshop.rehearsal:Adapter")
    if root is not None and str(root) not in sys.path:
        sys.path.insert(0, str(root))
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not (module_name == error.name or module_name.startswith(f"{error.name}.")):
            raise
        raise AdapterError(
            f"there is no module {error.name!r} (from {spec!r}); name one that can be imported from {root or 'here'}"
        ) from None
    factory: Any = module
    for part in attribute.split("."):
        factory = getattr(factory, part, None)
        if factory is None:
            raise AdapterError(f"{module_name} has no {attribute!r}; write the name of your adapter's class or factory")
    if not callable(factory):
        raise AdapterError(f"{spec} is a {type(factory).__name__}, and an adapter is a class or a function that takes a Venue")
    kind = _made_by(factory, spec)
    return Adapter(spec, factory, kind, _checked(kind, spec))


def _made_by(factory: Any, spec: str) -> type:  # noqa: ANN401 - any callable a user may name
    """Find the class that a factory makes: the class itself, or what its return annotation names."""
    if inspect.isclass(factory):
        return factory
    function = inspect.unwrap(factory)
    try:
        made = typing.get_type_hints(function).get("return")
    except NameError as error:
        raise AdapterError(f"{spec} has a return annotation that cannot be read: {error}; import the class at run time") from None
    while (parts := typing.get_args(made)) and not inspect.isclass(made):
        made = parts[0]
    if not inspect.isclass(made):
        raise AdapterError(f"{spec} does not say what it makes; annotate its return type with the adapter's class")
    return made


def _checked(kind: type, spec: str) -> frozenset[type]:
    declared = frozenset(capability for capability in CAPABILITIES if capability in kind.__mro__)
    for asked in (interface.System, *sorted(declared, key=lambda one: one.__name__)):
        for name in _methods(asked):
            _check(kind, asked, name, spec)
    return declared


def _methods(asked: type) -> list[str]:
    return sorted(getattr(asked, "__abstractmethods__", ()))


def _check(kind: type, asked: type, name: str, spec: str) -> None:
    promised = inspect.signature(inspect.getattr_static(asked, name))
    shape = f"{name}{_shape(promised)}"
    found = inspect.getattr_static(kind, name, None)
    what = "an adapter must have" if asked is interface.System else f"declares {asked.__name__}, which asks for"
    if found is None or found is inspect.getattr_static(asked, name):
        subject = f"{spec}: " if asked is interface.System else f"{spec} "
        raise AdapterError(f"{subject}{what} {shape}; write that method{'' if asked is interface.System else ' or drop the base class'}")
    bound = getattr(kind, name)
    if not callable(bound):
        raise AdapterError(f"{spec}.{name} is a {type(found).__name__} and cannot be called; {asked.__name__} asks for {shape}")
    try:
        actual = inspect.signature(bound)
        positional = [None for one in promised.parameters.values() if one.kind is not one.KEYWORD_ONLY]
        if isinstance(found, staticmethod | classmethod):
            positional = positional[1:]
        actual.bind(*positional, **{one.name: None for one in promised.parameters.values() if one.kind is one.KEYWORD_ONLY})
    except TypeError:
        raise AdapterError(f"{spec}.{name} takes {_shape(inspect.signature(bound))}; {asked.__name__} calls it as {shape}") from None


def _shape(signature: inspect.Signature) -> str:
    parameters = [one.replace(annotation=inspect.Parameter.empty) for one in signature.parameters.values() if one.name != "self"]
    return str(signature.replace(parameters=parameters, return_annotation=inspect.Signature.empty))
