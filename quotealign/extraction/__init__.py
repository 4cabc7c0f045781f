"""Article → Quotations: marks, reporting clauses, sources, kinds."""

from quotealign.extraction.extract import extract

__all__ = ["extract"]
