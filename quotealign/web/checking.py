"""A draft against its sources: findings, and a page with the verdicts beside the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotealign import __version__
from quotealign.checking import untold
from quotealign.formats.articles import is_before
from quotealign.formats.checked import Checked
from quotealign.formats.files import utf8
from quotealign.formats.findings import WRITERS
from quotealign.model import Article, Finding
from quotealign.report import summary, verdicts
from quotealign.report.places import Place, places
from quotealign.report.verdicts import Row, row_of
from quotealign.web.task import Outcome, Task
from quotealign.web.views import fragment
from quotealign.web.working import Desk


@dataclass(frozen=True, slots=True)
class _Draft:
    """A draft as shown: its text in pieces, and its findings by the ids of their quotations."""

    article: Article
    places: tuple[Place, ...]
    rows: dict[str, Row]
    cut: bool


def check(task: Task, desk: Desk) -> Outcome:
    """Check drafts; the parts are the page, the records, and the files that `check` writes."""
    notices: list[str] = []
    drafts = desk.articles(task.drafts, task, notices)
    sources = desk.sources(task, notices)
    checked: list[Checked] = []
    shown: list[_Draft] = []
    findings: tuple[Finding, ...] = ()
    for number, draft in enumerate(drafts, 1):
        if number > 1:
            desk.tell(f"checking draft {number:,} of {len(drafts):,}", False)
        last = findings if is_before(draft) else ()
        findings, told = sources.check(draft, support=task.options.get("support"), progress=desk.progress)
        findings = untold(findings, last)
        notices += map(str, told)
        own = [Checked(draft.id, finding) for finding in findings]
        shown.append(_shown(draft, own, len(checked), desk))
        checked += own
    desk.tell("writing", False)
    told_all = summary([c.finding for c in checked])
    rows = [(c.file, c.finding, False) for c in checked]
    parts = {
        "page": fragment("checked.html", drafts=shown, left_out=_left_out(shown, checked), limits=desk.limits),
        **{f"findings.{name}": utf8(WRITERS[name](checked, __version__)) for name in ("json", "csv", "sarif")},
        "findings.html": utf8(verdicts(rows, version=__version__)),
    }
    return Outcome(_title(drafts), told_all[:1].upper() + told_all[1:], tuple(notices), parts)


def _title(drafts: Sequence[Article]) -> str:
    return drafts[0].title or drafts[0].id if len(drafts) == 1 else f"{len(drafts):,} drafts"


def _shown(draft: Article, checked: Sequence[Checked], before: int, desk: Desk) -> _Draft:
    kept = checked[: max(0, desk.limits.quotations - before)]
    rows = {c.finding.quotation.id: row_of(before + n, c.file, c.finding) for n, c in enumerate(kept, 1)}
    letters = desk.limits.letters
    quotations = [c.finding.quotation for c in kept]
    return _Draft(draft, places(draft.text[:letters], quotations), rows, len(draft.text) > letters)


def _left_out(shown: Sequence[_Draft], checked: Sequence[Checked]) -> int:
    return len(checked) - sum(len(draft.rows) for draft in shown)
