"""A speaker: the person or body that a source resolves to, within and across articles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke. `kind` is person, org or group (anonymous or collective sources); `authority` an id the user gave."""

    id: str
    name: str
    kind: str = "person"
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """What a user knows of a name: `alias` means the one called `name`, with an authority's id where there is one."""

    alias: str
    name: str
    authority: str | None = None
