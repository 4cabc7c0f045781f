"""Looking into a corpus: its clusters a page at a time, those that hold some words, one with all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from quotealign.corpus.opening import opened
from quotealign.corpus.rows import HEADER, LINKED, article_of_row, linked_of_row
from quotealign.corpus.store import Row, Store
from quotealign.errors import NameUnknown
from quotealign.model import Alignment, Cluster
from quotealign.pipeline import collate_cluster

_WORDS = 12
"""Words of a search that are looked at."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A cluster in a list: how many quotations, its lemma, the speakers named in it and the outlets."""

    id: str
    size: int
    lemma: str
    speakers: tuple[str, ...]
    outlets: tuple[str, ...]


def listed(database: str | Path, *, words: str = "", start: int = 0, most: int = 50) -> tuple[int, tuple[Listed, ...]]:
    """How many clusters have a quotation with all these words, or whose speaker has them, and some of these clusters:
    the largest first, of equals those that linking made first. Capitals count for nothing.

    Raises what `opened` raises.
    """
    asked = words.split()[:_WORDS]
    holds = " AND ".join("contains(lower(concat_ws(' ', q.text, s.name, q.outlet)), lower(?))" for _ in asked)
    chosen = f"""
        SELECT DISTINCT m.cluster FROM members m JOIN quotations q ON q.id = m.quotation
        LEFT JOIN speakers s ON s.quotation = q.id WHERE {holds}
    """
    where = f"WHERE id IN ({chosen})" if asked else ""
    with opened(database) as store:
        ((number,),) = store.rows(f"SELECT count(*) FROM clusters {where}", *asked)
        rows = store.rows(
            f"SELECT id, size, lemma FROM clusters {where} ORDER BY size DESC, position LIMIT ? OFFSET ?",
            *(*asked, most, start),
        )
        return int(number), tuple(_listed(store, row) for row in rows)


def _listed(store: Store, row: Row) -> Listed:
    identifier, size, lemma = row
    query = """
        SELECT {0} AS who, count(*) AS n FROM members m JOIN quotations q ON q.id = m.quotation
        LEFT JOIN speakers s ON s.quotation = q.id WHERE m.cluster = ? AND {0} IS NOT NULL
        GROUP BY who ORDER BY n DESC, who LIMIT 6
    """
    speakers = store.rows(query.format("coalesce(s.name, q.speaker)"), identifier)
    outlets = store.rows(query.format("coalesce(q.outlet, q.article)"), identifier)
    return Listed(identifier, size, lemma or "", tuple(n for n, _ in speakers), tuple(n for n, _ in outlets))


def whole(database: str | Path, cluster: str, *, most: int) -> Alignment:
    """One cluster with its quotations, the headers of their articles, its apparatus and divergences.

    Raises `NameUnknown` where there is no such cluster, or where it has more than `most` quotations, and what `opened`
    raises.
    """
    from quotealign.scoring import score_all
    from quotealign.text.subwords import train_unspaced

    with opened(database) as store:
        found = store.rows("SELECT lemma, size FROM clusters WHERE id = ?", cluster)
        if not found:
            do = "go back to the list: the corpus may have been linked again"
            raise NameUnknown("no such cluster", where=Path(database).name, do=do)
        if found[0][1] > most:
            do = "export it and collate its clusters with quotealign collate"
            raise NameUnknown(f"this cluster has more than {most:,} quotations", where=Path(database).name, do=do)
        query = f"SELECT {LINKED} JOIN members m ON m.quotation = q.id WHERE m.cluster = ? ORDER BY m.position"
        members = [linked_of_row(row) for row in store.rows(query, cluster)]
        names = sorted({quotation.article for quotation in members})
        marks = ", ".join("?" for _ in names)
        rows = store.rows(f"SELECT {HEADER} FROM articles WHERE id IN ({marks}) ORDER BY id", *names)
    made = Cluster(cluster, tuple(quotation.id for quotation in members), found[0][0])
    apparatus = collate_cluster(made, {q.id: q for q in members}, subwords=train_unspaced(q.text for q in members))
    articles = tuple(replace(article_of_row(row), text="") for row in rows)
    return Alignment(articles, tuple(members), (made,), (apparatus,), tuple(score_all(made, members)))
