"""Clustering: who is brought together, and who is not."""

from __future__ import annotations

import itertools
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotealign.clustering import Linkage, cluster
from quotealign.clustering.candidates import CANDIDATES, LEFT_OUT, PAIRS, STEPS
from quotealign.engines import Embedded
from quotealign.errors import InputMalformed
from quotealign.formats.clusters import for_people
from quotealign.formats.lexicon import read_lexicon
from quotealign.model import Kind, Passage, Quotation, Speaker, ncname
from quotealign.text.nearest import mutual

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


def test_a_deputy_may_be_whoever_another_names() -> None:
    """A few words are joined where one paper names the speaker and the other tells a role only, not two names."""
    words = "They want the moon"
    role = Speaker("deputy", "deputy", "group")
    assert _together(a := _said(words), b := _said(words, speaker=role)) == [{a.id, b.id}]
    assert _together(_said(words), _said(words, speaker=BEN)) == []


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


def test_ids_stay_when_a_longer_version_comes_later() -> None:
    """A cluster is named by its earliest member."""
    early = [_said(WHOLE[:60], published="2020-10-02"), _said(WHOLE[:58], published="2020-10-02")]
    (before,) = cluster(early)
    (after,) = cluster([_said(WHOLE, published="2020-10-03"), *early])
    assert after.id == before.id
    assert len(after.quotations) == 3


SHORT = "We shall not move"


def test_a_short_phrase_is_joined_within_days_and_not_after_months() -> None:
    """News repeats an utterance soon; months later the same few words are said anew."""
    long = "He told the council that nobody had asked, and the harbour master said so too. " + SHORT
    day, later = (_said(SHORT, None, published=date) for date in ("2020-10-02", "2021-03-01"))
    whole = _said(long, None, published="2020-10-03")
    assert _together(day, whole) == [{day.id, whole.id}]
    assert _together(later, whole) == []


def _by(source: str, text: str) -> Quotation:
    name = f"q{next(NUMBERS)}"
    return Quotation(name, f"paper-{name}", "en", Kind.DIRECT, text, source=Passage(source))


@pytest.mark.parametrize("source", ["He", "the Liberal party nominee", "Ada Miller, the Northern harbour master"])
def test_a_source_that_may_be_the_same_person_is_no_conflict(source: str) -> None:
    """A pronoun or an office names nobody; an apposition is not the name."""
    whole, part = _by("Ms. Miller", WHOLE), _by(source, "violent extremism and all kinds of separatism")
    assert _together(whole, part) == [{whole.id, part.id}]
    assert cluster([whole, part])[0].links[0].evidence["speaker"] == ("same" if "Ada" in source else "unknown")


def test_what_everybody_says_is_nobodys_utterance() -> None:
    """A slogan in the speeches of three speakers does not bring them together."""
    slogan = "make the harbour great again"
    said = [
        _by("Miller", f"I was asked by friends from everywhere to run, and we will {slogan}"),
        _by("Okafor", f"They promised to {slogan}, but where is the money for the hospital"),
        _by("Lind", f"Nobody who reads a budget believes that a speech can {slogan}"),
        _by("", slogan),
    ]
    assert _together(*said) == []
    assert _together(said[0], said[3]) == [{said[0].id, said[3].id}]


def test_conflicts_are_evidence() -> None:
    """Figures and negations of which only one knows are named, and do not part what belongs together."""
    a, b = (
        _said("We will not close two of the northern harbours"),
        _said("We will close three of the northern harbours"),
    )
    ((link,),) = [c.links for c in cluster([a, b])]
    assert link.evidence["figures"]["only"] != link.evidence["figures"]["lacks"]
    assert {*link.evidence["figures"]["only"], *link.evidence["figures"]["lacks"]} == {"2", "3"}
    assert link.evidence.get("negation", {"only": ["not"]})["only"] == ["not"]


def test_number_words_and_spelling_variants_are_the_same_words() -> None:
    """Two and 2, colour and color: who writes it so has copied."""
    a, b = _said("two colours of the harbour defence"), _said("2 colors of the harbor defense")
    assert cluster([a, b])[0].links[0].evidence == {"copy": True}


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(8)), st.integers(1, 4))
def test_clusters_do_not_depend_on_the_order_or_the_threads(order: list[int], threads: int) -> None:
    """The same quotations give the same clusters, however they come and however many processors there are."""
    words = WHOLE.split()
    said = [
        Quotation(f"q{i}", f"paper-{i}", "en", Kind.DIRECT, " ".join(words[i : i + 7]), published=f"2020-10-0{i + 1}")
        for i in range(8)
    ]
    expected = {(c.id, frozenset(c.quotations)) for c in cluster(said, engine=Embedded(threads=1))}
    mixed = cluster([said[i] for i in order], engine=Embedded(threads=threads))
    assert {(c.id, frozenset(c.quotations)) for c in mixed} == expected


