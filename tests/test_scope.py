"""What words that were cut do to those that stay: by the clause they stand in, not by their place in the text.

Each line is a source; what stands between brackets was cut.
"""

from __future__ import annotations

import re

import pytest

from quotealign.scoring import score
from quotealign.scoring.severity import GRAVE

GRAVELY = {
    "en": """
[I do not believe that] the council lied to us.
[I don't think] the mill has to close.
[It is not true that] the mill will close.
The plan is good [for nobody].
We cannot build it [without the state].
[Without help from the state,] we will close the yard.
I support the bridge, [but not this year].
I support the bridge, [but never at this price].
[They did not come and] take our boats.
[We do not want the old bridge or] the new toll.
We will [not, whatever they say,] sell the mill.
We will [not] sell the mill.
[None of us] wants to sell the mill.
I would support a new ferry [if the state pays half of it].
I would support a new ferry, [if they pay half of it].
I would [only] support a new ferry [if the state pays half of it].
[If the state pays half of it,] I would support a new ferry.
[Unless it rains,] the race will go on.
The race will go on [unless the snow comes back].
We will build it [as long as the money lasts].
We did not take this decision [lightly].
We did not act [alone].
We did not do it [only] for money.
There is no [immediate] danger to the town.
There will be no [new] taxes in this town.
That is not [entirely] true.
That is not [always] easy for us.
It is not [just] a bridge to us.
[Not all] of the boats were saved.
We will not sign [until the roof is mended].
We will not sign [before the summer].
We will not close the old bridge [before the new one carries every bus].
Nobody will pay [except the town].
I never said that we would win [easily].
[It would be a lie to say that] the dam is safe.
[It is false that] the dam is safe.
[My opponent says that] the dam is safe.
[They say that] the dam is safe.
[People keep telling me] the dam is safe.
[I wish] the dam was safe.
[He pretended that] the dam is safe.
[Some people think] the dam is safe.
[According to my opponent,] the dam is safe.
[I doubt that] the dam is safe.
It is [almost] certainly our dam.
The work is [nearly] finished in our town.
He was [allegedly] paid by the council.
They will [try to] place the stones by hand.
We lost [at least] 300 of our boats.
[Most of] the boats came home late.
He is [far from] innocent in our eyes.
[Most] voters stayed at home that day.
We saw [only] two boats there.
[But if the board refuses to talk to us,] the ferries will stop.
I intend to stay, [but only if the board asks me].
We will stay open [once the roof is mended].
He is a thief, [according to his former wife].
[It seems that] the chart was out of date.
The water improved, [at least near the surface].
""",
    "fr": """
La digue [ne] tient [plus].
Nous [ne] voulons [plus] de ce port.
Il [ne] viendra [jamais] ici.
Il [ne] viendra [pas] ici.
[Je ne crois pas que] le port restera ouvert.
Nous signerons [si l'État paie la moitié].
Nous signerons [s'il paie la moitié].
Nous ne signerons pas [avant la fin des travaux].
Ce n'est pas [seulement] un port.
Ce n'est pas [toujours] facile.
[Il est faux que] le barrage soit sûr.
[Mon adversaire affirme que] le barrage est sûr.
[Selon la police,] le barrage est sûr.
Ce n'est [presque] jamais notre barrage.
Nous avons perdu [au moins] 300 bateaux.
[À moins qu'il ne publie la lettre,] le ministre doit partir.
[Il est faux de dire que] nous avons dépensé le fonds.
Nous [ne] vendrons le port [que si la ville l'accepte].
""",
    "de": """
Wir schließen die Schule [nicht].
Wir schließen die Schule [nicht in diesem Jahr].
[Ich glaube nicht,] dass die Brücke offen bleibt.
Wir haben diese Entscheidung nicht [leichtfertig] getroffen.
Wir unterschreiben nicht, [bevor das Dach repariert ist].
Wir unterschreiben [nur, wenn der Staat zahlt].
[Wenn der Staat zahlt,] unterschreiben wir den Vertrag.
Das ist nicht [nur] eine Brücke für uns.
Das ist nicht [immer] einfach.
Es gibt keine [neuen] Steuern in der Stadt.
[Es ist falsch, dass] der Damm sicher ist.
[Mein Gegner sagt, dass] der Damm sicher ist.
Die Arbeit ist [fast] fertig bei uns.
Er wurde [angeblich] vom Rat bezahlt.
Wir haben [mindestens] 300 Boote verloren.
Wir zahlen das alles, [sobald der Senat zustimmt].
""",
    "es": """
[No creo que] el puerto siga abierto.
Firmaremos [si el Estado paga la mitad].
No firmaremos [hasta que reparen el techo].
""",
}
HARMLESSLY = {
    "en": """
I think the winter will decide, [and the winter has never asked the council].
I think the winter will decide, [and nobody has asked the council].
[We did not warn the fishermen, and] the harbour will stay open.
[We did not take the decision lightly, and] nobody in this hall is happy about it.
[We did not take the decision lightly, and] everybody in this hall is happy about it.
[Nobody likes it, but] the mill has to close.
The plan is good [because nobody has to move].
The plan is good, [which nobody can deny].
The plan is good for people [who do not drive].
We can build it [without the state].
I support the bridge, [but it is not cheap].
I support the bridge, [but the harbour is not deep enough].
I support the bridge [and not the tunnel].
[When nobody was looking,] the board took the money.
[Because nobody asked,] the board took the money.
[This is not a game,] this is our life.
[This is not a game;] the yard feeds us.
[I am not sure, but I think] the yard will close.
[We never said so.] The yard will close in May.
The yard will close in May. [We never said when].
We hope [, and nobody doubts it,] that the boats come back.
The mill is safe. [It is not pretty.] It stays.
I asked [if the state would pay].
[Nobody asked, and if they had asked I would have said so.] The ferry stays.
The ferry stays, [and if they ask me I will say so].
We don't [even] know the price.
We did not [ever] say that.
There is no danger [at all].
It is not [very] cheap for us.
We will wait [until the roof is mended].
We repaired the roof [before the winter].
We will not close the school [this year in the town of ours].
I do not know [what they want from us].
We are not closing the school, [my friends].
We are not closing the school, [and the roof will be repaired quickly].
The mayor said nothing, and the boats sank [quickly].
They [slowly] repaired the roof of the mill.
[I think that] the dam is safe.
[I think] the dam is safe.
[We believe] the dam is safe.
[I said it before and] the dam is safe.
[I told you that] the dam is safe.
[The dam, he says,] is safe for us.
[As we say,] the dam is safe.
The dam is [very] safe.
[So, as I was telling you,] the dam is safe.
[No,] the port will not be sold this year.
""",
    "fr": """
Nous voulons [plus] de bateaux.
[Ils ne demandent rien, mais] le port restera ouvert.
Le port restera ouvert, [et personne ne l'a demandé].
Le port restera ouvert [parce que personne ne l'a fermé].
Nous n'avons pas pris cette décision [à la légère].
Nous n'avons pas fermé le port [par plaisir].
Je ne sais [même] pas le prix.
[Je pense que] le barrage est sûr.
""",
    "de": """
Die Brücke bleibt offen, [weil niemand sie schließen will].
Die Brücke bleibt offen, [und niemand will sie schließen].
[Niemand hat gefragt, aber] die Brücke bleibt offen.
Wir wissen nicht [einmal] den Preis.
Die Bahn kostet 18 Millionen Euro, [keinen Cent mehr].
[Als niemand hinsah,] nahm der Rat das Geld.
[Ich glaube,] der Damm ist sicher.
[Nein,] der Hafen wird dieses Jahr nicht verkauft.
""",
    "es": """
El puerto seguirá abierto, [y nadie lo ha pedido].
[Nadie preguntó, pero] el puerto seguirá abierto.
""",
}


