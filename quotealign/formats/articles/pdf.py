"""PDF: the text that a page carries. A scan carries none, and is said to be one."""

from __future__ import annotations

import io
import logging

from quotealign.errors import InputEmpty, InputMalformed, LibraryMissing
from quotealign.formats.articles.flowing import paragraphs_of


def pdf(data: bytes) -> str:
    """The paragraphs of a PDF. Raises `LibraryMissing` without pypdf, `InputMalformed`, `InputEmpty`."""
    try:
        import pypdf
    except ImportError:
        raise LibraryMissing("reading PDF needs pypdf", do="run pip install 'quotealign[pdf]'") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputMalformed("protected by a password", do="save it without one")
        pages = [page.extract_text() or "" for page in reader.pages]
    except InputMalformed:
        raise
    except Exception as error:  # pypdf raises what its many parts raise
        raise InputMalformed(f"no PDF that can be read ({type(error).__name__})", do="print it to a new PDF") from None
    if not any(page.strip() for page in pages):
        raise InputEmpty("a PDF without text, a scan, it seems", do="recognise its text first (OCR)")
    return paragraphs_of(pages)