def _plainly(sets: list[set[int]], rarest: int, holders: int, answers: int, most: int) -> Iterable[tuple[int, int]]:
    """The candidates as the docs have them, without a database."""
    met = Counter(feature for features in sets for feature in features)
    held: dict[int, list[int]] = defaultdict(list)
    for quotation, features in enumerate(sets):
        weights: Counter[int] = Counter()
        for feature in _asked(features, met, rarest, holders, answers):
            for richer in held[feature][:holders]:
                weights[richer] += round(1000 * log(len(sets) / met[feature]))
        for richer, _ in sorted(weights.items(), key=lambda w: (-w[1], w[0]))[:most]:
            yield quotation, richer
        for feature in features:
            held[feature].append(quotation)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sets(st.integers(0, 12), max_size=8), max_size=12), *[st.integers(1, 4)] * 4)
def test_the_query_finds_what_the_docs_say(
    sets: list[set[int]], rarest: int, holders: int, answers: int, most: int
) -> None:
    """The SQL answers as a plain loop does."""
    rows = [(quotation, feature) for quotation, features in enumerate(sets) for feature in sorted(features)]
    columns = dict(zip(("quotation", "feature"), (array("q", c) for c in zip(*rows, strict=True)), strict=False))
    how = {"total": f"{len(sets) or 1}E0", "rarest": rarest, "holders": holders, "answers": answers, "most": most}
    query = CANDIDATES.format(asked=(LEFT_OUT + PAIRS).format(**how))
    tables = {"features": columns, "speakers": {"quotation": array("q"), "speaker": array("q")}}
    steps = [(name, step.format(**how)) for name, step in STEPS]
    if rows:
        found = list(Embedded().answer(query, tables, steps=steps, size=len(sets)))
        assert [(q, candidate) for q, candidate, _ in found if q >= 0] == list(
            _plainly(sets, rarest, holders, answers, most)
        )
        crowded = [row for row in found if row[0] < 0]
        assert crowded == _left_out(sets, rarest, holders, answers)


def _asked(features: set[int], met: Counter[int], rarest: int, holders: int, answers: int) -> Iterable[int]:
    come = 0
    for feature in sorted((f for f in features if met[f] > 1), key=lambda f: (met[f], f))[:rarest]:
        if come < answers:
            yield feature
        come += min(met[feature], holders)


def _left_out(sets: list[set[int]], rarest: int, holders: int, answers: int) -> list[tuple[int, int, int]]:
    met = Counter(feature for features in sets for feature in features)
    asked = {feature for features in sets for feature in _asked(features, met, rarest, holders, answers)}
    crowded = [met[f] - holders for f in asked if met[f] > holders]
    return [(-1, len(crowded), sum(crowded))] if crowded else []


def test_what_the_cap_leaves_out_is_told() -> None:
    """Whoever asks learns how many words were too common for all their holders to answer, and who asks not pays not."""
    said = [_said(f"{WHOLE} {n}") for n in range(5)]
    told: list[tuple[int, int]] = []
    tell = lambda features, holders: told.append((features, holders))  # noqa: E731
    cluster(said, left_out=tell)
    assert not told
    cluster(said, linkage=Linkage(holders=3), left_out=tell)
    assert told == [(told[0][0], 2 * told[0][0])]


class Concepts:
    """An encoder of three languages that knows a few words: a direction for each thing they name."""

    name, floor = "concepts-1", 0.0
    things = (
        "bridge pont brücke",
        "harbour port hafen",
        "winter hiver",
        "hospital hôpital spital",
        "money argent geld",
    )

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        rows = [[float(any(w in text.lower() for w in thing.split())) for thing in self.things] for text in texts]
        return [[x / (sum(row) ** 0.5 or 1.0) for x in row] for row in rows]


def _in(lang: str, text: str, speaker: Speaker | None = ADA) -> Quotation:
    name = f"q{next(NUMBERS)}"
    return Quotation(name, f"paper-{name}", lang, Kind.DIRECT, text, speaker=speaker)


ENGLISH = "We will build the bridge before the winter"
FRENCH = "Nous allons construire le pont avant l'hiver"


def _foreign() -> list[Quotation]:
    return [
        _in("en", ENGLISH),
        _in("fr", FRENCH),
        _in("en", "Nobody asked the hospital for money"),
        _in("fr", "Personne n'a parlé au port de son hôpital"),
        _in("de", "Die Brücke im Hafen kostet viel Geld"),
    ]


def test_two_languages_are_joined_by_meaning_where_an_encoder_is_given() -> None:
    """A French rendering stands with the English words and says what it rests on; without an encoder it is alone."""
    said = _foreign()
    (made,) = cluster(said, encoder=Concepts())
    assert set(made.quotations) == {said[0].id, said[1].id}
    assert made.links[0].evidence["encoder"] == "concepts-1"
    assert made.links[0].evidence["speaker"] == "same"
    assert _together(*said) == []


