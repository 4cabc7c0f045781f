"""The stages in a row. No logic of its own: each function hands on what the stage before it made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from quotealign import __version__
from quotealign.attribution import attribute, identify
from quotealign.extraction import extract
from quotealign.languages import language, learnt
from quotealign.model import Alias, Article, Notice, Quotation, digest
from quotealign.text.identification import identify as identify_language

if TYPE_CHECKING:
    # Loaded when a stage is called: extraction alone should not wait for libraries of the others.
    from quotealign.clustering import Linkage
    from quotealign.formats.annotations import Annotated
    from quotealign.model import Alignment, Apparatus, Cluster, Divergence, Finding
    from quotealign.scoring import Encoder
    from quotealign.text.places import Places
    from quotealign.text.subwords import Subwords
    from quotealign.verification import Source


_NEAR = 0.75
"""A place with so much of what supports a quotation is read as one that may."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What figures depend on. `least` is the confidence below which no speaker is named; `indirect` takes in
    words reported without marks; `whole` makes all that one reporting clause governs one quotation, None where
    that is usual in the language; `guess` says whether the language of an article that states none is identified;
    `aliases` are the user's own names; an `encoder` reads the meaning of quotations that are compared; `unmarked`
    has `align` seek their words in what stands without marks in the other articles."""

    least: float = 0.5
    indirect: bool = False
    whole: bool | None = False
    guess: bool = True
    aliases: tuple[Alias, ...] = ()
    linkage: Linkage | None = None
    encoder: Encoder | None = None
    unmarked: bool = False

    def _aliases(self) -> str:
        return digest(*(f"{a.alias}={a.name}={a.authority}" for a in self.aliases)) if self.aliases else "none"

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Name and value of every setting, for headers and reports."""
        from quotealign.clustering import Linkage

        rows = asdict(self.linkage or Linkage())
        linkage = ((f"linkage.{name}", str(value)) for name, value in rows.items())
        return (
            ("version", __version__),
            ("least", str(self.least)),
            ("indirect", str(self.indirect)),
            ("whole", str(self.whole)),
            ("guess", str(self.guess)),
            ("aliases", self._aliases()),
            ("unmarked", str(self.unmarked)),
            ("encoder", self.encoder.name if self.encoder else "none"),
            ("language-data", digest(*map(str, learnt())) if learnt() else "none"),
            *linkage,
        )


def with_language(article: Article, *, settings: Settings | None = None) -> Article:
    """The article with its language identified, where nobody stated it."""
    if article.lang != "und" or not (settings or Settings()).guess:
        return article
    return article.with_lang(identify_language(article.text))


def quotations_of(
    article: Article, *, settings: Settings | None = None
) -> tuple[tuple[Quotation, ...], tuple[Notice, ...]]:
    """The quotations of one article with their speakers within it, and notices."""
    settings = settings or Settings()
    quotations, notices = extract(article, indirect=settings.indirect, whole=settings.whole)
    return attribute(article, quotations, least=settings.least), notices


def extract_all(
    articles: Iterable[Article], *, settings: Settings | None = None
) -> tuple[tuple[Quotation, ...], tuple[Notice, ...]]:
    """The quotations of some articles, speakers joined across them, and notices."""
    return _extracted((with_language(article, settings=settings) for article in articles), settings)


def _extracted(
    articles: Iterable[Article], settings: Settings | None
) -> tuple[tuple[Quotation, ...], tuple[Notice, ...]]:
    """`extract_all` for articles whose language has been looked at already."""
    quotations: list[Quotation] = []
    notices: list[Notice] = []
    for article in articles:
        found, told = quotations_of(article, settings=settings)
        quotations += found
        notices += told
    return identify(quotations, aliases=(settings or Settings()).aliases), tuple(notices)


def annotated(articles: Iterable[Article], quotations: Iterable[Quotation]) -> tuple[Annotated, ...]:
    """The articles with their quotations and their words, for formats of annotations."""
    from quotealign.formats.annotations import Annotated
    from quotealign.text.sentences import words_by_sentence

    own: dict[str, list[Quotation]] = {}
    for quotation in quotations:
        own.setdefault(quotation.article, []).append(quotation)
    return tuple(Annotated(a, tuple(own.get(a.id, ())), words_by_sentence(a.text, language(a.lang))) for a in articles)


