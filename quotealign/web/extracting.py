"""Articles to quotations, for programs."""

from __future__ import annotations

import json

from quotealign.formats.files import utf8
from quotealign.formats.records import quotation_record
from quotealign.pipeline import Settings, extract_all
from quotealign.report.wording import count
from quotealign.web.task import Outcome, Task
from quotealign.web.working import Desk


def extract(task: Task, desk: Desk) -> Outcome:
    """Find the quotations of articles; the part `quotations.json` has their records."""
    notices: list[str] = []
    articles = desk.compared(task, notices)
    desk.tell("finding quotations", True)
    whole = {"whole": True, "part": False}.get(task.options.get("unit", "whole"))
    settings = Settings(indirect=bool(task.options.get("indirect")), whole=whole)
    quotations, told = extract_all(articles, settings=settings)
    notices += map(str, told)
    result = json.dumps({"quotations": [quotation_record(q) for q in quotations]}, ensure_ascii=False)
    title = articles[0].id if len(articles) == 1 else count(len(articles), "article")
    return Outcome(title, count(len(quotations), "quotation"), tuple(notices), {"quotations.json": utf8(result)})
