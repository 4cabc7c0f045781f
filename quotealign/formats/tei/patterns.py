"""Content models, and what may follow what in them.

By derivatives: Clark, J. (2002): An algorithm for RELAX NG validation.
"""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

Pattern: TypeAlias = tuple["str | Pattern", ...]
"""A content model: `("empty",)`, `("never",)`, `("text",)`, `("element", tag)`, `("either", p, q)`, `("then", p, q)`,
`("many", p)` for one or more."""

EMPTY: Pattern = ("empty",)
NEVER: Pattern = ("never",)
TEXT: Pattern = ("text",)


def either(one: Pattern, other: Pattern) -> Pattern:
    """The one or the other."""
    if one in (NEVER, other):
        return other
    return one if other == NEVER else ("either", one, other)


def then(one: Pattern, other: Pattern) -> Pattern:
    """The one and behind it the other."""
    if NEVER in (one, other):
        return NEVER
    if one == EMPTY:
        return other
    return one if other == EMPTY else ("then", one, other)


@cache
def may_end(pattern: Pattern) -> bool:
    """Whether nothing more has to come."""
    kind, *parts = pattern
    if kind == "either":
        return any(may_end(part) for part in parts if isinstance(part, tuple))
    if kind in ("then", "many"):
        return all(may_end(part) for part in parts if isinstance(part, tuple))
    return kind in ("empty", "text")


@cache
def after(pattern: Pattern, tag: str) -> Pattern:
    """What may follow an element with this tag (or text, for an empty tag)."""
    match pattern:
        case ("text",):
            return TEXT if not tag else NEVER
        case ("element", name):
            return EMPTY if name == tag else NEVER
        case ("either", tuple() as one, tuple() as other):
            return either(after(one, tag), after(other, tag))
        case ("many", tuple() as one):
            return then(after(one, tag), either(pattern, EMPTY))
        case ("then", tuple() as one, tuple() as other):
            first = then(after(one, tag), other)
            return either(first, after(other, tag)) if may_end(one) else first
    return NEVER


@cache
def may_come(pattern: Pattern) -> frozenset[str]:
    """The tags that may come next; an empty tag for text."""
    match pattern:
        case ("text",):
            return frozenset({""})
        case ("element", str() as name):
            return frozenset({name})
        case ("either", tuple() as one, tuple() as other):
            return may_come(one) | may_come(other)
        case ("many", tuple() as one):
            return may_come(one)
        case ("then", tuple() as one, tuple() as other):
            return may_come(one) | may_come(other) if may_end(one) else may_come(one)
    return frozenset()
