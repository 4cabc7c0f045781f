"""How templates are read, and the wording that all of them use: everything escaped, a missing name is an error."""

from __future__ import annotations

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
    made.filters["sentence"] = wording.sentence
    made.globals["count"] = wording.count
    return made