def lines(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(lang, line) for lang, text in texts.items() for line in text.split("\n") if line]


def severity(lang: str, line: str, *, put_in: bool = False) -> float:
    """How grave the cut of a line is, or putting the words in again."""
    source = line.replace("[", "").replace("]", "")
    cut = re.sub(r"\s+([.,])", r"\1", " ".join(re.sub(r"\[.*?\]", "", line).split())).replace(",.", ".")
    cut = cut[0].upper() + cut[1:]
    a, b = (cut, source) if put_in else (source, cut)
    return score(a, b, lang_a=lang, lang_b=lang, names=()).severity


@pytest.mark.parametrize(("lang", "line"), lines(GRAVELY))
def test_a_cut_may_turn_what_stays(lang: str, line: str) -> None:
    """A denial, a condition or a limit of what stays, or what it denied, is cut or put in: grave, wherever it stood."""
    assert severity(lang, line) >= GRAVE
    assert severity(lang, line, put_in=True) >= GRAVE


@pytest.mark.parametrize(("lang", "line"), lines(HARMLESSLY))
def test_a_cut_takes_its_own_denials_along(lang: str, line: str) -> None:
    """A denial or a condition in another clause says nothing of what stays."""
    assert severity(lang, line) < GRAVE


def test_the_end_of_what_is_denied_is_told() -> None:
    """Who did not leave for money may have left: the cut stays a cut, and says what it may do."""
    found = score("We did not leave the island for money", "We did not leave the island", names=())
    assert found.label == "trimmed"
    assert "may deny more" in found.edits[0].why


def test_half_a_denial_tells_by_its_other_half() -> None:
    """French plus denies behind ne only; que there limits, and is no denial."""
    assert score("La digue ne tient plus.", "La digue tient encore.", lang_a="fr", lang_b="fr").label == "altered"
    assert score("Il veut plus de pain.", "Il veut de pain.", lang_a="fr", lang_b="fr").severity < GRAVE
    limited = score("Il nous faut trois bateaux.", "Il ne nous faut que trois bateaux.", lang_a="fr", lang_b="fr")
    assert [edit.kind for edit in limited.edits] == ["quantifier"]


@pytest.mark.parametrize(
    ("lang", "claimed", "reserved"),
    [
        ("fr", "Il a frappé le garde", "Il aurait frappé le garde"),
        ("fr", "C'est illégal chez nous", "Ce serait illégal chez nous"),
        ("de", "Das ist verboten bei uns", "Das wäre verboten bei uns"),
        ("de", "Er hat das Geld genommen", "Er soll das Geld genommen haben"),
        ("en", "The old bridge is safe for our children.", "Is the old bridge safe for our children?"),
    ],
)
def test_hearsay_and_questions_are_no_claims(lang: str, claimed: str, reserved: str) -> None:
    """What was said with a reserve, or asked, is not to be claimed; nor the other way round."""
    assert score(claimed, reserved, lang_a=lang, lang_b=lang, names=()).severity >= GRAVE
    assert score(reserved, claimed, lang_a=lang, lang_b=lang, names=()).severity >= GRAVE
