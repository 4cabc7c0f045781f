"""Witnesses that read as translations: the tags of their languages, and who of them gives whose words.

A tag such as fr-t-en is French translated from English: BCP 47 with the extension T (RFC 6497). It is written only
where the evidence goes that far: drift says which of two articles is the translated one, and the source language is the
one that this article names, or else that of the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quotealign.formats.tei import header
from quotealign.formats.tei.elements import Element, tei
from quotealign.formats.tei.ids import language_tag
from quotealign.model import Drift, Quotation
from quotealign.model.drift import TRANSLATION

_SOURCE = r"(?!und|mul|zxx)[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?"
# What a tag of the user's own ends in (-x-…) would stand before the extension; there is none then.
_TAGS = re.compile(rf"{_SOURCE}(-([a-z0-9]{{5,8}}|[0-9][a-z0-9]{{3}}))*-t-{_SOURCE}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of the witnesses of one apparatus.

    plain  the tag of each, by its sigil
    full   the same, with what a witness is translated from where that is known
    links  original, translation, and how strong the evidence is: in [0, 1)
    """

    plain: Mapping[str, str]
    full: Mapping[str, str] = field(default_factory=dict)
    links: tuple[tuple[str, str, float], ...] = ()

    @property
    def whole(self) -> str:
        """The language of the whole text."""
        found = set(self.plain.values())
        return found.pop() if len(found) == 1 else "mul" if found else "und"

    @property
    def used(self) -> tuple[str, ...]:
        """All tags in use."""
        return (*self.plain.values(), *self.full.values())

    def of_reading(self, sigla: Sequence[str]) -> str | None:
        """The language of a reading of these witnesses, where the text around it does not tell.

        None for one that witnesses of different languages share: it belongs to no one of them.
        """
        for tags in (self.full, self.plain):
            found = {tags.get(sigil, "und") for sigil in sigla}
            if len(found) == 1:
                (tag,) = found
                return tag if tag != self.whole else None
        return None


def languages_of(witnesses: Sequence[Quotation], drifts: Sequence[Drift] = ()) -> Languages:
    """What is known of the languages of these witnesses, by the drift between their articles."""
    plain = {witness.id: language_tag(witness.lang) for witness in witnesses}
    home: dict[str, list[Quotation]] = {}
    for witness in witnesses:
        home.setdefault(witness.article, []).append(witness)
    sources: dict[str, set[str]] = {}
    candidates = []
    for drift in drifts:
        if drift.verdict != TRANSLATION or drift.translated is None:
            continue
        original = drift.a if drift.translated == drift.b else drift.b
        for translated in home.get(drift.translated, ()):
            for other in home.get(original, ()):
                source = drift.named or plain[other.id]
                if _first(source) != _first(plain[translated.id]):
                    sources.setdefault(translated.id, set()).add(source)
                    candidates.append((other.id, translated.id, drift.strength))
    full = dict(plain)
    for sigil, found in sources.items():
        if len(found) == 1 and (tag := _tag(plain[sigil], *found)):
            full[sigil] = tag
    links = tuple(
        (original, translated, strength)
        for original, translated, strength in candidates
        if _first(full[translated].partition("-t-")[2]) == _first(plain[original])
    )
    return Languages(plain, full, links)


def translation_links(languages: Languages, prefix: str, pointers: Mapping[str, str]) -> Element | None:
    """The links from witnesses to those that give their words in another language; None where there are none."""
    made = [
        tei("link", target=f"{pointers[original]} {pointers[translated]}", cert=header.certain(strength))
        for original, translated, strength in languages.links
    ]
    if not made:
        return None
    return tei("linkGrp", *made, type="translation", targFunc="source translation", resp=f"#{prefix}resp")


def _tag(lang: str, source: str) -> str | None:
    tag = f"{lang}-t-{source.lower()}"
    return tag if _TAGS.fullmatch(tag) else None


def _first(tag: str) -> str:
    return tag.partition("-")[0].lower()
