"""What a language says of translation, and what a translation into it leaves: the `[translation]` table of its file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Translation(NamedTuple):
    """Phrases are in lower case, longest first.

    mentions      phrases that say by themselves that something was translated
    leads         phrases that say so with the name of a language right behind: in, originally in
    languages     names of languages, as they stand behind a lead, to their codes
    untranslated  phrases that say that words stand as they were spoken; they take back a mention before them
    calques       phrases that render another language word for word
    tag_order     what stands first in a clause behind its words, `subject` (Smith said) or `verb` (dit Smith), where
                  the other order is foreign; empty where both are at home
    bare_names    names of countries that take no article
    """

    mentions: tuple[str, ...]
    leads: tuple[str, ...]
    languages: Mapping[str, str]
    untranslated: tuple[str, ...]
    calques: tuple[str, ...]
    tag_order: str
    bare_names: frozenset[str]
