"""What a language says: one TOML file a language, and the loader that reads it."""

from quotealign.languages.rules import Language, codes, language, named

__all__ = ["Language", "codes", "language", "named"]
