"""Titles and sentences of a result, from its payload alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.diagnostic.comparison import Side, compare, signed
from apps.diagnostic.levers import Reasons
from apps.diagnostic.presenters_alerts import MARKS, WRITERS, Facts, alerts, facts
from apps.diagnostic.presenters_balance import balance
from apps.diagnostic.presenters_headline import headline
from apps.diagnostic.presenters_levers import why
from apps.diagnostic.presenters_period import Period, periods
from apps.diagnostic.presenters_references import References
from apps.diagnostic.presenters_words import css_of, in_words

NOW, BEFORE = Period("2026", "automne 2026"), Period("2025", "automne 2025")


def payload(
    *scores: float | None, profile: str | None = None, alerts: tuple[str, ...] = (), **more: Any
) -> Any:
    """Scores of A, B, C, then D and E; shares and gap follow as in the frozen result."""
    known = [score for score in scores[:3] if score is not None]
    whole = len(known) == 3
    total = sum(known)
    shares = [round(score / total, 3) if total else 0.333 for score in known]
    return {
        "axes": {
            axis: {"score": score, "coverage": 1.0} for axis, score in zip("ABCDE", scores, strict=False)
        },
        "pillar_gap": round(max(known) - min(known), 1) if whole else None,
        "barycentre": dict(zip(("human", "financial", "alliances"), shares, strict=True)) if whole else None,
        "profile": profile,
        "alerts": [{"code": c, "level": "red" if c in RED else "orange"} for c in alerts],
        "indicators": {"months_of_cash": None, "top_funder_share": None},
    } | more


RED = ("cash_critical", "negative_equity")
NOTHING = Facts(None, None, 0, None, None)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (payload(60, 20, 30, profile="a_reequilibrer"), "Votre maison s’appuie d’abord sur les personnes."),
        (payload(60, 60, 20, profile="a_reequilibrer"),
         "Votre maison s’appuie d’abord sur les personnes et les ressources financières."),
        (payload(20, 30, 50, profile="a_consolider"), "Votre maison s’appuie un peu plus sur les alliances."),
        (payload(50, 50, 50, profile="a_consolider"), "Vos trois appuis portent autant l’un que l’autre."),
        (payload(50, 52, 50, profile="a_consolider"), "Vos trois appuis portent presque autant l’un que l’autre."),
        (payload(20, 20, 20, profile="en_construction"), "Vos trois appuis sont en construction."),
        (payload(80, 80, 80, profile="a_deployer"), "Vos trois appuis sont solides : faites-en profiter d’autres."),
        (payload(80, 10, 80, profile="a_securiser", alerts=("cash_critical",)),
         "Sécuriser d’abord, rééquilibrer ensuite."),
        (payload(80, None, 80), "Votre point d’équilibre n’est pas encore visible."),
    ],
)  # fmt: skip
def test_the_title_says_where_the_house_stands(made: Any, title: str) -> None:
    said = headline(made, None, "")
    assert plain(said.text) == title
    assert plain(said.entry) == title.removesuffix(".")


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (payload(60, 20, 20, profile="a_reequilibrer"),
         "Les richesses humaines portent 60 % de l’ensemble, les alliances stratégiques 20 %. "
         "L’écart entre ces deux appuis est de 40 points : votre profil est « à rééquilibrer »."),
        (payload(50, 50, 50, profile="a_consolider"),
         "Chacun porte un tiers de l’ensemble. Les trois appuis sont au même niveau : votre profil est "
         "« à consolider »."),
        (payload(80, 70, 75, profile="a_deployer"),
         "Les richesses humaines portent 36 % de l’ensemble, les ressources financières 31 %. "
         "Chaque appui atteint au moins 67 sur 100 : votre profil est « à déployer »."),
        (payload(80, None, 80),
         "Il n’y a pas assez de réponses sur les ressources financières pour comparer les trois appuis : "
         "il faut au moins trois énoncés répondus, et 60 % de l’appui."),
    ],
)  # fmt: skip
def test_the_sentence_under_it_gives_the_figures(made: Any, sentence: str) -> None:
    assert plain(headline(made, None, "").lede) == sentence


def test_red_alerts_pass_before_the_balance() -> None:
    one = headline(payload(50, 50, 50, profile="a_securiser", alerts=("cash_critical",)), None, "")
    two = headline(payload(50, 50, 50, profile="a_securiser", alerts=RED), None, "")
    assert plain(one.lede).startswith("Une alerte rouge passe avant la recherche d’équilibre")
    assert plain(two.lede).startswith("Deux alertes rouges passent avant")


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (payload(60, 10, 20), "s’est réduit de 10 points."),
        (payload(60, 30, 40), "s’est creusé de 10 points."),
        (payload(60, 20, 40), "n’a pas bougé."),
    ],
)
def test_how_the_gap_moved_since_the_last_time(then: Any, said: str) -> None:
    lede = plain(headline(payload(60, 20, 20, profile="a_reequilibrer"), then, "l’automne 2025").lede)
    assert "Depuis l’automne 2025, l’écart entre le plus haut et le plus bas" in lede
    assert lede.endswith(said)


def test_no_gap_then_nothing_is_said_of_its_move() -> None:
    assert "Depuis" not in headline(payload(60, 20, 20), payload(60, None, 20), "l’automne 2025").lede


@pytest.mark.parametrize(
    ("now", "before", "short"),
    [
        (date(2026, 11, 20), None, ("2026", None)),
        (date(2026, 11, 20), date(2025, 11, 21), ("2026", "2025")),
        (date(2026, 11, 20), date(2026, 3, 2), ("novembre 2026", "mars 2026")),
        (date(2026, 11, 20), date(2026, 11, 2), ("20\u00a0novembre", "2\u00a0novembre")),
        (date(2026, 11, 20), date(2026, 11, 1), ("20\u00a0novembre", "1er\u00a0novembre")),
    ],
)
def test_two_points_never_share_a_name(now: date, before: date | None, short: tuple[str, str | None]) -> None:
    first, second = periods(now, before)
    assert (first.short, second.short if second else None) == short


def points(*scores: Any, before: Any = None) -> Any:
    return balance(payload(*scores), payload(*before) if before else None, NOW, BEFORE if before else None)


@pytest.mark.parametrize(
    ("scores", "before", "title"),
    [
        ((60, 20, 20, 50, 50), None, "Le point penche vers les richesses humaines."),
        ((50, 50, 50, 50, 50), None, "Le point est presque au centre."),
        ((50, 50, 50, 50, 50), (60, 20, 20, 50, 50), "Le point se rapproche du centre."),
        ((60, 20, 20, 50, 50), (50, 50, 50, 50, 50), "Le point s’éloigne du centre."),
        ((50, 50, 50, 50, 50), (50, 50, 50, 50, 50), "Le point n’a presque pas bougé."),
        ((50, None, 50, 50, 50), None, "Le point ne peut pas encore être placé."),
    ],
)
def test_where_the_point_is_and_how_it_moved(scores: Any, before: Any, title: str) -> None:
    point = points(*scores, before=before).point
    assert point.title == title
    assert (point.svg is None) == (None in scores)


def test_without_a_first_point_the_second_says_so() -> None:
    point = points(50, 50, 40, 50, 50, before=(50, None, 50, 50, 50)).point
    assert "n’avait pas assez de réponses" in point.text
    assert "2025" not in point.svg.alt


@pytest.mark.parametrize(
    ("scores", "before", "title"),
    [
        ((60, 20, 30, 40, 50), None, "Le plus haut : les richesses humaines. Le plus bas : les ressources financières."),
        ((50, 50, 50, 50, 50), None, "Les axes calculés sont au même niveau : 50,0."),
        ((None,) * 5, None, "Aucun axe n’a encore assez de réponses."),
        ((2, 2, 2, 2, 2), (1, 1, 1, 1, 1), "Tout progresse."),
        ((1, 1, 1, 1, 1), (2, 2, 2, 2, 2), "Tout recule."),
        ((2, 2, 1, 1, 0), (1, 1, 1, 1, 1), "Deux axes progressent, un axe recule et deux axes restent au même niveau."),
        ((1, 1, 1, 1, 2), (1, 1, 1, 1, 1), "Un axe progresse et quatre axes restent au même niveau."),
        ((1, 1, 1, 1, 1), (None,) * 5, "Aucun axe n’a de score dans les deux campagnes."),
    ],
)  # fmt: skip
def test_what_the_five_axes_say(scores: Any, before: Any, title: str) -> None:
    assert plain(points(*scores, before=before).axes.title) == title


def test_the_table_beside_the_figures_holds_their_numbers() -> None:
    table = points(60, 20, None, 50, 50, before=(50, 20, 30, 50, 40)).table
    assert table.header == ("Axe", "2025", "2026", "Évolution", "Part")
    assert table.rows[0] == ("Richesses humaines", "50,0", "60,0", "+10,0", "non calculée")
    assert table.rows[2] == (
        "Alliances stratégiques",
        "30,0",
        "non calculé",
        "non comparable",
        "non calculée",
    )
    assert table.rows[4][-1] == "hors triangle"


@pytest.mark.parametrize(
    ("change", "said"), [(3.66, "+3,7"), (-12.34, "\u221212,3"), (0.04, "0"), (-0.04, "0")]
)
def test_a_change_is_told_to_the_tenth_with_its_sign(change: float, said: str) -> None:
    assert signed(change) == said


def side(made: Any, people: int = 5, instrument: str = "mse-1", period: Period = NOW) -> Side:
    return Side(made, people, instrument, period)


def test_comparison_with_oneself() -> None:
    now = side(payload(60, 30, 30, 50, 40, profile="a_consolider", alerts=("cash_tight",)), 7)
    then = side(
        payload(50, 20, 30, 50, profile="a_reequilibrer", alerts=("cash_critical",)), 1, "mse-0", BEFORE
    )
    found = compare(now, then)
    assert found.header == ("", "2025", "2026", "Évolution")
    rows = {row[0]: row[1:] for row in found.rows}
    assert rows["Richesses humaines"] == ("50,0", "60,0", "+10,0")
    assert rows["Trajectoire et maturité"] == ("non calculé", "40,0", "non comparable")
    assert rows["Écart entre les appuis"] == ("30,0", "30,0", "0")
    assert rows["Personnes qui ont répondu"] == ("1", "7", "")
    assert plain(found.beside_axes) == (
        "Écart entre les appuis : 30,0, puis 30,0. Profil : à rééquilibrer, puis à consolider."
    )
    assert plain(found.alerts) == (
        "Ne s’affiche plus : moins d’un mois de trésorerie. Nouveau : moins de trois mois de trésorerie."
    )
    assert "(mse-0, puis mse-1)" in found.caution
    assert plain(found.caution).endswith(
        "1 personne avait répondu, 7 cette fois : une part du mouvement peut venir de là."
    )


def test_nothing_changed_needs_no_caution() -> None:
    found = compare(side(payload(1, 1, 1)), side(payload(1, 1, 1)))
    assert (found.alerts, found.caution) == ("Les alertes n’ont pas changé.", "")
    assert ("Profil", "aucun", "aucun", "") in found.rows


@pytest.mark.parametrize(
    ("code", "known", "title", "meaning"),
    [
        ("cash_critical", Facts(-2, None, 0, None, None), "moins d’un mois", "Vos comptes sont à découvert."),
        ("cash_critical", Facts(0.1, None, 0, None, None), "moins d’un mois", "moins d’une semaine"),
        ("cash_critical", Facts(0.8, None, 0, None, None), "moins d’un mois", "couvrent 0,8 mois"),
        ("cash_critical", NOTHING, "moins d’un mois", "couvrent peu de dépenses"),
        ("cash_tight", Facts(2.14, None, 0, None, None), "2,1 mois", "un retard de subvention suffit"),
        ("negative_equity", Facts(None, -1234.4, 0, None, None), "fonds propres négatifs", "(−1 234 €)"),
        ("negative_equity", NOTHING, "fonds propres négatifs", "toutes les réserves :"),
        ("repeated_losses", Facts(None, None, 3, None, None), "trois exercices", "Trois résultats négatifs"),
        ("funder_dependency", Facts(None, None, 0, 0.744, None), "apporte 74 % des", "réduit ou retarde"),
        ("funder_dependency", NOTHING, "plus de la moitié", "réduit ou retarde"),
        ("board_not_renewed", Facts(None, None, 0, None, 14), "depuis 14 ans", "la relève"),
        ("board_not_renewed", NOTHING, "depuis plus de six ans", "la relève"),
    ],
)
def test_an_alert_quotes_what_is_known(code: str, known: Facts, title: str, meaning: str) -> None:
    (alert,) = alerts(payload(1, 1, 1, alerts=(code,)), known, References((), None), True).items
    assert title in plain(alert.title)
    assert meaning in plain(alert.meaning)
    assert alert.todo
    assert alert.reference is None
    red = code in RED
    assert (alert.level, alert.ui_level) == (("red", "danger") if red else ("orange", "warn"))
    assert alert.mark is MARKS[alert.level]
    assert alert.title.startswith("Alerte rouge" if red else "Alerte orange")


def test_each_alert_of_the_scoring_has_its_words() -> None:
    assert set(WRITERS) == {
        "cash_critical", "cash_tight", "negative_equity", "repeated_losses", "funder_dependency", "board_not_renewed",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("has_finances", "years", "said"),
    [
        (True, 3, "Aucun des seuils que nous suivons n’est franchi."),
        (False, 3, "Rien n’a été dit sur la trésorerie, les fonds propres et les résultats."),
        (True, None, "Rien n’a été dit sur le renouvellement de la gouvernance."),
        (False, None, "les résultats ni sur le renouvellement de la gouvernance."),
    ],
)
def test_no_alert_says_what_it_does_not_know(has_finances: bool, years: int | None, said: str) -> None:
    found = alerts(payload(1, 1, 1), Facts(None, None, 0, None, years), References((), None), has_finances)
    assert found.nothing.endswith(said)
    assert (found.items, found.helpers, found.has_red) == ((), "", False)


def test_facts_come_from_the_latest_year() -> None:
    years = [{"year": 2024, "result": -1, "equity": 5}, {"year": 2025, "result": -2.5, "equity": -7}]
    found = facts(payload(1, 1, 1, indicators={"months_of_cash": 2.1, "top_funder_share": 0.6}), years, 4)
    assert found == Facts(2.1, -7, 2, 0.6, 4)
    unknown = facts(payload(1, 1, 1), [{"year": 2025, "result": None}], None)
    assert unknown == Facts(None, None, 0, None, None)


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        (Reasons("A1"), "Il ouvre un appui sur lequel les réponses manquent encore."),
        (Reasons("B5", alerts=("cash_tight",)), "Une alerte le demande : moins de trois mois de trésorerie."),
        (Reasons("B5", weakest_axis=True, score=23.3), "C’est votre appui le plus bas (23,3 sur 100)."),
        (Reasons("D1", weakest_axis=True, score=23.3), "C’est votre axe le plus bas (23,3 sur 100)."),
        (Reasons("A1", median=1.0), "La médiane de l’énoncé A1 est de 1 sur 3, premiers pas."),
        (Reasons("A1", median=1.5), "La médiane de l’énoncé A1 est de 1,5 sur 3."),
        (Reasons("A1", spread=2), "Vos réponses s’y écartent de deux niveaux."),
        (Reasons("A1", spread=2, roles=(("gouvernance", 2.0), ("equipe", 1.5))),
         "Vos réponses s’y écartent de deux niveaux."),
        (Reasons("A1", spread=3, roles=(("gouvernance", 3.0), ("equipe", 1.5), ("referent", 0.5))),
         "Vos réponses s’y écartent de trois niveaux : la gouvernance donne 3, le groupe des référents 0,5."),
    ],
)  # fmt: skip
def test_why_a_lever_was_chosen(reasons: Reasons, said: str) -> None:
    assert plain(why(reasons)) == said


def test_small_numbers_in_words() -> None:
    assert [in_words(1), in_words(1, feminine=True), in_words(16), in_words(17)] == [
        "un",
        "une",
        "seize",
        "17",
    ]
    assert css_of("C7") == "alliances"
