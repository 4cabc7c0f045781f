"""Identity across articles: speakers of several articles who are one person or body, under one name and id.

People are joined by family name where their given names agree, never on a shared given name; a family name alone
joins only where exactly one full name in the collection bears it. Two spellings of one family name (as Arabic or
Russian names have in Latin letters) join where the given name is the same. Bodies are joined by their whole name.
What a user's aliases say goes before all of this.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from quotealign.attribution.name import bare, speaker_named
from quotealign.languages.given_names import can_be_one
from quotealign.model import Alias, Quotation, Speaker
from quotealign.text.normalization import fold_accents

_VOWELS = str.maketrans("", "", "aeiouyw'-")
_SPELT_ALIKE = 0.8
_SHORTEST = 5
_DIGRAPHS = (("tch", "ch"), ("sch", "sh"), ("kh", "h"), ("dj", "j"), ("ph", "f"), ("ck", "k"), ("ou", "u"), ("w", "u"))


def identify(quotations: Sequence[Quotation], *, aliases: Sequence[Alias] = ()) -> tuple[Quotation, ...]:
    """The quotations with speakers under one identity each; the most frequent full name is the canonical one."""
    met = Counter((q.speaker, q.source.text if aliases and q.source else "") for q in quotations if q.speaker)
    canonical, known = identities(met, aliases=aliases), _known(aliases)
    return tuple(_named(q, canonical, known) for q in quotations)


def named(quotation: Quotation, canonical: Mapping[Speaker, Speaker], *, aliases: Sequence[Alias] = ()) -> Quotation:
    """One quotation with its speaker as `identities` has it."""
    return _named(quotation, canonical, _known(aliases))


def _known(aliases: Sequence[Alias]) -> dict[str, Alias]:
    known = {fold_accents(alias.alias): alias for alias in aliases}
    return known | {fold_accents(alias.name): alias for alias in aliases}


def identities(met: Mapping[tuple[Speaker, str], int], *, aliases: Sequence[Alias] = ()) -> dict[Speaker, Speaker]:
    """Who each speaker is, by the speakers met in a collection with the words of their source, and how often. The words
    count only where there are aliases; "" stands for none."""
    known = _known(aliases)
    counts: Counter[Speaker] = Counter()
    called: dict[Speaker, set[str]] = defaultdict(set)
    for (speaker, source), times in met.items():
        counts[speaker] += times
        if known and source:
            called[speaker].add(fold_accents(source))
    canonical: dict[Speaker, Speaker] = {}
    for speaker in counts:
        if alias := known.get(fold_accents(speaker.name)):
            canonical[speaker] = speaker_named(alias.name, speaker.kind, alias.authority)
    everybody = sorted(counts, key=lambda s: (-len(s.name.split()), s.name, s.kind))
    for group in _people([s for s in everybody if s.kind == "person"]):
        names = sorted({fold_accents(s.name) for s in group}.union(*(called[s] for s in group)))
        if told := next((known[name] for name in names if name in known), None):
            canonical.update(dict.fromkeys(group, speaker_named(told.name, "person", told.authority)))
            continue
        best = max(group, key=lambda s: (len(s.name.split()) > 1, counts[s], len(s.name), s.name))
        canonical.update(dict.fromkeys(group, best))
    bodies: dict[str, list[Speaker]] = defaultdict(list)
    for speaker in (s for s in everybody if s.kind != "person" and s not in canonical):
        bodies[speaker.id].append(speaker)
    for same in bodies.values():
        canonical.update(dict.fromkeys(same, max(same, key=lambda s: (counts[s], s.name))))
    return canonical


def _named(quotation: Quotation, canonical: Mapping[Speaker, Speaker], known: dict[str, Alias]) -> Quotation:
    """The quotation with its speaker as all articles call it; a source that is an alias means its name."""
    alias = known.get(fold_accents(quotation.source.text)) if quotation.source else None
    if alias is not None:
        kind = quotation.speaker.kind if quotation.speaker else "person"
        return replace(quotation, speaker=speaker_named(alias.name, kind, alias.authority))
    speaker = canonical[quotation.speaker] if quotation.speaker else None
    return quotation if speaker == quotation.speaker else replace(quotation, speaker=speaker)


def _people(speakers: Sequence[Speaker]) -> list[list[Speaker]]:
    """Groups of one person each; full names come first in `speakers`."""
    by_family: dict[str, list[list[Speaker]]] = defaultdict(list)
    for speaker in speakers:
        groups = by_family[bare(speaker.name.split()[-1])]
        given = _given(speaker)
        fitting = [g for g in groups if all(_agree(given, _given(other)) for other in g)]
        if not given and len(groups) > 1:
            fitting = []
        if len(fitting) == 1:
            fitting[0].append(speaker)
        else:
            groups.append([speaker])
    return _joined_spellings([group for groups in by_family.values() for group in groups])


def _joined_spellings(groups: list[list[Speaker]]) -> list[list[Speaker]]:
    """Groups of one given name whose family names have the same consonants and differ little: Yusupov and
    Yousoupov."""
    joined: list[list[Speaker]] = []
    by_key: dict[tuple[str, str], list[Speaker]] = {}
    for group in groups:
        given = next((g[0] for s in group if (g := _given(s))), "")
        family = bare(group[0].name.split()[-1])
        key = (given, _skeleton(family))
        other = by_key.get(key)
        told = other is not None and len(given) > 1 and len(family) >= _SHORTEST
        if other is not None and told and _alike(family, bare(other[0].name.split()[-1])):
            other.extend(group)
        else:
            by_key[key] = group
            joined.append(group)
    return joined


def _alike(a: str, b: str) -> bool:
    from quotealign.text.edits import word_similarity

    return word_similarity(_heard(a), _heard(b)) >= _SPELT_ALIKE


def _heard(family: str) -> str:
    """A name with one spelling for each sound that transliterations write in several ways."""
    for spelt, one in _DIGRAPHS:
        family = family.replace(spelt, one)
    return family


def _skeleton(family: str) -> str:
    """The consonants of a name, doubled ones once: what transliterations keep."""
    consonants = _heard(family).translate(_VOWELS)
    return "".join(c for i, c in enumerate(consonants) if not i or consonants[i - 1] != c)


def _given(speaker: Speaker) -> tuple[str, ...]:
    return tuple(bare(word).rstrip(".") for word in speaker.name.split()[:-1])


def _agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return all(map(can_be_one, a, b))
