"""quotealign: quoted speech in the news, extracted, attributed, aligned, collated and scored."""

__version__ = "0.1.0"
