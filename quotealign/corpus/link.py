"""Linking: the speakers of the whole corpus under one name each, and its quotations in clusters.

Everything is made anew from the quotations, and takes the place of what was there in one transaction. So the
result depends on what is in the corpus and on the settings, and not on the order in which articles came.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotealign.attribution import identify
from quotealign.corpus.opening import opened
from quotealign.corpus.rows import clean, found_quotations
from quotealign.corpus.store import Store
from quotealign.engines import Engine
from quotealign.formats.records import dump
from quotealign.model import Cluster, Quotation, digest
from quotealign.pipeline import Settings

Stage = Callable[[str], None]

_DERIVED = ("speakers", "clusters", "members", "links")


@dataclass(frozen=True, slots=True)
class Linked:
    """How many clusters and links there are, over how many quotations; `fresh` where they were made just now, and
    not found as an earlier call left them. `left_out` are words and pairs of words that were too common for all who
    hold them to be compared, and how many holders were not; both 0 where nothing was made."""

    quotations: int
    clusters: int
    links: int
    fresh: bool
    left_out: tuple[int, int] = (0, 0)


def link(
    database: str | Path,
    *,
    settings: Settings | None = None,
    again: bool = False,
    engine: Engine | None = None,
    progress: Stage | None = None,
) -> Linked:
    """Bring together the quotations of one utterance, over the whole corpus.

    Of the settings the aliases, the linkage and the encoder count, which joins what two languages report. Where nothing
    has changed since the last time, nothing is done, unless `again`. `engine` runs the search for candidates, in this
    process if not given. `progress` is told what is done next. Raises what `opened` raises.
    """
    settings, progress = settings or Settings(), progress or (lambda stage: None)
    rows = linking_rows(settings)
    name = digest(*(f"{key}={value}" for key, value in rows))
    left_out = (0, 0)
    with opened(database, write=True, sorts=True) as store:
        revision = str(store.revision)
        fresh = again or (store.meta("linked"), store.meta("linking")) != (revision, name)
        if fresh:
            progress("reading")
            quotations = identify(tuple(found_quotations(store)), aliases=settings.aliases)
            progress("linking")
            clusters, left_out = _clustered(quotations, settings, engine)
            progress("writing")
            with store.transaction():
                for table in _DERIVED:
                    store.rows(f"DELETE FROM {table}")
                _write(store, quotations, clusters)
                store.note("linked", revision)
                store.note("linking", name)
                store.note("linking settings", json.dumps(rows))
        numbers = [int(store.rows(f"SELECT count(*) FROM {t}")[0][0]) for t in ("quotations", "clusters", "links")]
        return Linked(numbers[0], numbers[1], numbers[2], fresh, left_out)


def linking_rows(settings: Settings) -> tuple[tuple[str, str], ...]:
    """The settings that linking depends on, name and value."""
    names = ("version", "aliases", "encoder", "language-data")
    return tuple(row for row in settings.rows() if row[0] in names or row[0].startswith("linkage."))


def _clustered(
    quotations: Sequence[Quotation], settings: Settings, engine: Engine | None
) -> tuple[tuple[Cluster, ...], tuple[int, int]]:
    """The one place where the corpus asks for clusters."""
    from quotealign.clustering import cluster
    from quotealign.text.subwords import train_unspaced

    told = [(0, 0)]
    clusters = cluster(
        quotations,
        subwords=train_unspaced(q.text for q in quotations),
        linkage=settings.linkage,
        engine=engine,
        encoder=settings.encoder,
        left_out=lambda features, holders: told.append((features, holders)),
    )
    return clusters, told[-1]


def _write(store: Store, quotations: Sequence[Quotation], clusters: Sequence[Cluster]) -> None:
    named = ((q.id, q.speaker) for q in quotations if q.speaker)
    store.insert("speakers", ((i, clean(s.id), clean(s.name), s.kind, clean(s.authority)) for i, s in named))
    store.insert("clusters", ((c.id, i, len(c.quotations), clean(c.lemma)) for i, c in enumerate(clusters)))
    store.insert("members", ((c.id, i, q) for c in clusters for i, q in enumerate(c.quotations)))
    links = ((c.id, i, k) for c in clusters for i, k in enumerate(c.links))
    store.insert("links", ((c, i, k.a, k.b, k.score, dump(k.evidence).rstrip("\n")) for c, i, k in links))
