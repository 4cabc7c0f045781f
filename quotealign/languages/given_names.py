"""Given names: whom they tell of, and whether two can be one person's, by what `und.toml` lists for every language."""

from __future__ import annotations

from functools import lru_cache

from quotealign.languages.rules import language


def gender_of(given: str) -> str:
    """m or f of a given name as printed, ? where it tells nothing; of a name in two parts the first that tells."""
    known, name = language("und").given_names, given.casefold()
    return known.get(name) or next((known[part] for part in name.split("-") if part in known), "?")


@lru_cache(maxsize=16384)
def can_be_one(one: str, other: str) -> bool:
    """Whether two given names, lower-case and without accents, can be one person's: equal, one the initial of the
    other, or both what the same name is called in short (Joseph, J., Joe; Jean-Pierre, J.-P.)."""
    x, y = one.rstrip("."), other.rstrip(".")
    if x == y or (min(len(x), len(y)) == 1 and x[:1] == y[:1]):
        return True
    if "-" in x and "-" in y:
        parts, others = x.split("-"), y.split("-")
        return len(parts) == len(others) and all(map(can_be_one, parts, others))
    return y in language("und").short_names.get(x, ())
