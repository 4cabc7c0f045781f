"""Ways of writing: what is only print is cosmetic in `score` and `check`; the real change beside it stays grave."""

from __future__ import annotations

import pytest
from test_check import verdict

from quotealign.model import Finding
from quotealign.scoring import score
from quotealign.text.markup import unspoken
from quotealign.text.spelling import other_spellings

PRINT = [
    ("en", "It was 5% more than we expected", "It was 5 percent more than we expected"),
    ("en", "It was 5% more than we expected", "It was 5 per cent more than we expected"),
    ("en", "It was five percent more than we expected", "It was 5% more than we expected"),
    ("fr", "Nous sommes passés de 5 % au moins à dix", "Nous sommes passés de cinq pour cent au moins à dix"),
    ("fr", "La dette a augmenté de 5 % en deux ans", "La dette a augmenté de 5 pour cent en deux ans"),
    ("de", "Die Preise sind um 5 Prozent gestiegen", "Die Preise sind um 5 % gestiegen"),
    ("de", "Die Preise sind um 5% gestiegen", "Die Preise sind um fünf Prozent gestiegen"),
    ("es", "Los precios subieron un 5 % este año", "Los precios subieron un 5 por ciento este año"),
    ("es", "Los precios subieron un 5% este año", "Los precios subieron un cinco por ciento este año"),
    ("en", "Inflation is at 5%", "Inflation is at 5 percent"),
    ("en", "The ticket costs $5 now", "The ticket costs 5 dollars now"),
    ("en", "The ticket costs £5 now", "The ticket costs five pounds now"),
    ("en", "The bridge cost $5 million to build", "The bridge cost 5 million dollars to build"),
    ("de", "Die Karte kostet €5 am Hafen", "Die Karte kostet 5 Euro am Hafen"),
    ("de", "Die Karte kostet 5 € am Hafen", "Die Karte kostet fünf Euro am Hafen"),
    ("fr", "Le billet coûte 5 € au port", "Le billet coûte cinq euros au port"),
    ("en", "We walked 5 km to the mill", "We walked 5 kilometres to the mill"),
    ("en", "We walked 5km to the mill", "We walked five kilometers to the mill"),
    ("en", "It was 20C in the harbour", "It was 20 degrees Celsius in the harbour"),
    ("en", "It was 20°C in the harbour", "It was 20 degrees Celsius in the harbour"),
    ("en", "It was 20 °C in the harbour", "It was 20C in the harbour"),
    ("en", "The E.U. has no army of its own", "The EU has no army of its own"),
    ("en", "The N.H.S. is our pride", "The NHS is our pride"),
    ("en", "The F.B.I. called the harbour", "The FBI called the harbour"),
    ("en", "They came from the U.S. by boat", "They came from the US by boat"),
    ("en", "We organised the defence of the theatre", "We organized the defense of the theater"),
    ("en", "We organized the defense of the theater", "We organised the defence of the theatre"),
    ("de", "Die Straße war naß und groß", "Die Strasse war nass und gross"),
    ("fr", "Ma sœur a du cœur", "Ma soeur a du coeur"),
    ("en", "We will rebuild the old bridge by spring", "We will rebuild [the old bridge](https://x.org/b) by spring"),
    ("en", "We will rebuild [the old bridge](https://x.org/b) by spring", "We will rebuild the old bridge by spring"),
    ("en", "We will not rebuild the old bridge", "We will *not* rebuild the old bridge"),
    ("en", "We will not rebuild the old bridge", "We will **not** rebuild the _old_ bridge"),
    ("en", "We will not rebuild the old bridge", "We will not rebuild the old bridge[^1]"),
    ("en", "We will rebuild the old bridge by spring", "We will rebuild the old bri\u00addge by spring"),
    ("en", "We will rebuild the old bridge by spring", "We will rebuild the old bri\u200bdge by spring"),
    ("en", "We will rebuild the old bridge by spring", "We will rebuild the old bri\u200ddge by spring"),
    ("en", "A well-known bridge by the harbour", "A well\u2011known bridge by the harbour"),
    ("en", "A well-known bridge by the harbour", "A well\u2010known bridge by the harbour"),
    ("en", "The final office by the harbour", "The \ufb01nal o\ufb03ce by the harbour"),
    ("fr", "Le café a fermé en février", "Le cafe\u0301 a ferme\u0301 en fe\u0301vrier"),
    ("en", "We have 12 boats in the harbour", "We have \uff11\uff12 boats in the harbour"),
    ("en", "The ferry leaves at 5 pm on weekdays", "The ferry leaves at 5 p.m. on weekdays"),
    ("en", "The ferry leaves at 5pm on weekdays", "The ferry leaves at 5 p.m. on weekdays"),
    ("en", "The ferry leaves at 5:30 on weekdays", "The ferry leaves at 5.30 on weekdays"),
    ("de", "Die Fähre legt um 17:30 Uhr ab", "Die Fähre legt um 17.30 Uhr ab"),
    ("fr", "Le bac part à 17h30 du port", "Le bac part à 17 h 30 du port"),
    ("en", "He'd seen the harbour before", "He had seen the harbour before"),
    ("en", "He'd see the harbour again", "He would see the harbour again"),
    ("en", "I think it's a good harbour", "I think it is a good harbour"),
    ("en", "I think it's been a good harbour", "I think it has been a good harbour"),
    ("en", "The mayor's gone to the harbour", "The mayor has gone to the harbour"),
    ("en", "We asked Dr Lund about the harbour", "We asked Dr. Lund about the harbour"),
    ("en", "It opens on 3 March in the harbour", "It opens on March 3 in the harbour"),
    ("en", "It opens on 3 March in the harbour", "It opens on 3rd March in the harbour"),
    ("en", "It opens on March 3rd in the harbour", "It opens on the third of March in the harbour"),
    ("en", "It opened in Sept. with a party", "It opened in September with a party"),
    ("en", "This is the twenty-first boat we built", "This is the 21st boat we built"),
    ("en", "The nineteenth century built this harbour", "The 19th century built this harbour"),
    ("fr", "Le premier mars, le port ouvre", "Le 1er mars, le port ouvre"),
    ("fr", "Le XIXe siècle a bâti ce port", "Le 19e siècle a bâti ce port"),
    ("en", "We lost one third of the boats", "We lost a third of the boats"),
    ("en", "We lost one third of the boats", "We lost 1/3 of the boats"),
    ("en", "We lost a third of the boats", "We lost ⅓ of the boats"),
    ("en", "It cost half a million crowns", "It cost 500,000 crowns"),
    ("de", "Es kostete eine halbe Million Kronen", "Es kostete 500.000 Kronen"),
    ("fr", "Cela a coûté un demi-million de couronnes", "Cela a coûté 500 000 couronnes"),
    ("es", "Costó medio millón de coronas", "Costó 500.000 coronas"),
    ("de", "Es sind 12,5 Kilometer bis zum Hafen", "Es sind 12.5 Kilometer bis zum Hafen"),
    ("fr", "Il y a 12,5 bateaux par jour", "Il y a 12.5 bateaux par jour"),
    ("fr", "Nous avons 1\u202f000\u202f000 de bateaux", "Nous avons un million de bateaux"),
    ("de", "Wir haben 1'000'000 Boote", "Wir haben 1.000.000 Boote"),
    ("en", "We waited 2½ years for it", "We waited 2.5 years for it"),
    ("en", "We waited two and a half years for it", "We waited 2.5 years for it"),
    ("en", "We paid 4.5 million euros for it", "We paid €4.5m for it"),
    ("en", "We paid $1.2 billion for the bridge", "We paid 1.2 billion dollars for the bridge"),
    ("en", "They rose by 10 to 15 percent last year", "They rose by 10% to 15% last year"),
    ("en", "It rose from 5% to 10% in June", "It rose from five percent to ten percent in June"),
    ("en", "Between 5 and 10 percent of us left", "Between 5 and 10% of us left"),
    ("en", "A two-thirds majority is needed here", "A two thirds majority is needed here"),
    ("en", "Two-thirds of the boats are gone", "2/3 of the boats are gone"),
    ("en", "Three quarters of the boats are gone", "¾ of the boats are gone"),
    ("en", "The M.P.s went to the E.U.'s capital", "The MPs went to the EU's capital"),
    ("en", "We will meet on Sept. 5 at noon", "We will meet on 5 September at noon"),
    ("en", "We will meet on 5 September 2020 at noon", "We will meet on September 5, 2020, at noon"),
    ("de", "Wir treffen uns am 3. März im Rathaus", "Wir treffen uns am dritten März im Rathaus"),
    ("es", "Abrimos el 3 de marzo en el puerto", "Abrimos el tres de marzo en el puerto"),
    ("fr", "Nous ouvrons le 3 mars au port", "Nous ouvrons le trois mars au port"),
    ("fr", "Nous avons marché 5 km hier", "Nous avons marché cinq kilomètres hier"),
    ("es", "Caminamos 5 km hasta el molino", "Caminamos cinco kilómetros hasta el molino"),
    ("de", "Wir sind 5 km gelaufen", "Wir sind fünf Kilometer gelaufen"),
    ("en", "There's no harbour here", "There is no harbour here"),
    ("en", "They'd have liked the harbour", "They would have liked the harbour"),
    ("en", "The islands'll decide on the harbour", "The islands will decide on the harbour"),
    ("en", "We lost half a dozen boats", "We lost six boats"),
    ("en", "We \ufb01led the paper in the o\ufb03ce", "We filed the paper in the office"),
    ("en", "We won 3–2 in the end of it", "We won 3-2 in the end of it"),
    ("en", "It cost 1,000,000 crowns to build", "It cost one million crowns to build"),
    ("en", "It cost 1 000 000 crowns to build", "It cost 1,000,000 crowns to build"),
    ("en", "Come to [our harbour](https://x.org/a_(b)) on Monday", "Come to our harbour on Monday"),
    ("en", "Come to our harbour on Monday", "Come to ***our*** `harbour` on Monday"),
    ("en", "The ferry leaves at 5:30pm on weekdays", "The ferry leaves at 5.30 p.m. on weekdays"),
    ("en", "Mr Lund and Mrs. Holm met here", "Mr. Lund and Mrs Holm met here"),
    ("es", "Pagamos 5 millones de euros por él", "Pagamos 5.000.000 € por él"),
    ("fr", "Nous avons payé 5 millions d'euros", "Nous avons payé 5 millions €"),
    ("en", "It is the U.K.'s oldest harbour", "It is the UK's oldest harbour"),
    ("en", "It takes 24 hrs to get there", "It takes 24 hours to get there"),
    ("en", "Twenty per cent of us left", "20% of us left"),
    ("en", "One hundred percent of us left", "100% of us left"),
]
REWORDED = [
    ("en", "There will be no vote in the harbour", "There will not be a vote in the harbour"),
    ("en", "There will not be any vote in the harbour", "There will be no vote in the harbour"),
    ("en", "We have no plan for the harbour", "We don't have a plan for the harbour"),
    ("en", "Inflation is at 5% this year", "Inflation is at 5 this year"),
    ("en", "The ticket costs $5 at the harbour", "The ticket costs 5 at the harbour"),
    ("en", "We never had any harbour here", "We never had a harbour here"),
    ("en", "There is no money for the harbour", "There isn't any money for the harbour"),
]
GRAVE = [
    ("en", "It was 5% more than we expected", "It was 5 points more than we expected"),
    ("en", "It was 5% more than we expected", "It was 6 percent more than we expected"),
    ("en", "It was 5 percent more than we expected", "It was 5 percentage points more than we expected"),
    ("fr", "La dette a augmenté de 5 % en deux ans", "La dette a augmenté de six pour cent en deux ans"),
    ("fr", "La dette a augmenté de 5 % en deux ans", "La dette a augmenté de 5 points en deux ans"),
    ("de", "Die Preise sind um 5 Prozent gestiegen", "Die Preise sind um 50 % gestiegen"),
    ("es", "Los precios subieron un 5 % este año", "Los precios subieron un siete por ciento este año"),
    ("en", "The ticket costs $5 now", "The ticket costs 5 euros now"),
    ("en", "The ticket costs $5 now", "The ticket costs £5 now"),
    ("en", "The bridge cost $5 million to build", "The bridge cost 5 billion dollars to build"),
    ("en", "We walked 5 km to the mill", "We walked 5 miles to the mill"),
    ("en", "It was 20C in the harbour", "It was 20F in the harbour"),
    ("en", "The E.U. has no army of its own", "The UN has no army of its own"),
    ("en", "The E.U. has no army of its own", "The U.N. has no army of its own"),
    ("en", "The ferry leaves at 5 pm on weekdays", "The ferry leaves at 5 a.m. on weekdays"),
    ("en", "The ferry leaves at 5pm on weekdays", "The ferry leaves at 5am on weekdays"),
    ("en", "The ferry leaves at 5.30 on weekdays", "The ferry leaves at 5.03 on weekdays"),
    ("en", "The ferry leaves at 5:30 on weekdays", "The ferry leaves at 5.03 on weekdays"),
    ("fr", "Le bac part à 17h30 du port", "Le bac part à 17 h 45 du port"),
    ("en", "There will be no vote in the harbour", "There will be a vote in the harbour"),
    ("en", "He said there will be no vote", "He did not say there will be a vote"),
    ("en", "It opens on 3 March in the harbour", "It opens on March 4 in the harbour"),
    ("en", "It opens on 3 March in the harbour", "It opens on 3rd May in the harbour"),
    ("en", "This is the twenty-first boat we built", "This is the 22nd boat we built"),
    ("en", "The nineteenth century built this harbour", "The 18th century built this harbour"),
    ("en", "We lost one third of the boats", "We lost 1/4 of the boats"),
    ("en", "We lost a third of the boats", "We lost two thirds of the boats"),
    ("en", "It cost half a million crowns", "It cost 50,000 crowns"),
    ("de", "Es kostete eine halbe Million Kronen", "Es kostete 5 Millionen Kronen"),
    ("de", "Es sind 12,5 Kilometer bis zum Hafen", "Es sind 125 Kilometer bis zum Hafen"),
    ("en", "We will not rebuild the old bridge", "We will *now* rebuild the old bridge"),
    ("en", "He'd seen the harbour before", "He hadn't seen the harbour before"),
    ("fr", "Nous avons 1\u202f000\u202f000 de bateaux", "Nous avons un milliard de bateaux"),
    ("en", "It rose from 5% to 10% in June", "It rose from five percent to six percent in June"),
    ("en", "It rose from 5% to 10% in June", "It rose from ten percent to five percent in June"),
    ("en", "The N.H.S. is our pride", "The NSA is our pride"),
    ("en", "There will be no vote in the harbour", "There will not be no vote in the harbour"),
    ("en", "We have no plan for the harbour", "We have a plan for the harbour"),
    ("en", "We paid $1.2 billion for the bridge", "We paid 1.2 million dollars for the bridge"),
    ("en", "Two-thirds of the boats are gone", "1/3 of the boats are gone"),
    ("en", "We will meet on 5 September at noon", "We will meet on September 6 at noon"),
    ("en", "We will meet on 5 September at noon", "We will meet on 5 October at noon"),
    ("de", "Wir treffen uns am 3. März im Rathaus", "Wir treffen uns am vierten März im Rathaus"),
    ("en", "We lost half a dozen boats", "We lost five boats"),
    ("en", "It cost 1,000,000 crowns to build", "It cost ten million crowns to build"),
    ("en", "The islands'll decide on the harbour", "The islands won't decide on the harbour"),
    ("es", "Pagamos 5 millones de euros por él", "Pagamos 5.000 € por él"),
    ("en", "This is the 21st boat we built", "This is the 22nd boat we built"),
    ("en", "This is the first boat we built", "This is the 2nd boat we built"),
]
SAYS = {
    "en": ("“%s,” said Ann Lee.", "The meeting began at noon. “%s,” said Ann Lee.\n\nThen everybody went away."),
    "fr": (
        "« %s », a dit Ann Lee.",
        "La séance s’est ouverte à midi. « %s », a dit Ann Lee.\n\nPuis chacun s’en alla.",
    ),
    "de": ("„%s“, sagte Ann Lee.", "Die Sitzung begann mittags. „%s“, sagte Ann Lee.\n\nDann gingen alle."),
    "es": ("«%s», dijo Ann Lee.", "La sesión empezó a mediodía. «%s», dijo Ann Lee.\n\nLuego se fueron todos."),
}


