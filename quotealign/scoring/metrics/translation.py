"""BLEU, chrF, chrF++ and TER, with sacrebleu's numbers (Post 2018).

The tokens, the last step of each figure and the signatures are sacrebleu's own. N-grams are counted by
`text/ngrams`, several times faster and to the same counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from quotealign.scoring.metrics.gauges import Texts
from quotealign.text.ngrams import Shared, shared


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


def settings(name: str) -> Callable[[], str]:
    """The signature of a metric of sacrebleu's, for one reference."""

    def signature() -> str:
        metric = _sacrebleu(name)
        metric.sentence_score("a", ["a"])  # sacrebleu counts the references before it signs
        return str(metric.get_signature())

    return signature


def bleu(texts: Texts) -> float:
    """BLEU of one sentence with effective order, in [0, 100] (Papineni et al. 2002)."""
    return bleu_of(tokens_13a(texts.a), tokens_13a(texts.b))


_SYMBOLS = str.maketrans({c: f" {c} " for c in '!"#$%&()*+/:;<=>?@[\\]^_`{|}~'})
_STOP = re.compile(r"((?<=[^0-9])[.,]|[.,](?=[^0-9]))")
_STOPS = re.compile(r"[.,]{2}")
_DASH = re.compile(r"(?<=[0-9])-")


@lru_cache(maxsize=4096)
def tokens_13a(text: str) -> tuple[str, ...]:
    """The tokens of sacrebleu's tokenizer 13a. Plain text takes a shorter way to the same tokens."""
    text = text.rstrip()
    if any(c in text for c in "&<\n"):
        return tuple(_sacrebleu("bleu").tokenizer(text).split())
    line = f" {text} ".translate(_SYMBOLS)
    if _STOPS.search(line):
        return tuple(_sacrebleu("bleu").tokenizer(text).split())
    # What stands alone needs no look at what the step before it put in.
    return tuple(" - ".join(_DASH.split(" ".join(_STOP.split(line)))).split())


def bleu_of(reference: Sequence[str], hypothesis: Sequence[str]) -> float:
    """BLEU over tokens: n-grams up to four, effective order, exponential smoothing."""
    counts = shared(reference, hypothesis, 4)
    found = _sacrebleu("bleu").compute_bleu(
        correct=[n.common for n in counts],
        total=[n.b for n in counts],
        sys_len=len(hypothesis),
        ref_len=len(reference),
        smooth_method="exp",
        effective_order=True,
    )
    return float(found.score)


def chrf(texts: Texts) -> float:
    """chrF: F2 of the character n-grams up to six, in [0, 100] (Popović 2015)."""
    return _f_score("chrf", _characters(texts))


def chrf_plus_plus(texts: Texts) -> float:
    """chrF++: chrF with the n-grams of one and two words besides (Popović 2017)."""
    words = _sacrebleu("chrf++")._remove_punctuation
    return _f_score("chrf++", [*_characters(texts), *shared(words(texts.a), words(texts.b), 2)])


def _characters(texts: Texts) -> list[Shared]:
    return shared("".join(texts.a.split()), "".join(texts.b.split()), 6)


def _f_score(name: str, counts: Sequence[Shared]) -> float:
    # sacrebleu leaves the hypothesis' n-grams out of account where the reference has none of that order.
    statistics = [number for n in counts for number in (n.b if n.a else 0, n.a, n.common)]
    return float(_sacrebleu(name)._compute_f_score(statistics))


def ter(texts: Texts) -> float:
    """TER: words to change until both agree, shifts counted once, in percent of the reference (Snover et al. 2006)."""
    return float(_sacrebleu("ter").sentence_score(texts.b, [texts.a]).score)