def align(
    articles: Iterable[Article], *, settings: Settings | None = None, notices: Iterable[Notice] = ()
) -> Alignment:
    """The main job: extract, attribute, cluster, collate, score, and what the scores say together. `notices` of the
    reading are handed on."""
    from quotealign.clustering import cluster
    from quotealign.model import Alignment
    from quotealign.scoring import DEFAULT, drifts, score_all, transmissions
    from quotealign.text.subwords import train
    from quotealign.text.tokens import is_unspaced

    settings = settings or Settings()
    known = tuple(with_language(article, settings=settings) for article in articles)
    quotations, told = _extracted(known, settings)
    further: tuple[Quotation, ...] = ()
    if settings.unmarked:
        from quotealign.verification import unmarked

        further = unmarked(known, quotations)
    # Training takes longer than all the rest; only scripts without spaces need its pieces.
    unspaced = any(is_unspaced(q.text) for q in (*quotations, *further))
    subwords = train(a.text for a in known) if unspaced else None
    clusters = cluster((*quotations, *further), subwords=subwords, linkage=settings.linkage, encoder=settings.encoder)
    joined = {name for c in clusters for name in c.quotations}
    quotations = (*quotations, *(q for q in further if q.id in joined))
    by_id = {q.id: q for q in quotations}
    apparatuses = tuple(collate_cluster(c, by_id, subwords=subwords) for c in clusters)
    names = (*DEFAULT, "semantic") if settings.encoder else DEFAULT
    divergences: tuple[Divergence, ...] = tuple(
        d
        for c in clusters
        for d in score_all(c, [by_id[i] for i in c.quotations], names=names, encoder=settings.encoder)
    )
    drift = drifts(known, quotations, clusters, divergences)
    return Alignment(
        known,
        quotations,
        clusters,
        apparatuses,
        divergences,
        (*notices, *told),
        settings.rows(),
        drift,
        transmissions(known, quotations, clusters, apparatuses, divergences, drift),
    )


def collate_cluster(cluster: Cluster, by_id: dict[str, Quotation], *, subwords: Subwords | None = None) -> Apparatus:
    """The apparatus of a cluster, a row a quotation."""
    from quotealign.collation import collate, witness

    members = [by_id[i] for i in cluster.quotations]
    witnesses = [witness(q.id, q.text, subwords=subwords) for q in members]
    base = next((q.id for q in members if q.text == cluster.lemma), None)
    return collate(witnesses, language=language(members[0].lang), identifier=cluster.id, base=base)


def check(
    draft: Article, sources: Iterable[Article], *, settings: Settings | None = None, support: float | None = None
) -> tuple[tuple[Finding, ...], tuple[Notice, ...]]:
    """A finding for each quotation of a draft, in order, and the notices of the draft: whether some source has it so.

    support  the share of a quotation's information that a passage must have to support it
    """
    return Sources(sources, settings=settings).check(draft, support=support)


class Sources:
    """Sources that drafts are checked against, read once, in the order of their ids."""

    def __init__(self, articles: Iterable[Article], *, settings: Settings | None = None) -> None:
        from quotealign.text.concordance import Concordance

        self._settings = settings or Settings()
        held = sorted(articles, key=lambda article: article.id)
        self._search = Search(held, Concordance(article.text for article in held), settings=self._settings)
        self._length = len(held)

    def __len__(self) -> int:
        return self._length

    def check(self, draft: Article, *, support: float | None = None) -> tuple[tuple[Finding, ...], tuple[Notice, ...]]:
        """A finding for each quotation of a draft, in order, and the notices of the draft.

        Terms and titles in marks are nobody's words, and are not looked for.
        """
        draft, speech, notices = speech_of(draft, settings=self._settings)
        return self._search.findings(draft, speech, support=support), notices


