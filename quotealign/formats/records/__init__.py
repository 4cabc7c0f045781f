"""Records: JSON Lines, the contract between stages and with other programs.

Every record has `type` and `schema`. Fields that we do not know are passed through; a record that breaks the
contract is answered with its line.
"""

from quotealign.formats.records.articles import SHA256, article_of, article_record, sha256_of
from quotealign.formats.records.comparisons import (
    apparatus_of,
    apparatus_record,
    cluster_of,
    cluster_record,
    divergence_of,
    divergence_record,
    edit_of,
    edit_record,
    table_record,
    transpositions_record,
)
from quotealign.formats.records.lines import SCHEMA, Record, dump, dump_all, parse_line
from quotealign.formats.records.quotations import (
    quotation_of,
    quotation_record,
    spans_of,
    speaker_of,
    speaker_record,
)

__all__ = [
    "SCHEMA",
    "SHA256",
    "Record",
    "apparatus_of",
    "apparatus_record",
    "article_of",
    "article_record",
    "cluster_of",
    "cluster_record",
    "divergence_of",
    "divergence_record",
    "dump",
    "dump_all",
    "edit_of",
    "edit_record",
    "parse_line",
    "quotation_of",
    "quotation_record",
    "sha256_of",
    "spans_of",
    "speaker_of",
    "speaker_record",
    "table_record",
    "transpositions_record",
]
