"""A lead and the eight steps: from the note to what leaves, the archive taken up again, the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.method import READY, add, box, open_new, opened, space, take, write
from tests.e2e.screens import check_screen

pytestmark = pytest.mark.e2e


def test_a_lead_writes_the_eight_steps_and_takes_them_away(
    page_of: Callable[..., Page], tmp_path: Path
) -> None:
    desk = page_of("referente")
    desk.goto("/agir/demarches/nouvelle/")
    check_screen(desk)
    desk.get_by_label("Nom de la démarche").fill("")
    desk.get_by_role("button", name="Ouvrir la démarche").click()
    expect(desk.get_by_label("Nom de la démarche")).to_have_attribute("aria-invalid", "true")
    check_screen(desk, "refused")
    at = open_new(desk, "Vers 2035")
    expect(desk.locator("main")).to_contain_text("Le mandat de la gouvernance n’est pas encore écrit.")
    check_screen(desk, "nothing yet")
    framing(desk, at)
    activities(desk, at)
    photograph(desk, at)
    crossed(desk, at)
    target(desk, at)
    levers(desk, at)
    roadmap(desk, at)
    follow_up(desk, at)
    talk(desk, at)
    stages(desk, at)
    papers(desk, at, tmp_path)
    archive = dossier(desk, at, tmp_path)
    taken_up_again(desk, archive)
    the_end(desk, at)


def framing(desk: Page, at: str) -> None:
    desk.goto(f"{at}outils/cadrage/")
    check_screen(desk, "empty note")
    desk.get_by_role("button", name="Partir du modèle").click()
    expect(box(desk, "mandate").locator("textarea")).to_have_value(re.compile("^Le conseil d’administration"))
    write(desk, "mandate", "Le conseil nous demande un modèle cible avant l’été.")
    write(desk, "starts", "2040-01-08")
    desk.goto(f"{at}outils/cadrage/")
    expect(box(desk, "mandate").locator("textarea")).to_have_value(re.compile("avant l’été"))
    add(desk, "meeting", "Lancer la démarche")
    write(desk, "date", "2040-01-15")
    write(desk, "step", "Étape 1")
    check_screen(desk, "meeting")
    desk.goto(at)
    expect(desk.locator("main")).to_contain_text("15 janvier 2040")


def activities(desk: Page, at: str) -> None:
    desk.goto(f"{at}outils/activites/")
    check_screen(desk, "empty activites")
    add(desk, "activity", "Le vélo-école")
    write(desk, "fragilities", "Emploi")
    write(desk, "beneficiaries", "Des adultes qui n’ont jamais appris")
    write(desk, "people", "85")
    write(desk, "place", "Au cœur du projet")
    box(desk, "share_of_effort").locator("input[type=text]").fill("beaucoup")
    expect(box(desk, "share_of_effort").locator("[data-said].bad")).to_be_visible()
    check_screen(desk, "a field refused")
    write(desk, "share_of_effort", "40")
    desk.goto(f"{at}outils/activites/saisie/activity/")
    check_screen(desk)
    row = desk.locator(".typing-row").first
    row.get_by_label("Nom de l’activité").fill("La vélorution du dimanche")
    row.get_by_label("Part de notre temps").fill("cent trente")
    desk.get_by_role("button", name="Enregistrer ces lignes").click()
    expect(desk.get_by_label("Nom de l’activité").first).to_have_value("La vélorution du dimanche")
    check_screen(desk, "refused")
    desk.get_by_label("Part de notre temps").first.fill("10")
    desk.get_by_role("button", name="Enregistrer ces lignes").click()
    expect(desk.get_by_role("status").first).to_contain_text("1 activité ajoutée")
    desk.get_by_role("link", name="Terminé").click()
    expect(desk.locator("#carte")).to_contain_text("La vélorution du dimanche")
    desk.get_by_role("button", name="Monter La vélorution du dimanche").click()
    expect(desk.locator("#live-activity a").first).to_have_text("La vélorution du dimanche")


def photograph(desk: Page, at: str) -> None:
    desk.goto(f"{at}outils/photographie/")
    check_screen(desk, "empty photographie")
    desk.get_by_role("button", name="Préparer les 3 fiches qui manquent").click()
    desk.locator("#liste-photograph").get_by_role("link", name="Le vélo-école").click()
    write(desk, "human_local_existing", "Quatre monitrices et douze bénévoles.")
    write(desk, "alliances_national_wanted", "Un réseau de vélo-écoles.")
    desk.goto(f"{at}comptes/")
    check_screen(desk, "none")
    desk.get_by_label("Dernier exercice clos").fill("bientôt")
    desk.get_by_role("button", name="Ouvrir ces exercices").click()
    expect(desk.get_by_label("Dernier exercice clos")).to_have_attribute("aria-invalid", "true")
    check_screen(desk, "refused")
    desk.get_by_label("Dernier exercice clos").fill("2025")
    desk.get_by_role("button", name="Ouvrir ces exercices").click()
    expect(desk.get_by_role("columnheader", name=re.compile("2023"))).to_be_visible()
    desk.get_by_role("button", name="Copier ces montants").click()
    expect(desk.locator("#total-resources")).to_contain_text(re.compile(r"305\s600"))
    write(desk, "cotisations", "1 250,50")
    expect(desk.locator("#total-resources")).to_contain_text(re.compile(r"300\s551"))
    desk.get_by_text("Changer : l’ensemble ou une activité").click()
    desk.locator(".scopes").get_by_role("link", name="Le vélo-école").click()
    check_screen(desk)


def crossed(desk: Page, at: str) -> None:
    desk.goto(f"{at}diagnostic-croise/")
    check_screen(desk, "to choose")
    desk.get_by_role("radio").first.check()
    desk.get_by_role("button", name="Relier cette campagne").click()
    expect(desk.locator("#divergences")).to_be_visible()
    check_screen(desk, "chosen")
    desk.get_by_role("button", name="En faire l’ordre du jour").click()
    expect(desk.locator("#live-agenda_point li").first).to_be_visible()
    desk.locator("#live-agenda_point a.item-title").first.click()
    write(desk, "concluded", "Nous ne comptions pas les mêmes partenaires.")
    desk.goto(f"{at}outils/leviers/")
    desk.get_by_role("button", name=re.compile("^Reprendre :")).first.click()
    expect(desk.locator(".taken").first).to_contain_text("Dans votre arbre")


def target(desk: Page, at: str) -> None:
    desk.goto(f"{at}outils/cible/")
    check_screen(desk, "empty cible")
    shares = box(desk, "balance").locator("input[type=text]")
    shares.nth(0).fill("50")
    expect(box(desk, "balance").locator("[data-said]")).to_contain_text("Il en faut 100")
    write(desk, "balance", "40", "25", "35")
    write(desk, "ambition", "Que chaque habitante sache monter à vélo.")
    add(desk, "scenario", "Trois vélo-écoles, un garage commun")
    write(desk, "horizon", "7 ans")
    write(desk, "human", "Chaque monitrice en forme deux.")
    write(desk, "effort", "50", "30", "20")
    write(desk, "is_chosen", "Oui")
    desk.goto(f"{at}outils/cible/")
    expect(desk.locator("#comparer")).to_contain_text("Trois vélo-écoles")
    check_screen(desk, "one scenario")


def levers(desk: Page, at: str) -> None:
    desk.goto(f"{at}outils/leviers/")
    check_screen(desk, "few leviers")
    add(desk, "lever", "Un garage à vélos partagé")
    write(desk, "pillar", "Alliances stratégiques")
    write(desk, "branch", "Partager des murs")
    write(desk, "decision", "Retenu")
    write(desk, "conditions", "Un bail de trois ans.")
    desk.goto(f"{at}outils/leviers/")
    expect(desk.locator("#arbre")).to_contain_text("Un garage à vélos partagé")
    add(desk, "partnership", "La ville de Sorbie")
    write(desk, "main_aim", "Un effet plus grand sur le besoin")
    write(desk, "steps_done", "Clarifier votre projet et vos objectifs")
    expect(desk.locator("[data-count]")).to_have_text("1")
    check_screen(desk, "partnership")


def roadmap(desk: Page, at: str) -> None:
    desk.goto(f"{at}outils/trajectoire/")
    check_screen(desk, "empty trajectoire")
    add(desk, "action", "Signer le bail du garage")
    write(desk, "owner", "Rita Référente")
    write(desk, "starts", "2040-02-01")
    write(desk, "due", "2040-06-30")
    write(desk, "cost", "1800")
    write(desk, "indicator", "Le bail est signé")
    write(desk, "lever", "Un garage à vélos partagé")
    write(desk, "progress", "En cours")
    desk.goto(f"{at}outils/trajectoire/")
    expect(desk.locator("#calendrier")).to_contain_text("action")
    desk.get_by_role("link", name="La feuille de route à un an").click()
    check_screen(desk, "one action")
    desk.goto(f"{at}calendrier/")
    check_screen(desk)
    desk.get_by_role("button", name="Faire mon adresse").click()
    feed = desk.get_by_label("Adresse à donner à votre agenda").input_value()
    check_screen(desk, "made")
    answer = desk.request.get(feed)
    assert answer.status == 200
    assert "Signer le bail du garage" in answer.text()
    desk.get_by_role("button", name="Arrêter", exact=True).click()
    expect(desk.get_by_role("status").first).to_contain_text("C’est arrêté")
    assert desk.request.get(feed).status == 404


def follow_up(desk: Page, at: str) -> None:
    desk.goto(f"{at}releves/")
    check_screen(desk, "no indicator")
    desk.goto(f"{at}outils/suivi/")
    check_screen(desk, "empty suivi")
    desk.locator("#propositions").get_by_role("checkbox").first.check()
    desk.get_by_role("button", name="En faire des indicateurs").click()
    expect(desk.locator("#live-indicator")).to_contain_text("Le bail est signé")
    add(desk, "indicator", "Adultes qui savent rouler")
    write(desk, "start", "85")
    write(desk, "start_on", "2039-12-31")
    write(desk, "goal", "200")
    write(desk, "goal_on", "2041-12-31")
    desk.goto(f"{at}outils/suivi/saisie/reading/")
    row = desk.locator(".typing-row").first
    row.get_by_label("Indicateur").select_option("Adultes qui savent rouler")
    row.get_by_label("Date du relevé").fill("2040-03-01")
    row.get_by_label("Constaté").fill("97")
    check_screen(desk, "readings")
    desk.get_by_role("button", name="Enregistrer ces lignes").click()
    expect(desk.get_by_role("status").first).to_contain_text("1 relevé ajouté")
    desk.goto(f"{at}releves/")
    line = desk.get_by_role("group", name="Adultes qui savent rouler")
    line.get_by_label("Constaté").fill("une centaine")
    desk.get_by_role("button", name="Noter ces chiffres").click()
    expect(line.get_by_label("Constaté")).to_have_attribute("aria-invalid", "true")
    check_screen(desk, "refused")
    line.get_by_label("Constaté").fill("112")
    desk.get_by_role("button", name="Noter ces chiffres").click()
    expect(desk.locator("#prevu-constate")).to_contain_text("112")
    desk.goto(f"{at}pitch/")
    check_screen(desk, "empty")
    desk.goto(f"{at}outils/suivi/")
    write(desk, "need", "Un adulte sur quatre ne sait pas rouler.")
    write(desk, "answer", "Une école où l’on apprend à tout âge.")
    desk.goto(f"{at}pitch/")
    expect(desk.get_by_role("article")).to_contain_text("à tout âge")


def talk(desk: Page, at: str) -> None:
    """Decisions, and history with a way back."""
    desk.goto(f"{at}decisions/")
    check_screen(desk, "none")
    desk.get_by_role("link", name="Noter une décision").click()
    check_screen(desk)
    desk.get_by_role("button", name="Noter la décision").click()
    expect(desk.get_by_label("Ce qui est décidé")).to_have_attribute("aria-invalid", "true")
    check_screen(desk, "refused")
    desk.get_by_label("Ce qui est décidé").fill("Nous cherchons un garage avant l’hiver")
    desk.get_by_label("Qui a décidé").fill("l’équipe projet")
    desk.get_by_label("Étape").select_option(index=6)
    desk.get_by_role("button", name="Noter la décision").click()
    expect(desk.locator("main")).to_contain_text("Nous cherchons un garage avant l’hiver")
    desk.get_by_role("link", name=re.compile("qui la remplace")).click()
    desk.get_by_label("Ce qui est décidé").fill("Nous cherchons un garage avant l’été")
    desk.get_by_label("Qui a décidé").fill("l’équipe projet")
    desk.get_by_role("button", name="Noter la décision").click()
    expect(desk.locator("li.past")).to_contain_text("Remplacée par une décision plus récente")
    check_screen(desk, "one replaced")

    desk.goto(f"{at}outils/cible/")
    write(desk, "ambition", "Texte tapé par erreur.")
    desk.goto(f"{at}historique/?outil=cible")
    check_screen(desk, "one tool")
    back = desk.get_by_role("button", name=re.compile("ambition", re.I))
    back.first.click()
    desk.goto(f"{at}outils/cible/")
    expect(box(desk, "ambition").locator("textarea")).to_have_value(
        "Que chaque habitante sache monter à vélo."
    )

    desk.goto(f"{at}outils/leviers/")
    desk.get_by_role("link", name="Un garage à vélos partagé").first.click()
    desk.get_by_text("Retirer ce levier").click()
    desk.get_by_role("button", name="Retirer « Un garage").click()
    desk.goto(f"{at}historique/?outil=leviers")
    desk.get_by_role("link", name=re.compile("Un garage à vélos partagé")).first.click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Cet élément a été retiré.")
    check_screen(desk, "removed")
    desk.get_by_role("button", name="Le faire revenir").click()
    desk.goto(f"{at}outils/leviers/")
    expect(desk.locator("#arbre")).to_contain_text("Un garage à vélos partagé")


def stages(desk: Page, at: str) -> None:
    desk.goto(f"{at}etapes/1/")
    check_screen(desk, "to do")
    desk.goto(f"{at}etapes/1/etat/")
    check_screen(desk)
    desk.get_by_role("radio", name=re.compile("^En cours")).check()
    desk.get_by_role("button", name="Enregistrer l’état").click()
    expect(desk.locator(".where-it-stands").first).to_contain_text("En cours")
    desk.goto(f"{at}etapes/4/")
    desk.get_by_role("radio", name=re.compile("^Passé")).check()
    desk.get_by_role("button", name="Enregistrer l’état").click()
    expect(desk.get_by_label("Si elle est passée, pourquoi")).to_have_attribute("aria-invalid", "true")
    check_screen(desk, "refused")
    desk.get_by_label("Si elle est passée, pourquoi").fill("Fait l’an dernier.")
    desk.get_by_role("button", name="Enregistrer l’état").click()
    expect(desk.locator("main")).to_contain_text("Pourquoi : Fait l’an dernier.")
    check_screen(desk, "skipped")
    # A governance whose members have no account: the lead writes down what it said.
    desk.goto(f"{at}etapes/1/validation/")
    check_screen(desk, "recorded")
    desk.get_by_role("radio", name="L’étape est validée").check()
    desk.get_by_label("Qui l’a prise").fill("le conseil d’administration")
    desk.get_by_role("button", name="Enregistrer la décision").click()
    expect(desk.locator("#gouvernance")).to_contain_text("décision consignée par Rita Référente")


def papers(desk: Page, at: str, folder: Path) -> None:
    desk.goto(f"{at}cadrage/")
    check_screen(desk, "before")
    desk.get_by_role("button", name="Présenter la note à la signature").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("version 1")
    check_screen(desk, "put")
    desk.get_by_role("button", name="Préparer le PDF").click()
    assert take(desk, folder).read_bytes().startswith(b"%PDF")
    for page, button in (
        ("feuille-de-route/1/", "En faire un PDF"),
        ("feuille-de-route/3/", "En faire un PDF"),
        ("pitch/", "En faire un PDF d’une page"),
    ):
        desk.goto(at + page)
        desk.get_by_role("button", name=button, exact=True).click()
        expect(desk.get_by_role("link", name=re.compile("Télécharger"))).to_be_visible(timeout=READY)


def dossier(desk: Page, at: str, folder: Path) -> Path:
    desk.goto(f"{at}dossier/")
    check_screen(desk, "nothing prepared")
    found: dict[str, Path] = {}
    for ext in ("pdf", "zip"):
        desk.goto(f"{at}dossier/")
        desk.locator(f"form[action$='dossier.{ext}']").get_by_role("button").click()
        found[ext] = take(desk, folder)
    assert found["pdf"].read_bytes().startswith(b"%PDF")
    with ZipFile(found["zip"]) as archive:
        assert archive.testzip() is None
    desk.goto(f"{at}dossier/")
    check_screen(desk, "prepared")
    return found["zip"]


def taken_up_again(desk: Page, archive: Path) -> None:
    desk.goto("/agir/demarches/importer/")
    check_screen(desk)
    desk.get_by_role("button", name="Importer la démarche").click()
    expect(desk.get_by_label("Archive", exact=True)).to_have_attribute("aria-invalid", "true")
    check_screen(desk, "refused")
    desk.get_by_label("Archive", exact=True).set_input_files(archive)
    desk.get_by_role("button", name="Importer la démarche").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Vers 2035")
    check_screen(desk, "imported")
    copy = space(desk)
    desk.goto(f"{copy}outils/activites/")
    expect(desk.locator("#live-activity a.item-title")).to_have_text(
        ["La vélorution du dimanche", "Le vélo-école"]
    )
    desk.goto(f"{copy}outils/cible/")
    expect(box(desk, "balance").locator("input[type=text]").nth(0)).to_have_value("40")
    desk.goto(f"{copy}decisions/")
    expect(desk.locator("main")).to_contain_text("Nous cherchons un garage avant l’été")
    desk.goto("/agir/demarches/importer/")
    desk.get_by_label("Archive", exact=True).set_input_files(archive)
    desk.get_by_role("button", name="Importer la démarche").click()
    expect(desk.locator("main")).to_contain_text("Cette archive a déjà été importée")
    check_screen(desk, "twice")


def the_end(desk: Page, at: str) -> None:
    desk.goto(f"{at}reglages/")
    check_screen(desk)
    desk.get_by_label("Nom de la démarche").fill("")
    desk.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(desk.get_by_label("Nom de la démarche")).to_have_attribute("aria-invalid", "true")
    check_screen(desk, "refused")
    desk.get_by_label("Nom de la démarche").fill("Vers 2036")
    desk.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Vers 2036")
    desk.goto(f"{at}reglages/")
    desk.get_by_role("button", name="Clore cette démarche").click()
    expect(desk.locator("main")).to_contain_text("Cette démarche est close")
    check_screen(desk, "closed")
    for page in ("etapes/1/", "equipe/", "reglages/", "outils/cible/", "diagnostic-croise/", "cadrage/"):
        desk.goto(at + page)
        check_screen(desk, f"closed {page}")
    desk.goto(f"{at}outils/cible/")
    expect(desk.locator("[data-field]")).to_have_count(0)
    desk.goto("/agir/demarches/")
    expect(desk.locator("main")).to_contain_text("Démarche close le")
    check_screen(desk, "several")
    opened(desk, "Vers 2036")
    desk.goto(f"{at}reglages/")
    desk.get_by_role("button", name="Rouvrir cette démarche").click()
    expect(desk.get_by_role("status").first).to_contain_text("de nouveau ouverte")
    desk.goto("/espace/")
    expect(desk.locator("#demarches")).to_contain_text("Vers 20")
    check_screen(desk, "démarches")
