"""What is in a corpus: counts, what has not been linked yet, and with which settings it was made."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from quotealign.corpus.opening import opened
from quotealign.corpus.store import Store
from quotealign.model import Kind

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Status:
    """A corpus in figures.

    articles            how many; `languages` how many in each
    quotations          how many; `kinds` how many of each kind, in each language
    clusters, linked    how many clusters, and how many quotations stand in one
    waiting             articles that came in since the last linking; `waiting_quotations` their quotations
    current             whether the clusters are those of all articles: none came in, was changed or removed since
    settings            of each run of settings: how many articles were read with it, then name and value
    linking             the settings of the last linking
    schema, version     of the tables, and of the program that made the file
    """

    articles: int
    languages: Mapping[str, int]
    quotations: int
    kinds: Mapping[str, Mapping[str, int]]
    clusters: int
    linked: int
    waiting: int
    waiting_quotations: int
    current: bool
    settings: tuple[tuple[int, Mapping[str, str]], ...]
    linking: Mapping[str, str] = field(default_factory=dict)
    schema: int = 0
    version: str = ""

    def record(self) -> dict[str, Any]:
        """As JSON holds it."""
        settings = [{"articles": articles, **dict(rows)} for articles, rows in self.settings]
        return {"type": "status"} | asdict(self) | {"settings": settings}


def status(database: str | Path) -> Status:
    """Count what is in a corpus. Raises what `opened` raises."""
    with opened(database) as store:
        since = int(store.meta("linked") or 0)
        kinds: dict[str, dict[str, int]] = {}
        for lang, kind, count in store.rows(
            "SELECT lang, kind, count(*) FROM quotations GROUP BY ALL ORDER BY lang, kind"
        ):
            kinds.setdefault(lang, {})[kind] = count
        waiting = "(SELECT id FROM articles WHERE revision > ?)"
        return Status(
            articles=_count(store, "articles"),
            languages=dict(store.rows("SELECT lang, count(*) AS n FROM articles GROUP BY lang ORDER BY n DESC, lang")),
            quotations=_count(store, "quotations"),
            kinds=kinds,
            clusters=_count(store, "clusters"),
            linked=_count(store, "members"),
            waiting=_count(store, "articles WHERE revision > ?", since),
            waiting_quotations=_count(store, f"quotations WHERE article IN {waiting}", since),
            current=since == store.revision,
            settings=_settings(store),
            linking=dict(json.loads(store.meta("linking settings") or "[]")),
            schema=int(store.meta("schema") or 0),
            version=store.meta("version") or "",
        )


def _count(store: Store, rows: str, *values: int) -> int:
    return int(store.rows(f"SELECT count(*) FROM {rows}", *values)[0][0])


def _settings(store: Store) -> tuple[tuple[int, Mapping[str, str]], ...]:
    """Those of the last run first."""
    last = store.meta("settings")
    query = """
        SELECT count(*) AS n, any_value(s.rows), s.digest = ? AS latest
        FROM articles a JOIN settings s ON s.digest = a.settings GROUP BY s.digest
        ORDER BY latest DESC, n DESC, s.digest
    """
    return tuple((count, dict(json.loads(rows))) for count, rows, _ in store.rows(query, last or ""))


def in_words(status: Status) -> str:
    """A status for people."""
    speech = sum(n for kinds in status.kinds.values() for kind, n in kinds.items() if Kind(kind).is_speech)
    lines = [
        f"articles    {status.articles:,}" + _shares(status.languages),
        f"quotations  {status.quotations:,}" + (f" ({speech:,} speech)" if status.quotations else ""),
    ]
    order = [kind.value for kind in Kind]
    for lang, kinds in status.kinds.items():
        counts = " · ".join(f"{kind} {kinds[kind]:,}" for kind in order if kind in kinds)
        lines.append(f"  {lang:<10}{counts}")
    lines.append(f"clusters    {status.clusters:,}" + (f" of {status.linked:,} quotations" if status.clusters else ""))
    if status.waiting:
        counts = f"{_plural(status.waiting, 'article')} with {_plural(status.waiting_quotations, 'quotation')}"
        lines.append(f"not linked  {counts} (quotealign corpus link)")
    elif not status.current:
        lines.append("not linked  articles were removed since (quotealign corpus link)")
    for articles, rows in status.settings:
        lines += _wrapped(f"settings    {_plural(articles, 'article')}: {_listed(rows)}")
    if status.linking:
        lines += _wrapped(f"linked with {_listed(status.linking)}")
    lines.append(f"schema      {status.schema}, made by quotealign {status.version}")
    return "\n".join(lines) + "\n"


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(line, _WIDTH, subsequent_indent=" " * 12, break_on_hyphens=False)


def _plural(number: int, thing: str) -> str:
    return f"{number:,} {thing}" + ("s" if number != 1 else "")


def _shares(counts: Mapping[str, int]) -> str:
    return " (" + " · ".join(f"{name} {n:,}" for name, n in counts.items()) + ")" if counts else ""


def _listed(rows: Mapping[str, str]) -> str:
    return " · ".join(f"{name} {value}" for name, value in rows.items())
