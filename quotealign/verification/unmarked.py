"""Words of a quotation that another article has without marks: *citing major challenges* beside “major challenges”.

What is quoted in the articles is blanked out, and the words of each quotation are sought in what is left. A passage
that has nearly all of them in one place is a witness of the kind indirect; who spoke there is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quotealign.languages import language
from quotealign.model import Article, Kind, Quotation, Span, digest, ncname
from quotealign.text.concordance import Concordance
from quotealign.text.tokens import words
from quotealign.verification.locating import locate

LEAST = 0.8
"""The share of a quotation's information that a passage must have."""
FEWEST = 2
"""Content words that a quotation must have to be sought: one alone stands anywhere."""
_LONGER = 2
"""How many times as many words a passage may have as the quotation."""
RULE = "unmarked"


def unmarked(articles: Sequence[Article], quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """Passages outside all `quotations` that have the words of one of them, each once, in the order of the articles."""
    quotations = tuple(quotations)
    quoted: dict[str, list[Span]] = {}
    for quotation in quotations:
        quoted.setdefault(quotation.article, []).extend(quotation.spans)
    left = Concordance(_blanked(article.text, quoted.get(article.id, ())) for article in articles)
    found: dict[tuple[int, Span], None] = {}
    for quotation in quotations:
        if quotation.kind.is_speech:
            found.update(dict.fromkeys(_places(quotation, articles, left)))
    made = []
    last: tuple[int, Span] | None = None
    for number, span in sorted(found, key=lambda place: (place[0], place[1][0], -place[1][1])):
        # Of places that overlap, the one that begins first, and of these the longest
        if last is None or number != last[0] or span[0] >= last[1][1]:
            made.append(_witness(articles[number], span))
            last = number, span
    return tuple(made)


def _places(quotation: Quotation, articles: Sequence[Article], left: Concordance) -> Iterator[tuple[int, Span]]:
    rules = language(quotation.lang)
    own = words(quotation.text)
    if sum(word not in rules.function_words for word in own) < FEWEST:
        return
    for place in locate(quotation.text, left, rules):
        part = place.parts[0]
        article = articles[part.source]
        if len(place.parts) > 1 or place.score < LEAST or article.id == quotation.article:
            continue
        if len(words(article.text[slice(*part.span)])) <= _LONGER * len(own):
            yield part.source, part.span


def _witness(article: Article, span: Span) -> Quotation:
    text = article.text[slice(*span)]
    return Quotation(
        f"{ncname(article.id)}.u.{digest(text, str(span[0]))}",
        article.id,
        article.lang,
        Kind.INDIRECT,
        text,
        spans=(span,),
        rule=RULE,
        outlet=article.outlet,
        published=article.published,
    )


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with other characters in place of what is quoted: every offset stays."""
    left, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            start = max(start, at)
            left += [text[at:start], "|" * (end - start)]
            at = end
    return "".join(left) + text[at:]
