"""How templates are read, and the wording that all of them use: everything escaped, a missing name is an error."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from quotealign.model import ncname
from quotealign.report import wording

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(*packages: str) -> Environment:
    """A new environment, to which a page adds what its templates use. Those of further `packages` go before ours."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in (*packages, "quotealign.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {"figure": wording.figure, "class_of": wording.class_of, "explain": wording.explain}
    made.filters.update(filters, ncname=ncname, without_folders=wording.without_folders, day=wording.day)
    made.filters.update(sentence=wording.sentence, family_of=wording.family_of, language_tag=wording.language_tag)
    style = "\n".join(made.get_template(name).render() for name in ("style.css", "arcs.css"))
    made.globals.update(count=wording.count, style=style, style_hash=_hashed(style))
    return made


def _hashed(style: str) -> str:
    """What a page's security policy calls the one style sheet that it allows: its SHA-256 (W3C CSP, section 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
