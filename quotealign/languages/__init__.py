"""What a language says: one TOML file a language, and the loader that reads it."""

from quotealign.languages.facts import Language
from quotealign.languages.phrases import PhraseList
from quotealign.languages.rules import codes, has_data, language, learn, learnt, named, well_formed

__all__ = ["Language", "PhraseList", "codes", "has_data", "language", "learn", "learnt", "named", "well_formed"]
