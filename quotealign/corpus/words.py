"""The words of the articles, kept as numbers: by them a draft is checked without every text being read again.

A row is good for the article of its hash and the version of the program that wrote it; of other articles the text is
read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from quotealign import __version__
from quotealign.corpus.store import Row, Store
from quotealign.text.numbering import packed

_GOOD = "a.id = w.article AND a.hash = w.hash AND w.version = ?"
"""Where words are those of their article."""
_PAGE = 500
"""Articles whose words are read at a time."""


def keep_words(store: Store, given: Sequence[Row]) -> None:
    """Write the words of some articles: id, hash and compared forms of each."""
    forms = dict.fromkeys(form for _, _, words in given for form in words)
    numbers = _numbers(store, list(forms))
    last = store.rows("SELECT coalesce(max(number), 0) FROM vocabulary")[0][0]
    new = [(form, number) for number, form in enumerate((f for f in forms if f not in numbers), last + 1)]
    numbers.update(new)
    # What an earlier version, which knew no words, has left of an article that it removed.
    store.rows("DELETE FROM words WHERE article IN (SELECT unnest(?::VARCHAR[]))", [row[0] for row in given])
    store.insert("vocabulary", new)
    store.insert(
        "words",
        [
            (identifier, name, __version__, len(words), packed(list(map(numbers.__getitem__, words))))
            for identifier, name, words in given
        ],
    )


def _numbers(store: Store, forms: Sequence[str]) -> dict[str, int]:
    query = "SELECT form, number FROM vocabulary WHERE form IN (SELECT unnest(?::VARCHAR[]))"
    return dict(store.rows(query, forms))


def sizes(store: Store) -> Iterator[Row]:
    """Of each article its place in the store, its id, its hash, and how many words are kept of it; None where none
    are, or those of another text or version."""
    if store.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'words'"):
        query = f"SELECT a.rowid, a.id, a.hash, w.size FROM articles a LEFT JOIN words w ON {_GOOD}"
        return store.stream(query, __version__)
    return store.stream("SELECT rowid, id, hash, NULL FROM articles")


class KeptWords:
    """The words of a corpus as `Numbered`; `texts` are the numbers of its articles in the collection, by their ids."""

    def __init__(self, store: Store, texts: Mapping[str, int]) -> None:
        self._store, self._texts = store, texts
        self.highest = int(store.rows("SELECT coalesce(max(number), 0) FROM vocabulary")[0][0])

    def numbers_of(self, forms: Sequence[str]) -> Mapping[str, int]:
        """As in `Numbered`."""
        return _numbers(self._store, forms)

    def pages(self) -> Iterator[tuple[Sequence[int], bytes]]:
        """As in `Numbered`."""
        numbers: list[int] = []
        rows: list[bytes] = []
        query = f"SELECT w.article, w.row FROM words w SEMI JOIN articles a ON {_GOOD}"
        for article, row in self._store.stream(query, __version__):
            if article in self._texts:
                numbers.append(self._texts[article])
                rows.append(row)
            if len(rows) == _PAGE:
                yield numbers, b"".join(rows)
                numbers, rows = [], []
        if rows:
            yield numbers, b"".join(rows)
