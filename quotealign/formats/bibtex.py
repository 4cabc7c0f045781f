"""Articles as entries of a bibliography: BibTeX with the types and fields of biblatex.

An entry's key is made of the article's id alone, so that it stays when others come or go. There is no `urldate`: when
an address was looked at, the article does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from quotealign.formats.tei.ids import address_of
from quotealign.formats.tex import printable
from quotealign.model import Article, ncname

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(?=$|T)")
# An escaped brace is a brace to BibTeX, which counts them to find the end of a field.
_BRACES = {"\\{": "\\textbraceleft{}", "\\}": "\\textbraceright{}"}
_BRACE = re.compile(r"\\[{}]")


def bibtex(articles: Iterable[Article]) -> str:
    """An entry an article: `online` with an address, `article` with an outlet only, `misc` with neither."""
    return "\n".join(map(_entry, articles))


def _entry(article: Article) -> str:
    address = address_of(article.url) if article.url else None
    date = _DATE.match(article.published) if article.published else None
    outlet = _shown(article.outlet)
    kind = "online" if address else "article" if outlet else "misc"
    fields = {
        "title": f"{{{_shown(article.title) or _shown(article.id)}}}",
        "organization" if address else "journal": outlet,
        "date": date and date.group(),
        "url": address,
        "language": None if article.lang == "und" else _shown(article.lang),
        "note": _shown("; ".join(_told(article, address, date))),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{ncname(article.id)},\n{lines}}}\n"


def _told(article: Article, address: str | None, date: re.Match[str] | None) -> Iterable[str]:
    """What is known but no field can hold."""
    if article.published and not date:
        yield f"published {article.published}"
    if article.url and not address:
        yield f"address {article.url}"


def _shown(text: str | None) -> str:
    shown = " ".join(printable(text or "").split())
    return _BRACE.sub(lambda found: _BRACES[found.group()], shown)
