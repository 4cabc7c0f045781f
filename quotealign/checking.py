"""A draft through the stages: its quotations, where their words stand in the sources, how they differ, the verdicts.

No logic of its own but for the order in which places are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING

from quotealign.attribution import identify
from quotealign.errors import InputEmpty
from quotealign.languages import language
from quotealign.model import Article, Notice, Quotation
from quotealign.pipeline import Settings, quotations_of, with_language

if TYPE_CHECKING:
    from quotealign.model import Finding
    from quotealign.text.places import Places
    from quotealign.verification import Located, Source

_ALL = 0.9
"""A place with so much of a quotation says the same, or the opposite."""

Progress = Callable[[int, int], None]
"""Is given how many quotations of a draft are done, and how many it has, after each."""

_NEAR = 0.75
"""A place with so much of what supports a quotation is read as one that may."""


def check(
    draft: Article,
    sources: Iterable[Article],
    *,
    settings: Settings | None = None,
    support: float | None = None,
    progress: Progress | None = None,
) -> tuple[tuple[Finding, ...], tuple[Notice, ...]]:
    """A finding for each quotation of a draft, in order, and the notices of the draft: whether some source has it so.

    support  the share of a quotation's information that a passage must have to support it
    """
    return Sources(sources, settings=settings).check(draft, support=support, progress=progress)


def untold(findings: Iterable[Finding], told: Iterable[Finding]) -> tuple[Finding, ...]:
    """Of the findings of one version of a draft those that another's do not tell already: other words, another speaker,
    another verdict or another passage."""
    known = set(map(_content, told))
    return tuple(finding for finding in findings if _content(finding) not in known)


def _content(finding: Finding) -> tuple[object, ...]:
    speaker, passage = finding.quotation.speaker, finding.passage
    return finding.quotation.text, speaker and speaker.id, finding.verdict, passage and (passage.article, passage.text)


class Sources:
    """Sources that drafts are checked against, read once, in the order of their ids."""

    def __init__(self, articles: Iterable[Article], *, settings: Settings | None = None) -> None:
        from quotealign.text.concordance import Concordance

        self._settings = settings or Settings()
        held = sorted(articles, key=lambda article: article.id)
        self._held, self._concordance = held, Concordance(article.text for article in held)
        self._search = Search(held, self._concordance, settings=self._settings)
        self.given: Mapping[str, Article] = {article.id: article for article in held}
        """The articles by their ids."""

    def __len__(self) -> int:
        return len(self._held)

    def check(
        self, draft: Article, *, support: float | None = None, progress: Progress | None = None
    ) -> tuple[tuple[Finding, ...], tuple[Notice, ...]]:
        """A finding for each quotation of a draft, in order, and the notices of the draft.

        Terms and titles in marks are nobody's words, and are not looked for. A draft that is read from the file of a
        source does not support itself: raises `InputEmpty` where there is no other.
        """
        draft, speech, notices = speech_of(draft, settings=self._settings)
        own = [k for k, article in enumerate(self._held) if is_of(article, draft)]
        if own and len(own) == len(self._held):
            raise alone(draft)
        search = self._search.among(self._concordance.without(own)) if own else self._search
        return search.findings(draft, speech, support=support, progress=progress), notices


def is_of(source: Article, draft: Article) -> bool:
    """Whether a source is the draft, by the file that it was read from."""
    return source.origin is not None and draft.origin is not None and source.origin.is_same(draft.origin)


def alone(draft: Article) -> InputEmpty:
    """What is raised where a draft has no source but itself."""
    return InputEmpty("no sources but the draft itself", where=draft.file or draft.id, do="name others with --against")


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

    def among(self, places: Places) -> Search:
        """The same, where only these places are known; what was read of the articles is not read again."""
        other = copy(self)
        other._places = places
        return other

    def findings(
        self,
        draft: Article,
        speech: Sequence[Quotation],
        *,
        support: float | None = None,
        progress: Progress | None = None,
    ) -> tuple[Finding, ...]:
        """A finding for each of some quotations of a draft, whose language is known; `support` as in `check`."""
        from quotealign.verification import SUPPORT

        least = SUPPORT if support is None else support
        found = []
        for number, quotation in enumerate(speech, 1):
            found.append(self._finding(quotation, draft, least))
            if progress is not None:
                progress(number, len(speech))
        return tuple(found)

    def _finding(self, quotation: Quotation, draft: Article, support: float) -> Finding:
        """The finding by the place that speaks best for a quotation; beyond one that has it so, others are only asked
        whether they contradict it."""
        from quotealign.model import Verdict
        from quotealign.verification import contradicted, locate, unfound

        best, others = unfound(quotation, draft), []
        for place in locate(quotation.text, self._places, language(quotation.lang)):
            # Below, words in another form may still make up what is missing.
            near, settled = place.score >= _NEAR * support, best.verdict.rank <= Verdict.COSMETIC.rank
            if best.passage is not None and (not near or (settled and place.score < _ALL)):
                break
            found = self._judged(quotation, draft, place, support, self._read if near and not settled else self._unread)
            if not near and found.verdict != Verdict.UNSUPPORTED:
                # Words in another form made it up: what is the reporter's must not be taken for what was said.
                found = self._judged(quotation, draft, place, support, self._read)
            if best.passage is None or (not settled and found.verdict.rank < best.verdict.rank):
                best, found = found, best
            others.append(found)
        if best.verdict == Verdict.UNSUPPORTED:
            return self._translation(quotation, draft) or best
        return contradicted(best, [other for other in others if other.score >= _ALL])

    def _judged(
        self, quotation: Quotation, draft: Article, place: Located, support: float, read: Mapping[int, Source]
    ) -> Finding:
        """The finding by one place; a fragment that is as printed there is also held against its clause."""
        from quotealign.model import Verdict
        from quotealign.scoring import score
        from quotealign.verification import assemble, in_its_clause, is_whole, judge

        lang, rules = quotation.lang, language(draft.lang)
        compared = assemble(place, quotation, draft, rules, read)
        divergence = score(compared.text, quotation.text, lang_a=lang, lang_b=lang, names=())
        found = judge(quotation, draft, compared, divergence, language(lang), support=support)
        if found.verdict.rank > Verdict.COSMETIC.rank or is_whole(quotation, draft, rules):
            return found
        clause = assemble(place, quotation, draft, rules, read, whole=True)
        how = score(clause.text, quotation.text, lang_a=lang, lang_b=lang, names=())
        return in_its_clause(found, how, draft)

    def _translation(self, quotation: Quotation, draft: Article) -> Finding | None:
        """The finding that a source in another language has it, where names and figures tell so."""
        from quotealign.scoring import score
        from quotealign.verification import sayings, shared_by, translated

        found = []
        for number in shared_by(quotation, self._places):
            if self._language_of(number) in ("und", quotation.lang):
                continue
            source = self._read[number]
            for own in sayings(quotation, source):
                how = score(own.text, quotation.text, lang_a=source.article.lang, lang_b=quotation.lang, names=())
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
