"""Clustering: who is brought together, and who is not."""

from __future__ import annotations

import itertools

from quotealign.clustering import Linkage, cluster
from quotealign.model import Kind, Quotation, Speaker, ncname

ADA, BEN = Speaker("ada-miller", "Ada Miller"), Speaker("ben-okafor", "Ben Okafor")
WHOLE = "We will fight terrorism, violent extremism and all kinds of separatism in the northern provinces"
NUMBERS = itertools.count()


def _said(
    text: str, speaker: Speaker | None = ADA, kind: Kind = Kind.DIRECT, published: str | None = None
) -> Quotation:
    name = f"q{next(NUMBERS)}"
    return Quotation(name, f"paper-{name}", "en", kind, text, speaker=speaker, published=published)


def _together(*quotations: Quotation, linkage: Linkage | None = None) -> list[set[str]]:
    return [set(c.quotations) for c in cluster(quotations, linkage=linkage)]


def test_a_reworded_quotation_is_joined() -> None:
    """Two papers' versions of one sentence stand together."""
    a, b = (
        _said(WHOLE),
        _said("We shall fight terrorism, extremism and all forms of separatism in our northern provinces"),
    )
    assert _together(a, b) == [{a.id, b.id}]


def test_a_fragment_that_is_contained_is_joined() -> None:
    """Part of a speaker's words stands with the whole of them."""
    whole, part = _said(WHOLE), _said("all kinds of separatism")
    assert _together(whole, part) == [{whole.id, part.id}]


def test_a_fragment_is_not_joined_to_anothers_short_words() -> None:
    """Two words that are contained in what somebody else said are a chance, not a quotation of it."""
    whole, other = _said(WHOLE), _said("violent extremism", speaker=BEN)
    assert _together(whole, other) == []


def test_a_long_run_of_the_same_words_is_joined_whoever_is_named() -> None:
    """The same sentence under two names is a misattribution to be seen, not two utterances."""
    a, b = _said(WHOLE), _said(WHOLE, speaker=BEN)
    assert _together(a, b) == [{a.id, b.id}]


def test_a_fragment_is_no_bridge() -> None:
    """Two sentences that share but a fragment with a third are not made one by it."""
    a = _said("We will build the northern bridge with money from the harbour fund before the winter comes")
    b = _said("Nobody shall touch the harbour fund while the hospital still waits for its new roof")
    part = _said("harbour fund")
    assert not any({a.id, b.id} <= members for members in _together(a, b, part))


def test_terms_and_titles_stand_in_no_cluster() -> None:
    """Only speech is aligned."""
    assert _together(_said("African Lion games", kind=Kind.TITLE), _said("African Lion games", kind=Kind.TITLE)) == []


def test_copies_are_one_cluster_however_many() -> None:
    """The same words of the same speaker in every paper are one utterance."""
    copies = [_said(WHOLE) for _ in range(30)]
    assert _together(*copies) == [{q.id for q in copies}]


def test_the_earliest_comes_first_and_the_longest_is_the_base_text() -> None:
    """Members are in the order of their dates; the lemma is the fullest version."""
    late, early, undated = (
        _said(WHOLE, published="2020-10-03"),
        _said(WHOLE[:60], published="2020-10-02"),
        _said(WHOLE[:50]),
    )
    (made,) = cluster([undated, late, early])
    assert made.quotations == (early.id, late.id, undated.id)
    assert made.lemma == WHOLE


def test_every_link_says_why() -> None:
    """All but one member hang on another, with a score and what it rests on."""
    (made,) = cluster([_said(WHOLE), _said("violent extremism and all kinds of separatism"), _said(WHOLE.upper())])
    assert len(made.links) == len(made.quotations) - 1
    assert {link.a for link in made.links} | {link.b for link in made.links} == set(made.quotations)
    assert all(0 <= link.score <= 1 and link.evidence for link in made.links)


def test_thresholds_are_settings() -> None:
    """Whoever asks for more likeness gets fewer clusters."""
    a, b = _said(WHOLE), _said("We shall fight terrorism and all forms of separatism in our northern provinces")
    assert _together(a, b)
    assert _together(a, b, linkage=Linkage(threshold=1.0)) == []


def test_ids_are_made_of_the_members() -> None:
    """A cluster keeps its id when others come, and the id is an XML name."""
    a, b = _said(WHOLE), _said(WHOLE)
    others = [_said("Nobody shall touch the harbour fund this year", speaker=BEN) for _ in range(2)]
    (alone,) = cluster([a, b])
    assert alone.id in {c.id for c in cluster([*others, a, b])}
    assert alone.id == ncname(alone.id)


def test_nothing_to_cluster_is_no_cluster() -> None:
    """No quotation, one, or two without words make none."""
    assert _together() == _together(_said(WHOLE)) == _together(_said("", None), _said("…", None)) == []
