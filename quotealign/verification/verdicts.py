"""Verdicts: what is to be said of a quotation, from the passage that was found and the edits that lead from it.

`QUESTIONS` are asked in order, the graver first; the first that is answered names the verdict. The class of the edits
is scoring's: here it is only read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from quotealign.languages import Language, language
from quotealign.model import Article, Divergence, Edit, Finding, Quotation, Span, Verdict
from quotealign.text.numerals import negates
from quotealign.text.tokens import words
from quotealign.verification.messages import message, otherwise, taken_out
from quotealign.verification.passages import Compared
from quotealign.verification.sources import Source
from quotealign.verification.speakers import differ, printed

SUPPORT = 0.6
"""The share of a quotation's information that a passage must have to support it, from `_ENOUGH` words on."""
_ENOUGH, _ALMOST_ALL = 10, 0.9
"""Fewer words stand together by chance: of `_FEW` the passage must have almost all."""
_GRAVE = 0.5
_ALIKE = 0.5
"""How much of two texts may differ, for one to be the other with another meaning."""
_FEW = 3
"""Words up to which a quotation is anybody's: another speaker of them proves nothing."""
_EDGE = " \t\r\n\u00a0\u202f.,;:–—-\"'“”„‟«»‹›‘’‚"
_OF_PRINT = frozenset({"punctuation", "case", "contraction", "spelling", "numeral", "merge"})
_AS_GOOD = _OF_PRINT | {"synonym", "inflection"}
"""Edits behind which a passage tells a word that is not in it."""


@dataclass(frozen=True, slots=True)
class _Case:
    """What the questions are asked of."""

    quotation: Quotation
    compared: Compared
    divergence: Divergence
    rules: Language
    support: float

    @property
    def other_speaker(self) -> bool:
        """Whether the source gives the words to somebody else, and does not name the draft's speaker beside them."""
        compared = self.compared
        if len(words(self.quotation.text)) <= _FEW:
            return False
        if not differ(self.quotation.speaker, compared.passages[0].speaker) or self._may_be_its_spokesman:
            return False
        return not set(printed(self.quotation)) <= (compared.beside if compared.surely else compared.near)

    @property
    def _may_be_its_spokesman(self) -> bool:
        """Whether the draft names a person and the source only whose voice it was: a spokesman for the society."""
        mine, passage = self.quotation.speaker, self.compared.passages[0]
        if mine is None or passage.speaker is None or (mine.kind, passage.speaker.kind) != ("person", "org"):
            return False
        unnamed = self.rules.roles | self.rules.anonymous
        return any(word in unnamed for word in words(passage.source or ""))


def _told(compared: Compared, edits: tuple[Edit, ...]) -> float:
    """How much of the quotation the passage tells: the words that were located, and those that stand there in another
    form, or as another word of the same meaning."""
    spans = [span for edit in edits if edit.a and edit.kind in _AS_GOOD for span in edit.b]
    more = sum(share for (s, e), share in compared.missing if any(s < stop and start < e for start, stop in spans))
    return min(1.0, round(compared.score + more, 4))


def _unsupported(case: _Case) -> bool:
    missing = max(0, _ENOUGH - max(_FEW, len(words(case.quotation.text))))
    steeper = max(0.0, _ALMOST_ALL - case.support) * missing / (_ENOUGH - _FEW)
    return case.compared.score < case.support + steeper


def _stitched(case: _Case) -> bool:
    return case.compared.stitched


def _altered(case: _Case) -> bool:
    return any(edit.severity >= _GRAVE for edit in case.divergence.edits)


def _misattributed(case: _Case) -> bool:
    return case.other_speaker


def _verbatim(case: _Case) -> bool:
    compared = case.compared
    if compared.left_out or compared.told:
        return False
    # A comma before what the reporter says between two pieces may be his.
    pieces = [part[: -len(",")] if part.endswith(",") else part for part in compared.pieces[:-1]]
    printed = (compared.text, " ".join([*pieces, *compared.pieces[-1:]]))
    return any(_bare(case.quotation.text) == _bare(text) for text in printed)


def _reworded(case: _Case) -> bool:
    """Whether other words stand there in silence: those that are only left out leave the rest as said."""
    return any(edit.b and edit.kind != "bracket" and not _of_print(edit) for edit in case.divergence.edits)


def _trimmed(case: _Case) -> bool:
    """Whether words were left out, or others put in their place between brackets."""
    return case.compared.left_out or not all(map(_of_print, case.divergence.edits))


def _of_print(edit: Edit) -> bool:
    """Whether an edit changes no word: [t]hey, and [sic], are remarks on how it was printed."""
    if edit.kind != "bracket":
        return edit.kind in _OF_PRINT
    a, b = ("".join(c for c in text.casefold() if c.isalnum()) for text in (edit.a_text, edit.b_text))
    return a == b or (a, b) == ("", "sic")


