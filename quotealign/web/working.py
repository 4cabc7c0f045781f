"""What everything that works has at hand, and what it begins with: articles out of what was handed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from quotealign.errors import InputEmpty
from quotealign.formats.articles import Reading, read_given
from quotealign.languages import has_data
from quotealign.model import Article, Notice
from quotealign.pipeline import Sources
from quotealign.web.limits import Limits
from quotealign.web.shelf import Shelf
from quotealign.web.task import Given, Task


@dataclass(frozen=True, slots=True)
class Desk:
    """The collections, the limits, a folder to write in, and whom to tell what is being done; `ready` says that no
    collection is read any more: from now on the time for the task itself runs."""

    shelf: Shelf
    limits: Limits
    scratch: Path
    tell: Callable[[str, bool], None]

    def sources(self, task: Task, notices: list[str]) -> Sources:
        """What a draft is checked against: a collection, or what was handed over with it."""
        if task.collection is not None:
            sources = self.shelf.sources(task.collection, lambda stage: self.tell(stage, False))
            self.tell("checking", True)
            return sources
        return Sources(self.articles(task.sources, task, notices))

    def articles(self, given: Iterable[Given], task: Task, notices: list[str]) -> list[Article]:
        """The articles of what was handed over. Raises `InputEmpty` where there is none."""
        lang = task.options.get("lang") or None
        how = Reading(
            lang=lang if lang and has_data(lang) else None,
            largest=self.limits.article,
            changes=task.options.get("changes", "accept"),
        )
        found: list[Article] = []
        first: Notice | None = None
        for item in read_given(given, how):
            if isinstance(item, Article):
                found.append(item)
            else:
                first = first or item
                notices.append(str(item))
        if not found and first is not None:
            raise InputEmpty(first.what, where=first.where, do=first.do)
        if not found:
            raise InputEmpty("nothing was given", do="paste a text or choose a file")
        return found
