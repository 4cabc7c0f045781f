"""The kept collection: articles and their quotations in one DuckDB file that grows, linked, and written out again.

Each command of `quotealign corpus` is a function here, of the same name and with the same keywords.
"""

from quotealign.corpus.add import BATCH, Added, add, remove
from quotealign.corpus.export import FORMS, export, records
from quotealign.corpus.link import Linked, link
from quotealign.corpus.opening import init, is_corpus
from quotealign.corpus.sources import Sources
from quotealign.corpus.status import Status, in_words, status
from quotealign.corpus.store import SCHEMA

__all__ = [
    "BATCH",
    "FORMS",
    "SCHEMA",
    "Added",
    "Linked",
    "Sources",
    "Status",
    "add",
    "export",
    "in_words",
    "init",
    "is_corpus",
    "link",
    "records",
    "remove",
    "status",
]
