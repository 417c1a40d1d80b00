"""``dataclass`` as in the standard library, but made in a tenth of the time: a talk imports hundreds of them and fills few.

Python compiles six methods for each frozen dataclass when its module is imported, which took a third of all importing. Here the
methods that need no compiling are shared, and ``__init__`` is compiled when the first object is made. Fields, ``replace``, pickles
and derived classes work as usual. Whatever isn't a plain class with slots is left to the standard library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import KW_ONLY, MISSING, Field, FrozenInstanceError, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

OWN = frozenset({"__init__", "__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__", "__getstate__"})
OPTIONS = frozenset({"frozen", "slots", "kw_only"})


def _sample(*, frozen: bool) -> Any:
    """Return a class of the standard library's, for what it notes about classes and fields and has no public name for."""
    made: Any = dataclasses.make_dataclass("_", ["one"], init=False, repr=False, eq=False)
    made.__dataclass_params__.frozen, made.__dataclass_params__.eq = frozen, True
    return made


_SAMPLES = _sample(frozen=False), _sample(frozen=True)


def _made(cls: type, options: dict[str, Any]) -> type:
    """Return a class as a dataclass."""
    if not options.get("slots") or not options.keys() <= OPTIONS or not OWN.isdisjoint(vars(cls)):
        return dataclasses.dataclass(**options)(cls)
    own = _own_fields(cls, kw_only=options.get("kw_only", False))
    every: dict[str, Field[Any]] = {}
    for base in cls.__mro__[-1:0:-1]:
        every |= getattr(base, "__dataclass_fields__", {})
    every |= own
    frozen = options.get("frozen", False)
    taken = {slot for base in cls.__mro__[1:-1] for slot in getattr(base, "__slots__", ())}
    space = {key: value for key, value in vars(cls).items() if key not in own}
    space.pop("__dict__", None)
    space.pop("__weakref__", None)
    key = _key(tuple(one.name for one in every.values() if one.compare))
    made: Any = type(cls)(
        cls.__name__,
        cls.__bases__,
        {
            **space,
            "__slots__": tuple(name for name in own if name not in taken),
            "__dataclass_fields__": every,
            "__dataclass_params__": _SAMPLES[frozen].__dataclass_params__,
            "__match_args__": tuple(one.name for one in every.values() if one.init and not one.kw_only),
            "__repr__": _repr_of(tuple(one.name for one in every.values() if one.repr)),
            **_comparison(key, hashed=frozen),
            **(FROZEN if frozen else {}),
        },
    )
    made.__qualname__ = cls.__qualname__
    made.__init__ = _init_later(made, frozen=frozen)
    return made  # type: ignore[no-any-return]


def _own_fields(cls: type, *, kw_only: bool) -> dict[str, Field[Any]]:
    """Return the fields that a class declares itself."""
    own: dict[str, Field[Any]] = {}
    for name, kind in cls.__annotations__.items():
        if kind == "KW_ONLY" or kind is KW_ONLY:
            kw_only = True
        elif not str(kind).removeprefix("typing.").startswith("ClassVar"):
            given = vars(cls).get(name, MISSING)
            one: Any = given if isinstance(given, Field) else field(default=given)
            one.name, one.type = name, kind
            one._field_type = _SAMPLES[0].__dataclass_fields__["one"]._field_type  # noqa: SLF001 - which no function sets
            if one.kw_only is MISSING:
                one.kw_only = kw_only
            own[name] = one
    return own


def _key(names: tuple[str, ...]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda _: ()


def _init_later(cls: Any, *, frozen: bool) -> Callable[..., None]:
    """Return an ``__init__`` that replaces itself by a compiled one when it is first called."""

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        compiled = _compiled_init(cls, frozen=frozen)
        if cls.__dict__["__init__"] is init:
            cls.__init__ = compiled
        compiled(self, *args, **kwargs)

    return init


def _compiled_init(cls: Any, *, frozen: bool) -> Callable[..., None]:
    """Return the ``__init__`` that the standard library would have made."""
    known: dict[str, Any] = {"MISSING": MISSING}
    ordered, named, body = ["self"], list[str](), list[str]()
    for one in fields(cls):
        value = name = one.name
        if one.default_factory is not MISSING:
            known[f"make_{name}"] = one.default_factory
            value = f"make_{name}() if {name} is MISSING else {name}" if one.init else f"make_{name}()"
        default = "MISSING" if one.default_factory is not MISSING else f"default_{name}"
        known[f"default_{name}"] = one.default
        needed = one.default is MISSING and one.default_factory is MISSING
        if one.init:
            (named if one.kw_only else ordered).append(name if needed else f"{name}={default}")
        elif needed:
            continue
        elif one.default_factory is MISSING:
            value = default
        known[f"set_{name}"] = getattr(cls, name).__set__  # of its slot
        body.append(f"set_{name}(self, {value})" if frozen else f"self.{name} = {value}")
    body += ["self.__post_init__()"] * hasattr(cls, "__post_init__")
    heads = ", ".join((*ordered, *(["*", *named] if named else [])))
    exec(f"def __init__({heads}):\n " + "\n ".join(body or ["pass"]), known)  # noqa: S102 - names of fields only
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _comparison(key: Callable[[Any], Any], *, hashed: bool) -> dict[str, Any]:
    def eq(self: Any, other: Any) -> bool:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": eq, "__hash__": (lambda self: hash(key(self))) if hashed else None}


def _repr_of(names: tuple[str, ...]) -> Callable[[Any], str]:
    def as_text(self: Any) -> str:
        shown = ", ".join([f"{name}={getattr(self, name)!r}" for name in names])
        return f"{self.__class__.__qualname__}({shown})"

    return as_text


def _refuse_to_set(_: Any, name: str, __: Any) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: Any, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for one, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


FROZEN = {
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _set_state,
}

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(**options: Any) -> Callable[[type], type]:
        """Return a decorator that makes a dataclass, with the options of the standard library's."""
        return lambda cls: _made(cls, options)


__all__ = ["dataclass"]
