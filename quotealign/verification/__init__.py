"""Draft + sources → Findings: where the words of a quotation stand in the sources, and the verdict on it."""

from quotealign.verification.locating import Located, asked, locate
from quotealign.verification.passages import Compared, assemble, is_whole
from quotealign.verification.sources import Source
from quotealign.verification.translations import sayings, shared_by, translated
from quotealign.verification.unmarked import unmarked
from quotealign.verification.verdicts import SUPPORT, contradicted, in_its_clause, judge, unfound

__all__ = [
    "SUPPORT",
    "Compared",
    "Located",
    "Source",
    "asked",
    "assemble",
    "contradicted",
    "in_its_clause",
    "is_whole",
    "judge",
    "locate",
    "sayings",
    "shared_by",
    "translated",
    "unfound",
    "unmarked",
]
