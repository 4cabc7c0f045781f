"""What everything that works has at hand, and what it begins with: articles out of what was handed over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from quotealign.checking import Progress, Sources
from quotealign.errors import InputEmpty, NameUnknown
from quotealign.formats.articles import Reading, read_given
from quotealign.languages import has_data
from quotealign.model import Article, Notice
from quotealign.report.wording import count
from quotealign.web.limits import Limits
from quotealign.web.shelf import Against, Shelf, articles_of
from quotealign.web.task import Given, Task


@dataclass(frozen=True, slots=True)
class Desk:
    """The collections, the limits, a folder to write in, the address below which the outcome is shown, and whom to tell
    what is being done; with True nothing but the task itself is left, whose time runs from now on. `progress` tells how
    many quotations are done, and of how many."""

    shelf: Shelf
    limits: Limits
    scratch: Path
    base: str
    tell: Callable[[str, bool], None]
    progress: Progress

    def sources(self, task: Task, notices: list[str]) -> Against:
        """What a draft is checked against: a collection, or what was handed over with it."""
        if task.collection is not None:
            sources = self.shelf.sources(task.collection, lambda stage: self.tell(stage, False), notices)
            self.tell(f"checking against {count(len(sources), 'article')}", True)
            return sources
        articles = self.articles(task.sources, task, notices)
        self.tell(f"checking against {count(len(articles), 'article')}", True)
        return Sources(articles)

    def compared(self, task: Task, notices: list[str]) -> list[Article]:
        """Articles that are compared with each other: those of a collection, or what was handed over.

        Raises `InputEmpty`, `NameUnknown` where there are too many.
        """
        if task.collection is None:
            return self.articles(task.drafts, task, notices)
        self.tell(f"reading {task.collection}", False)
        most = self.limits.articles
        found = list(islice(articles_of(self.shelf.collection(task.collection), notices), most + 1))
        if len(found) > most:
            do = "keep them in a corpus (quotealign corpus) and serve that: its clusters can be browsed"
            raise NameUnknown(f"more than {most:,} articles", where=task.collection, do=do)
        if not found:
            raise InputEmpty("no article could be read", where=task.collection, do="put articles there")
        return found

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
                item = replace(item, do=_without_options(item.do))
                first = first or item
                notices.append(str(item))
        if not found and first is not None:
            raise InputEmpty(first.what, where=first.where, do=first.do)
        if not found:
            raise InputEmpty("nothing was given", do="paste a text or choose a file")
        return found


def _without_options(do: str) -> str:
    """What to do, but for what only a command line has options for."""
    return " or ".join(way for way in re.split(r",? or ", do) if "--" not in way)
