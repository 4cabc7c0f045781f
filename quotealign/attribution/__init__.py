"""Sources → Speakers: who is meant, within an article and across articles."""

from quotealign.attribution.attribute import attribute
from quotealign.attribution.identity import identify, identities, named

__all__ = ["attribute", "identify", "identities", "named"]