def _reported(lang: str, text: str, day: str | None, speaker: Speaker | None = ADA) -> Quotation:
    name = f"q{next(NUMBERS)}"
    return Quotation(name, f"paper-{name}", lang, Kind.DIRECT, text, speaker=speaker, published=day)


NAMED = "The Marlow Bridge will cost 340 million euros, and Westhaven pays for half of the tunnel to Corinth"
NOMMÉ = "Le pont Marlow coûtera 340 millions d'euros, et Westhaven paie la moitié du tunnel vers Corinthe"


def test_figures_names_and_cognates_join_what_one_speaker_said_that_day() -> None:
    """Without an encoder a French rendering is found by what goes through a translation unchanged, and says so."""
    a, b = _reported("en", NAMED, "2020-10-02"), _reported("fr", NOMMÉ, "2020-10-02")
    other = _reported("fr", "Le maire de Westhaven n'a rien dit de la gare", "2020-10-02")
    (made,) = cluster([a, b, other])
    assert set(made.quotations) == {a.id, b.id}
    rests = made.links[0].evidence["rests_on"]
    assert "340 = 340" in rests["numbers"]
    assert "Westhaven = Westhaven" in rests["names"]
    assert _together(a, _reported("fr", NOMMÉ, "2021-10-02", BEN)) == []


def test_a_list_of_words_makes_up_for_an_encoder(tmp_path: Path) -> None:
    """Words that a user's list pairs count as found; a line that is no pair is named."""
    a = _reported("en", "The bridge will be closed before the winter", "2020-10-02")
    b = _reported("fr", "Le pont sera fermé avant l'hiver", "2020-10-02")
    file = tmp_path / "words.tsv"
    file.write_text("# ours\nbridge\tpont\nclosed\tfermé\nwinter\tl'hiver\n", encoding="utf-8")
    assert _together(a, b) == []
    (made,) = cluster([a, b], lexicon=read_lexicon(file))
    assert made.links[0].evidence["rests_on"]["listed"] == ["bridge = pont", "closed = fermé", "winter = l'hiver"]
    file.write_text("bridge pont\n", encoding="utf-8")
    with pytest.raises(InputMalformed, match=r"words\.tsv:1"):
        read_lexicon(file)


def test_two_languages_under_two_names_are_not_joined_by_a_moderate_likeness() -> None:
    """Meaning alone is weaker than words: another speaker outweighs it."""
    said = [*_foreign()[:1], _in("fr", "Le pont en hiver, l'argent et le port", speaker=BEN), *_foreign()[2:4]]
    assert cluster(said, encoder=Concepts()) == ()


def test_a_cluster_of_three_languages_has_each_of_them_once() -> None:
    """Two clusters that their own language kept apart are not made one by a translation."""
    said = [
        *_foreign(),
        _in("de", "Vor dem Winter wird die Brücke gebaut"),
        _in("en", "In winter the bridge is closed to all"),
    ]
    for made in cluster(said, encoder=Concepts()):
        spoken = [q.lang for q in said if q.id in made.quotations]
        assert len(spoken) == len(set(spoken))
        assert len(made.links) == len(made.quotations) - 1


@given(st.lists(st.tuples(*[st.floats(-1, 1)] * 3), min_size=1, max_size=9), st.integers(1, 8))
def test_nearest_are_mutual(rows: list[tuple[float, float, float]], cut: int) -> None:
    """No row is in two pairs, and no other row stands out more from either one's point of view."""
    a, b = rows[:cut], rows[cut:]
    pairs = mutual(a, b)
    assert len({p.a for p in pairs}) == len({p.b for p in pairs}) == len(pairs)
    assert bool(pairs) == bool(b)


def test_people_read_why_each_stands_where_it_stands() -> None:
    """The text form names the other article, the words in common and what conflicts."""
    a, b = (
        _said("We will not close two of the northern harbours"),
        _said("We will close three of the northern harbours"),
    )
    text = for_people(cluster([a, b]), {a.id: a, b.id: b}, explain=True)
    assert "7 words in common" in text
    assert "figures: " in text
    assert all(q.text in text and q.article in text for q in (a, b))
    assert "↳" not in for_people(cluster([a, b]), {a.id: a, b.id: b})


def test_a_collection_asked_in_stretches_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the pieces of a table, nor the stretches asked for, nor the memory there is are seen in an answer."""
    said = [_said(f"{WHOLE} {word}", published=f"2020-10-{n + 1:02}") for n, word in enumerate("one two three".split())]
    said += [_said(" ".join(WHOLE.split()[n : n + 5])) for n in range(8)]
    expected = cluster(said)
    monkeypatch.setattr("quotealign.engines.embedded._STRETCH", 2)
    monkeypatch.setattr("quotealign.clustering.candidates._PIECE", 3)
    assert cluster(said, engine=Embedded(memory="100MB", threads=1)) == expected
