"""Extraction on many machines: each works through its part of the articles, and what their speakers are called is
settled over all.

The same quotations come out as from `pipeline.extract_all`, in no order, as a folder of Parquet.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from quotealign.attribution import identities, named
from quotealign.engines.spark import Spark
from quotealign.formats.parquet import QUOTATION, quotation_row, record_of_row
from quotealign.formats.records import article_of, article_record, dump, parse_line, quotation_of, speaker_of
from quotealign.languages import learn, learnt
from quotealign.model import Alias, Article, Notice, Speaker
from quotealign.pipeline import Settings, quotations_of, with_language


@dataclass(frozen=True, slots=True)
class _Extracted:
    """Lines of articles to rows of quotations; a notice travels among them, as a row of its own type."""

    settings: Settings
    learnt: tuple[tuple[str, str], ...]

    def __call__(self, lines: Iterable[str]) -> Iterator[str]:
        for code, toml in self.learnt:
            if (code, toml) not in learnt():
                learn(code, toml)
        for line in lines:
            article = with_language(article_of(parse_line(line, ""), ""), settings=self.settings)
            quotations, notices = quotations_of(article, settings=self.settings)
            yield from map(quotation_row, quotations)
            for notice in notices:
                yield dump({"type": "notice", "extra": json.dumps(asdict(notice))})


@dataclass(frozen=True, slots=True)
class _Named:
    """Rows of quotations to the same, their speakers called as in all articles."""

    canonical: Mapping[Speaker, Speaker]
    aliases: tuple[Alias, ...]

    def __call__(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            record = parse_line(line, "")
            if record["type"] == "quotation":
                quotation = quotation_of(record_of_row(record), "")
                yield quotation_row(named(quotation, self.canonical, aliases=self.aliases))


def extract_to(
    engine: Spark, articles: Iterable[Article], folder: str, *, settings: Settings | None = None
) -> tuple[Notice, ...]:
    """Write the quotations of some articles as Parquet; returns the notices, by article. A folder that is there already
    is replaced. `{folder}.part` holds what is half done, and goes again."""
    settings = settings or Settings()
    part = folder.rstrip("/") + ".part"
    lines = (dump(article_record(article)) for article in articles)
    try:
        engine.store(lines, part, QUOTATION, _Extracted(settings, learnt()))
        told = engine.records(part, "SELECT extra FROM records WHERE type = 'notice'")
        notices = sorted((Notice(**json.loads(json.loads(row)["extra"])) for row in told), key=str)
        met: Counter[tuple[Speaker, str]] = Counter()
        for line in engine.records(part, _MET):
            row = json.loads(line)
            if speaker := speaker_of(row["speaker"]):
                met[speaker, row.get("called", "")] += row["times"]
        canonical = identities(met, aliases=settings.aliases)
        engine.transform(part, folder, QUOTATION, _Named(canonical, settings.aliases))
    finally:
        engine.remove(part)
    return tuple(notices)


_MET = """
SELECT speaker, source.text AS called, COUNT(*) AS times FROM records
WHERE type = 'quotation' AND speaker IS NOT NULL GROUP BY speaker, source.text
"""
