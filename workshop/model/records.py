"""``dataclass`` as in the standard library, but made in a fifth of the time: a talk imports hundreds of them and fills few.

Python compiles six methods for each frozen dataclass when its module is imported, which took a third of all importing. Here the
methods that need no compiling are shared, and ``__init__`` is compiled when the first object is made. Fields, ``replace``, pickles
and derived classes work as usual. Whatever isn't a plain frozen class with slots is left to the standard library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

OWN = frozenset({"__init__", "__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__", "__getstate__"})


def _made(cls: type, options: dict[str, Any]) -> type:
    """Return a class as a dataclass."""
    derived = any(hasattr(base, "__dataclass_fields__") for base in cls.__bases__)
    plain = {key for key, value in options.items() if value} - {"kw_only"} == {"frozen", "slots"}
    if derived or not plain or "eq" in options or not OWN.isdisjoint(vars(cls)):
        return dataclasses.dataclass(**options)(cls)
    options = {"slots": True, "kw_only": options.get("kw_only", False)}
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, **options)(cls)
    made.__dataclass_params__.frozen = made.__dataclass_params__.eq = True  # for classes that derive from it
    compared = tuple(field.name for field in fields(made) if field.compare)
    made.__init__ = _init_later(made)
    made.__eq__, made.__hash__ = _comparison(attrgetter(*compared) if compared else lambda _: ())
    made.__repr__, made.__setattr__, made.__delattr__ = _repr, _refuse_to_set, _refuse_to_delete
    made.__getstate__, made.__setstate__ = _state, _set_state
    return made  # type: ignore[no-any-return]


def _init_later(cls: Any) -> Callable[..., None]:
    """Return an ``__init__`` that replaces itself by a compiled one when it is first called."""

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        compiled = _compiled_init(cls)
        if cls.__dict__["__init__"] is init:
            cls.__init__ = compiled
        compiled(self, *args, **kwargs)

    return init


def _compiled_init(cls: Any) -> Callable[..., None]:
    """Return the ``__init__`` that the standard library would have made."""
    known: dict[str, Any] = {"set_": object.__setattr__, "MISSING": MISSING}
    ordered, named, body = ["self"], list[str](), list[str]()
    for field in fields(cls):
        value = name = field.name
        if field.default_factory is not MISSING:
            known[f"make_{name}"] = field.default_factory
            value = f"make_{name}() if {name} is MISSING else {name}" if field.init else f"make_{name}()"
        default = "MISSING" if field.default_factory is not MISSING else f"default_{name}"
        known[f"default_{name}"] = field.default
        needed = field.default is MISSING and field.default_factory is MISSING
        if field.init:
            (named if field.kw_only else ordered).append(name if needed else f"{name}={default}")
        elif needed:
            continue
        elif field.default_factory is MISSING:
            value = default
        body.append(f"set_(self, {name!r}, {value})")
    body += ["self.__post_init__()"] * hasattr(cls, "__post_init__")
    heads = ", ".join((*ordered, *(["*", *named] if named else [])))
    exec(f"def __init__({heads}):\n " + "\n ".join(body or ["pass"]), known)  # noqa: S102 - names of fields only
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _comparison(key: Callable[[Any], Any]) -> tuple[Callable[[Any, Any], bool], Callable[[Any], int]]:
    def eq(self: Any, other: Any) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return eq, lambda self: hash(key(self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _refuse_to_set(_: Any, name: str, __: Any) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: Any, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(**options: Any) -> Callable[[type], type]:
        """Return a decorator that makes a dataclass, with the options of the standard library's."""
        return lambda cls: _made(cls, options)


__all__ = ["dataclass"]