def checked(lang: str, source: str, draft: str) -> Finding:
    """The finding on a quotation of a draft, said so in the source."""
    return verdict(SAYS[lang][0] % draft, SAYS[lang][1] % source, lang=lang)


@pytest.mark.parametrize(("lang", "source", "draft"), PRINT)
def test_what_is_only_print_is_cosmetic(lang: str, source: str, draft: str) -> None:
    """Signs, figures, dates, initials, contractions, spellings and marks of layout: the words are as said."""
    assert score(source, draft, lang_a=lang, lang_b=lang, names=()).label in ("cosmetic", "spelling")
    assert checked(lang, source, draft).verdict.value == "cosmetic"


@pytest.mark.parametrize(("lang", "source", "draft"), REWORDED)
def test_what_says_the_same_in_other_words_is_reworded(lang: str, source: str, draft: str) -> None:
    """A denial at another word, a sign of measure in one only."""
    assert score(source, draft, lang_a=lang, lang_b=lang, names=()).label == "reworded"
    assert checked(lang, source, draft).verdict.value == "reworded"


@pytest.mark.parametrize(("lang", "source", "draft"), GRAVE)
def test_a_real_change_beside_them_stays_grave(lang: str, source: str, draft: str) -> None:
    """Another figure, unit, date, name or denial is another, in whatever way it is written."""
    assert score(source, draft, lang_a=lang, lang_b=lang, names=()).label == "altered"
    assert checked(lang, source, draft).verdict.value in ("altered", "unsupported")


def test_only_what_is_surely_markdown_is_no_word() -> None:
    """A product, a name with underscores, a remark in brackets and a lone star are text."""
    for text in ("2 * 3 * 4", "read snake_case_names", "[the mayor] said (so)", "a star* and another*", "[sic](!)"):
        assert unspoken(text) == ()
    text = "See [the *old* bridge](https://x.org/b)[^2]."
    left = "".join(c for k, c in enumerate(text) if not any(s <= k < e for s, e in unspoken(text)))
    assert left == "See the old bridge."


def test_a_word_is_sought_in_its_other_spellings() -> None:
    """By rule, by list, as a figure, with and without dots; nothing else is asked for."""
    assert "organise" in other_spellings("organize", "en")
    assert "defence" in other_spellings("defense", "en")
    assert other_spellings("five", "en") == ("5",)
    assert "n.h.s." in other_spellings("NHS", "en")
    assert other_spellings("harbor", "en") == ("harbour",)
    assert other_spellings("bridge", "en") == ()
