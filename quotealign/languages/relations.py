"""How words of a language stand to each other: opposed, alike, one of a set; measures, persons and tenses.

Read from the tables `relations` and `words.antonyms` of `xx.toml`. Words are given by their base form where a stem or
the list of irregular forms finds the others; scoring looks them up (`scoring/lexicon.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Value = Callable[[str, Any], Any]
"""Gives what a language file has under `table.key`, or a default."""


class Relations(NamedTuple):
    """What scoring knows of the words of one language. All words are in lower case."""

    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]
    """Two sides each: every word of one is opposed to every word of the other."""
    synonyms: tuple[tuple[str, ...], ...]
    contrasts: tuple[tuple[str, tuple[str, ...]], ...]
    """Sets of which one member excludes the others, with the kind of the edit that exchanges two."""
    irregular: Mapping[str, tuple[str, int]]
    """Form to base form and place in its line; the base form's own place is 0."""
    persons: Mapping[str, int]
    unreal: frozenset[str]
    speaking: frozenset[str]
    addressed: frozenset[str]
    tenses: Mapping[str, int]
    units: Mapping[str, tuple[str, float]]
    """Word or sign to its dimension and what one of it is in the dimension's first unit."""
    favourable: frozenset[str]
    unfavourable: frozenset[str]
    denying: frozenset[str]
    half_negations: frozenset[str]
    second_halves: Mapping[str, str]
    """Word that denies or limits only behind half a denial, to what it is compared as there."""
    endings: tuple[str, ...]
    past: tuple[str, ...]
    nonfinite: tuple[str, ...]
    prefixes: tuple[str, ...]
    affixes: tuple[tuple[str, str], ...]


KEYS = frozenset({"words.antonyms", *(f"relations.{field}" for field in Relations._fields)})
"""What `relations` asks a language file for."""


def relations(value: Value) -> Relations:
    """What a language file says of relations. Raises `TypeError` or `ValueError` where a table has a wrong shape."""

    def lines(path: str) -> list[str]:
        return [line for line in value(path, "").casefold().splitlines() if line.strip()]

    def words(path: str) -> tuple[str, ...]:
        return tuple(value(path, "").casefold().split())

    def numbered(path: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, line in enumerate(lines(path)):
            for word in line.split():
                found.setdefault(word, number)
        return found

    irregular: dict[str, tuple[str, int]] = {}
    for line in lines("relations.irregular"):
        forms = line.split()
        for place, form in enumerate(forms):
            irregular.setdefault(form, (forms[0], place))
    return Relations(
        opposites=tuple(
            sides
            for path in ("words.antonyms", "relations.opposites")
            for line in lines(path)
            for sides in _sides(line)
        ),
        synonyms=tuple(tuple(line.split()) for line in lines("relations.synonyms")),
        contrasts=tuple(_set(line) for line in lines("relations.contrasts")),
        irregular=irregular,
        persons=numbered("relations.persons"),
        unreal=frozenset(words("relations.unreal")),
        speaking=frozenset(words("relations.speaking")),
        addressed=frozenset(words("relations.addressed")),
        tenses=numbered("relations.tenses"),
        units={str(k).casefold(): _unit(str(v)) for k, v in value("relations.units", {}).items()},
        favourable=frozenset(words("relations.favourable")),
        unfavourable=frozenset(words("relations.unfavourable")),
        denying=frozenset(words("relations.denying")),
        half_negations=frozenset(words("relations.half_negations")),
        second_halves={str(k): str(v) for k, v in value("relations.second_halves", {}).items()},
        endings=words("relations.endings"),
        past=words("relations.past"),
        nonfinite=words("relations.nonfinite"),
        prefixes=words("relations.prefixes"),
        affixes=tuple(_pair(line) for line in lines("relations.affixes")),
    )


def _sides(line: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """`a b / x y` opposes a and b to x and y; a line without a stroke opposes its words to each other."""
    one, stroke, other = line.partition("/")
    if stroke:
        return [(frozenset(one.split()), frozenset(other.split()))]
    words = line.split()
    return [(frozenset({a}), frozenset({b})) for k, a in enumerate(words) for b in words[k + 1 :]]


def _set(line: str) -> tuple[str, tuple[str, ...]]:
    kind, colon, words = line.partition(":")
    return (kind.strip(), tuple(words.split())) if colon else ("contrast", tuple(line.split()))


def _unit(entry: str) -> tuple[str, float]:
    dimension, size = entry.split()
    return dimension, float(size)


def _pair(line: str) -> tuple[str, str]:
    one, other = line.split()
    return one, other