def speech_of(
    draft: Article, *, settings: Settings | None = None
) -> tuple[Article, tuple[Quotation, ...], tuple[Notice, ...]]:
    """A draft with its language, those of its quotations that are somebody's words, and its notices."""
    settings = settings or Settings()
    draft = with_language(draft, settings=settings)
    found, notices = quotations_of(draft, settings=replace(settings, indirect=False))
    return draft, identify([q for q in found if q.kind.is_speech], aliases=settings.aliases), notices


class Search:
    """Findings for the quotations of drafts in some articles, whose quotations are sought only where a passage stands.

    places  where the words of the articles stand; the texts are numbered as the articles are
    """

    def __init__(self, articles: Sequence[Article], places: Places, *, settings: Settings) -> None:
        self._settings = settings
        self._articles = articles
        self._places = places
        self._read = _Read(articles, replace(settings, indirect=True))
        self._unread = _Read(articles, settings, whole=False)
        self._languages: dict[int, str] = {}

    def findings(
        self, draft: Article, speech: Iterable[Quotation], *, support: float | None = None
    ) -> tuple[Finding, ...]:
        """A finding for each of some quotations of a draft, whose language is known; `support` as in `check`."""
        from quotealign.verification import SUPPORT

        least = SUPPORT if support is None else support
        return tuple(self._finding(quotation, draft, least) for quotation in speech)

    def _finding(self, quotation: Quotation, draft: Article, support: float) -> Finding:
        """The finding by the place that speaks best for a quotation; none is sought beyond one that has it so."""
        from quotealign.model import Verdict
        from quotealign.scoring import score
        from quotealign.verification import assemble, judge, locate, unfound

        rules = language(draft.lang)
        best = unfound(quotation, draft)
        for place in locate(quotation.text, self._places, rules):
            # Below, words in another form may still make up what is missing.
            near = place.score >= _NEAR * support
            read = self._read if near else self._unread
            compared = assemble(place, quotation, draft, rules, read)
            divergence = score(compared.text, quotation.text, lang_a=draft.lang, lang_b=draft.lang, names=())
            found = judge(quotation, draft, compared, divergence, rules, support=support)
            if best.passage is None or found.verdict.rank < best.verdict.rank:
                best = found
            if best.verdict.rank <= Verdict.COSMETIC.rank or not near:
                break
        return self._translation(quotation, draft) or best if best.verdict == Verdict.UNSUPPORTED else best

    def _translation(self, quotation: Quotation, draft: Article) -> Finding | None:
        """The finding that a source in another language has it, where names and figures tell so."""
        from quotealign.scoring import score
        from quotealign.verification import sayings, shared_by, translated

        found = []
        for number in shared_by(quotation, self._places):
            if self._language_of(number) in ("und", draft.lang):
                continue
            source = self._read[number]
            for own in sayings(quotation, source):
                how = score(own.text, quotation.text, lang_a=source.article.lang, lang_b=draft.lang, names=())
                if finding := translated(quotation, draft, own, source, how):
                    found.append(finding)
        return max(found, key=lambda finding: finding.score, default=None)

    def _language_of(self, number: int) -> str:
        if number in self._read:
            return self._read[number].article.lang
        if number not in self._languages:
            self._languages[number] = with_language(self._articles[number], settings=self._settings).lang
        return self._languages[number]


class _Read(dict[int, "Source"]):
    """Sources by number, each read when it is asked for: most of a collection never is. Where they are not read as a
    `whole`, none of their quotations are known: enough to show a passage that supports nothing."""

    def __init__(self, articles: Sequence[Article], settings: Settings, *, whole: bool = True) -> None:
        super().__init__()
        self._articles = articles
        self._settings = settings
        self._whole = whole

    def __missing__(self, number: int) -> Source:
        from quotealign.verification import Source

        article = with_language(self._articles[number], settings=self._settings)
        quotations: tuple[Quotation, ...] = ()
        if self._whole:
            found, _ = quotations_of(article, settings=self._settings)
            quotations = identify(found, aliases=self._settings.aliases)
        source = self[number] = Source(article, language(article.lang), quotations)
        return source
