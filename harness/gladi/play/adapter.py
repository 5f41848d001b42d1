"""Finding the system's adapter and checking, before anything is collected, that it is what it says it is."""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
import traceback
import typing
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from gladi.play import system as interface
from gladi.play.faults import AdapterError

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

__all__ = ["CAPABILITIES", "Adapter", "AdapterError", "load", "of_factory"]

CAPABILITIES: tuple[type, ...] = (
    interface.SeesOrders,
    interface.ShipsOrders,
    interface.ShipsInBatches,
    interface.AnswersCancellations,
    interface.SetsPrices,
    interface.SetsStock,
    interface.SetsMinimumOrders,
    interface.EditsProducts,
    interface.ListsProducts,
    interface.FindsProducts,
    interface.ChoosesCategories,
    interface.SharesLinks,
    interface.Chats,
    interface.BeginsChats,
    interface.OffersInChats,
    interface.LinksShops,
    interface.HearsTheShop,
    interface.LinksProducts,
    interface.PrintsDocuments,
    interface.KeepsRecords,
    interface.TellsSeller,
    interface.Restarts,
)


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
        AdapterError: no such module or attribute, the module raised, or what it holds is no adapter.
    """
    module_name, colon, attribute = spec.partition(":")
    if attribute and module_name.endswith(".py"):
        right = ".".join(part for part in module_name.removesuffix(".py").replace("\\", "/").split("/") if part not in {"", "."})
        raise AdapterError(f"{spec!r} names a file; an adapter is named by its module, without .py: {right}:{attribute}")
    if not colon or not module_name or not attribute or module_name.startswith("."):
        raise AdapterError(f"{spec!r} names no adapter; write module:attribute, such as myshop.rehearsal:Adapter")
    if root is not None and str(root) not in sys.path:
        sys.path.insert(0, str(root))
    factory: Any = _imported(module_name, spec, root)
    for part in attribute.split("."):
        factory = getattr(factory, part, None)
        if factory is None:
            raise AdapterError(f"{module_name} has no {attribute!r}; write the name of your adapter's class or factory")
    return _adapted(factory, spec)


def of_factory(factory: interface.Factory) -> Adapter:
    """Check an adapter that is at hand, a class or a factory.

    Raises:
        AdapterError: it is no adapter.
    """
    return _adapted(factory, f"{getattr(factory, '__module__', '?')}:{getattr(factory, '__qualname__', repr(factory))}")


def _adapted(factory: Any, spec: str) -> Adapter:  # noqa: ANN401 - any object that a user may name
    if not callable(factory):
        raise AdapterError(f"{spec} is {_a(factory)}, and an adapter is a class or a function that takes a Venue")
    kind = _made_by(factory, spec)
    declared = _checked(kind, spec)
    _check_call(factory, spec)
    return Adapter(spec, cast("interface.Factory", factory), kind, declared)


def _imported(name: str, spec: str, root: Path | None) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(f"{error.name}.")):
            raise AdapterError(
                f"there is no module {error.name!r} (from {spec!r}); name one that can be imported from {root or 'here'}"
            ) from None
        raise AdapterError(_why_not(name, error)) from None
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a module of the user's may raise
        raise AdapterError(_why_not(name, error)) from None


def _why_not(name: str, error: BaseException) -> str:
    text = str(error).partition("\n")[0]
    # A syntax error says where it is by itself.
    frame = None if isinstance(error, SyntaxError) else traceback.extract_tb(error.__traceback__)[-1]
    where = "" if frame is None else f" ({frame.filename.replace(chr(92), '/').rpartition('/')[2]}, line {frame.lineno})"
    return f"{name} cannot be imported: {type(error).__name__}: {text}{where}; python -c 'import {name}' shows the traceback"


def _made_by(factory: Any, spec: str) -> type:  # noqa: ANN401 - any callable a user may name
    """Find the class that a factory makes: the class itself, or what its return annotation names."""
    if inspect.isclass(factory):
        return factory
    function = inspect.unwrap(factory)
    if isinstance(function, functools.partial):
        function = function.func
    if not inspect.isroutine(function):
        function = type(function).__call__
    try:
        # Only what it returns: a parameter's type may well be imported for the type checker alone.
        said = {"return": hint} if (hint := inspect.get_annotations(function).get("return")) is not None else {}
        made = typing.get_type_hints(SimpleNamespace(__annotations__=said), getattr(function, "__globals__", {})).get("return")
    except NameError as error:
        raise AdapterError(f"{spec} has a return annotation that cannot be read: {error}; import the class at run time") from None
    while (parts := typing.get_args(made)) and not inspect.isclass(made):
        made = parts[0]
    if not inspect.isclass(made) or made is interface.System:
        raise AdapterError(f"{spec} does not say what it makes; annotate its return type with the adapter's class")
    return made


def _check_call(factory: Any, spec: str) -> None:  # noqa: ANN401 - as above
    """Make sure that a factory can be called with a Venue, and makes a system or an async context manager."""
    function = inspect.unwrap(factory)
    is_generator = inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(factory)
    if is_generator or inspect.iscoroutinefunction(function):
        what = "a generator" if is_generator else "async"
        raise AdapterError(f"{spec} is {what}; a factory is a plain function, or decorated with contextlib.asynccontextmanager")
    if inspect.isclass(factory) and (left := sorted(getattr(factory, "__abstractmethods__", ()))):
        raise AdapterError(f"{spec} leaves {', '.join(left)} abstract; write what is missing")
    try:
        signature = inspect.signature(factory)
    except ValueError:  # built in, and silent about its parameters
        return
    shape = "()"
    if not (inspect.isclass(factory) and _has_no_init(factory)):
        try:
            signature.bind(None)
        except TypeError:
            shape = _shape(signature)
        else:
            return
    raise AdapterError(f"{spec} takes {shape}; an adapter is called with a Venue and nothing else")


def _has_no_init(kind: type) -> bool:
    """Tell whether a class takes nothing: the bases of an adapter are protocols, whose own `__init__` says that it takes anything."""
    own = next(one for one in kind.__mro__ if "__init__" in vars(one) and not getattr(one, "_is_protocol", False))
    return own is object and vars(kind).get("__new__") is None


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
        raise AdapterError(f"{spec}.{name} is {_a(found)} and cannot be called; {asked.__name__} asks for {shape}")
    try:
        actual = inspect.signature(bound)
        positional = [None for one in promised.parameters.values() if one.kind is not one.KEYWORD_ONLY]
        if isinstance(found, staticmethod | classmethod):
            positional = positional[1:]
        actual.bind(*positional, **{one.name: None for one in promised.parameters.values() if one.kind is one.KEYWORD_ONLY})
    except ValueError:  # built in, and silent about its parameters
        return
    except TypeError:
        raise AdapterError(f"{spec}.{name} takes {_shape(inspect.signature(bound))}; {asked.__name__} calls it as {shape}") from None


def _a(value: object) -> str:
    kind = type(value).__name__
    return f"{'an' if kind[0].lower() in 'aeiou' else 'a'} {kind}"


def _shape(signature: inspect.Signature) -> str:
    parameters = [one.replace(annotation=inspect.Parameter.empty) for one in signature.parameters.values() if one.name != "self"]
    return str(signature.replace(parameters=parameters, return_annotation=inspect.Signature.empty))
