"""Metrics by name: figures that others know, each with the signature that makes it repeatable.

`METRICS` is the one table of names. `a` is the reference, `b` what is held against it. BLEU, chrF, chrF++ and TER are
sacrebleu's own numbers (0–100; TER may exceed 100); the others lie in [0, 1].
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from quotealign.errors import NameUnknown
from quotealign.text.edits import common_places, similarity, token_set, token_sort
from quotealign.text.normalization import fold
from quotealign.text.tokens import words


@dataclass(frozen=True, slots=True)
class Metric:
    """A named figure: how it is computed, what it says and what it does not."""

    name: str
    compute: Callable[[str, str], float]
    signature: Callable[[], str]
    good_for: str
    not_for: str


@lru_cache(maxsize=None)
def _sacrebleu(name: str) -> Any:
    # Imported late: the library takes longer to load than most commands take to run.
    from sacrebleu.metrics import BLEU, CHRF, TER  # type: ignore[attr-defined]

    made: dict[str, Callable[[], Any]] = {
        "bleu": lambda: BLEU(effective_order=True),
        "chrf": lambda: CHRF(),
        "chrf++": lambda: CHRF(word_order=2),  # Popović 2017
        "ter": lambda: TER(),
    }
    return made[name]()


def _sentence(name: str) -> Callable[[str, str], float]:
    def compute(a: str, b: str) -> float:
        return float(_sacrebleu(name).sentence_score(b, [a]).score)

    return compute


def _sacrebleu_signature(name: str) -> Callable[[], str]:
    def signature() -> str:
        metric = _sacrebleu(name)
        metric.sentence_score("a", ["a"])  # sacrebleu counts the references before it signs
        return str(metric.get_signature())

    return signature


def _rapidfuzz_signature(what: str) -> Callable[[], str]:
    def signature() -> str:
        return f"{what}|case:folded|version:rapidfuzz-{version('rapidfuzz')}"

    return signature


def _containment(a: str, b: str) -> float:
    x, y = words(a), words(b)
    shorter = min(len(x), len(y))
    return len(common_places(x, y)) / shorter if shorter else float(not x and not y)


METRICS: dict[str, Metric] = {
    m.name: m
    for m in (
        Metric(
            "bleu",
            _sentence("bleu"),
            _sacrebleu_signature("bleu"),
            "comparing with published figures",
            "single short sentences; meaning",
        ),
        Metric(
            "chrf",
            _sentence("chrf"),
            _sacrebleu_signature("chrf"),
            "wording, inflected languages",
            "meaning: an inserted “not” hardly shows",
        ),
        Metric(
            "chrf++",
            _sentence("chrf++"),
            _sacrebleu_signature("chrf++"),
            "wording, with word order",
            "meaning, like chrF",
        ),
        Metric(
            "ter",
            _sentence("ter"),
            _sacrebleu_signature("ter"),
            "words to change until both agree",
            "short fragments: it may exceed 100",
        ),
        Metric(
            "levenshtein",
            lambda a, b: similarity(fold(a), fold(b)),
            _rapidfuzz_signature("levenshtein"),
            "spelling, small slips",
            "moved words",
        ),
        Metric(
            "token-sort",
            lambda a, b: token_sort(fold(a), fold(b)),
            _rapidfuzz_signature("token_sort_ratio"),
            "moved words",
            "who did what to whom",
        ),
        Metric(
            "token-set",
            lambda a, b: token_set(fold(a), fold(b)),
            _rapidfuzz_signature("token_set_ratio"),
            "fragments and cuts",
            "words added",
        ),
        Metric(
            "containment",
            _containment,
            _rapidfuzz_signature("lcs-words/shorter"),
            "fragments: is the shorter one all there?",
            "words added",
        ),
    )
}
"""Names a user types, in the order in which figures are shown."""

DEFAULT = ("bleu", "chrf", "ter", "levenshtein", "token-sort", "token-set", "containment")


def measure(a: str, b: str, *, names: Sequence[str] = DEFAULT) -> dict[str, float]:
    """The named figures for two texts, rounded to four decimals so that they stay the same when written."""
    return {name: round(_known(name).compute(a, b), 4) for name in names}


@lru_cache(maxsize=64)
def signature(names: tuple[str, ...] = DEFAULT) -> str:
    """What makes the figures repeatable: one `name=settings` for each, as sacrebleu writes its own."""
    return " ".join(f"{name}={_known(name).signature()}" for name in names)


def _known(name: str) -> Metric:
    if name not in METRICS:
        raise NameUnknown(f"no metric {name!r}", do=f"use {', '.join(METRICS)}")
    return METRICS[name]
