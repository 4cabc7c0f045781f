"""Identity across articles: speakers of several articles who are one person or body, under one name and id.

People are joined by family name where their given names agree, never on a shared given name; a family name alone
joins only where exactly one full name in the collection bears it. Bodies are joined by their whole name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from quotealign.attribution.names import bare
from quotealign.model import Quotation, Speaker


def identify(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """The quotations with speakers under one identity each; the most frequent full name is the canonical one."""
    counts: Counter[Speaker] = Counter(q.speaker for q in quotations if q.speaker)
    people: dict[str, list[list[Speaker]]] = defaultdict(list)
    for speaker in sorted((s for s in counts if s.kind == "person"), key=lambda s: (-len(s.name.split()), s.name)):
        groups = people[bare(speaker.name.split()[-1])]
        given = _given(speaker)
        fitting = [g for g in groups if all(_agree(given, _given(other)) for other in g)]
        if not given and len(groups) > 1:
            fitting = []
        if len(fitting) == 1:
            fitting[0].append(speaker)
        else:
            groups.append([speaker])
    canonical: dict[Speaker, Speaker] = {}
    for groups in people.values():
        for group in groups:
            best = max(group, key=lambda s: (len(s.name.split()) > 1, counts[s], len(s.name), s.name))
            canonical.update(dict.fromkeys(group, best))
    bodies: dict[str, list[Speaker]] = defaultdict(list)
    for speaker in sorted((s for s in counts if s.kind != "person"), key=lambda s: (s.name, s.kind)):
        bodies[speaker.id].append(speaker)
    for same in bodies.values():
        best = max(same, key=lambda s: (counts[s], s.name))
        canonical.update(dict.fromkeys(same, best))
    return tuple(replace(q, speaker=canonical[q.speaker]) if q.speaker else q for q in quotations)


def _given(speaker: Speaker) -> tuple[str, ...]:
    return tuple(bare(word).rstrip(".") for word in speaker.name.split()[:-1])


def _agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return all(x == y or (min(len(x), len(y)) == 1 and x[:1] == y[:1]) for x, y in zip(a, b, strict=False))
