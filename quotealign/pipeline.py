"""The stages in a row. No logic of its own: each function hands on what the stage before it made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
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
    from quotealign.model import Alignment, Apparatus, Cluster, Divergence
    from quotealign.scoring import Encoder
    from quotealign.text.subwords import Subwords


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