QUESTIONS: tuple[tuple[Verdict, Callable[[_Case], bool]], ...] = (
    (Verdict.UNSUPPORTED, _unsupported),
    (Verdict.STITCHED, _stitched),
    (Verdict.ALTERED, _altered),  # before the speaker: what nobody said is graver than who said it
    (Verdict.MISATTRIBUTED, _misattributed),
    (Verdict.VERBATIM, _verbatim),
    (Verdict.REWORDED, _reworded),
    (Verdict.TRIMMED, _trimmed),
    (Verdict.COSMETIC, lambda case: True),
)


def judge(
    quotation: Quotation,
    draft: Article,
    compared: Compared,
    divergence: Divergence,
    rules: Language,
    *,
    support: float = SUPPORT,
) -> Finding:
    """The finding on a quotation that is compared with a passage; `divergence` leads from the passage to it."""
    compared = replace(compared, score=_told(compared, divergence.edits))
    case = _Case(quotation, compared, divergence, rules, support)
    verdict = next(verdict for verdict, question in QUESTIONS if question(case))
    marked = _marked(case) if verdict == Verdict.TRIMMED else None
    line, column, end = _place(quotation, draft)
    if verdict == Verdict.UNSUPPORTED and compared.stitched:
        # Crumbs from several places: one of them is the closest, and no edit leads from it.
        nearest = max(compared.passages, key=lambda passage: len(passage.text))
        compared, divergence = replace(compared, passages=(nearest,)), replace(divergence, edits=())
    return Finding(
        quotation=quotation,
        verdict=verdict,
        message=message(verdict, quotation, compared, divergence, marked, case.other_speaker),
        line=line,
        column=column,
        end=end,
        passage=compared.passages[0],
        further=compared.passages[1:],
        edits=divergence.edits,
        label=divergence.label,
        divergence=divergence.divergence,
        severity=divergence.severity,
        score=compared.score,
        marked=marked,
    )


def in_its_clause(finding: Finding, clause: Divergence, draft: Article) -> Finding:
    """The finding on a fragment, by what the clause that it was taken from says of it: what is denied there, or said
    on a condition, is trimmed where the draft's own sentence neither denies nor conditions anything.

    clause  leads from the whole clause to the fragment
    """
    cut = [edit for edit in clause.edits if edit.a and not edit.b and edit.severity >= _GRAVE]
    if not cut or finding.verdict.rank >= Verdict.TRIMMED.rank or _turns(finding.quotation, draft):
        return finding
    worst = max(cut, key=lambda edit: edit.severity)
    return replace(finding, verdict=Verdict.TRIMMED, message=taken_out(finding, worst), marked=False)


def _turns(quotation: Quotation, draft: Article) -> bool:
    """Whether the draft's sentence around a quotation denies or conditions something itself."""
    rules = language(draft.lang)
    around = Source(draft, rules, (quotation,))
    beside = around.reporters_words(around.sentence(quotation.spans[0][0], quotation.spans[-1][1]))
    known = rules.relations.denying | rules.scope.unclaimed | set(rules.scope.conditions.by_first)
    return any(negates(word, rules) or word in known or word.rstrip("sd") in known for word in beside)


def contradicted(finding: Finding, others: Sequence[Finding]) -> Finding:
    """The finding, with a word on the first of other places that has nearly the same and means something else; an
    altered one needs none."""
    if finding.verdict.rank >= Verdict.ALTERED.rank:
        return finding
    for other in others:
        alike = other.divergence is not None and other.divergence <= _ALIKE
        if other.verdict == Verdict.ALTERED and other.passage is not None and alike:
            return replace(finding, message=otherwise(finding, other.passage, other.edits))
    return finding


def unfound(quotation: Quotation, draft: Article) -> Finding:
    """The finding on a quotation of which the sources have nothing."""
    return Finding(quotation, Verdict.UNSUPPORTED, "The sources have nothing like it.", *_place(quotation, draft))


def _place(quotation: Quotation, draft: Article) -> tuple[int, int, tuple[int, int]]:
    if not quotation.spans:
        return 1, 1, (1, 1)
    return *draft.line_and_column(quotation.spans[0][0]), draft.line_and_column(quotation.spans[-1][1])


def _bare(text: str) -> str:
    """The text as printed, without what the sentence around it puts at its edges."""
    return " ".join(text.split()).strip(_EDGE)


def _marked(case: _Case) -> bool:
    """Whether the draft owns up to each omission: by an ellipsis in its place, or by words of its own between brackets
    beside it."""
    edits = case.divergence.edits
    declared = [span for edit in edits if edit.kind == "bracket" and edit.b for span in edit.a]
    gone = [edit for edit in edits if not edit.b and any(c.isalnum() for c in edit.a_text)]
    return not case.compared.in_silence and all(
        edit.is_marked or any(_touch(span, other, case.compared.text) for span in edit.a for other in declared)
        for edit in gone
    )


def _touch(one: Span, other: Span, text: str) -> bool:
    """Whether no word stands between two spans."""
    first, last = sorted((one, other))
    return not any(c.isalnum() for c in text[first[1] : last[0]])
