"""A merge and a removal from their screens: seen before, confirmed, done once, told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import PlatformRole
from apps.webinars.models import CitedOrganisation, Person, Webinar
from apps.webinars.services import people
from tests.diagnostic.pages import text
from tests.support.client import StrictClient
from tests.support.world import platform_person
from tests.webinars.factories import organisation, person, published
from tests.webinars.registers import correct, pair, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(name="me")
def make_me(client: StrictClient) -> StrictClient:
    client.force_login(platform_person(PlatformRole.CURATOR))
    return client


def url(name: str, slug: str = "lea-garde") -> str:
    return reverse(f"curation:{name}", args=[slug])


# Merge


def test_the_other_row_is_chosen_by_likeness_or_by_search(me: StrictClient) -> None:
    pair()
    told = text(me.get(url("person_merge")))
    assert "Noms proches Léa Guarde" in told
    html = me.get(f"{url('person_merge')}?q=hallouch").content.decode()
    assert 'href="?avec=hakim-hallouch"' in html
    assert "Aucune fiche ne correspond" in text(me.get(f"{url('person_merge')}?q=introuvable"))
    assert "Aucun nom ne ressemble" in text(me.get(url("person_merge", "nancy-thomas")))
    for bad in ("lea-garde", "inconnue", ""):
        assert "Quelle autre fiche est la même" in text(me.get(f"{url('person_merge')}?avec={bad}"))


def test_what_a_merge_changes_is_shown_and_nothing_is_done(me: StrictClient) -> None:
    _, _, webinar = pair()
    told = text(me.get(f"{url('person_merge')}?avec=lea-guarde"))
    assert "Garder Léa Garde" in told
    assert "1 cas où l’autre fiche la remplacerait" in told
    assert "Des cas citent les deux." in told
    assert webinar.short_title in told
    assert not Person.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize("kept", ["lea-garde", "lea-guarde"])
def test_the_kept_row_is_the_one_that_was_chosen(me: StrictClient, kept: str) -> None:
    pair()
    sent = {"avec": "lea-guarde", "garder": kept}
    done = me.post(url("person_merge"), sent, follow=True)
    assert done.redirect_chain[-1][0] == url("person", kept)
    assert "est maintenant une graphie" in text(done)
    assert Person.objects.get(slug=kept).merged_into is None
    again = me.post(url("person_merge"), sent)
    assert again["Location"] == url("person", kept)
    assert Person.objects.exclude(merged_into=None).count() == 1


def test_a_merge_without_a_choice_or_with_a_row_that_moved_is_refused(me: StrictClient) -> None:
    kept, other, _ = pair()
    page = me.post(url("person_merge"), {"avec": "lea-guarde"})
    assert (page.status_code, "Choisissez la fiche" in text(page)) == (422, True)
    assert "Quelle autre fiche" in text(me.post(url("person_merge"), {"avec": "x", "garder": "x"}))
    people.merge(kept=person("autre", "Léa", "Autre"), other=other, by=None)
    page = me.post(url("person_merge"), {"avec": "lea-guarde", "garder": "lea-garde"})
    assert (page.status_code, "déjà fusionnée" in text(page)) == (422, True)
    kept.refresh_from_db()
    assert kept.merged_into is None


def test_the_host_is_kept(me: StrictClient) -> None:
    organisation("rameau", "Rameau")
    page = me.post(url("organisation_merge", "rameau"), {"avec": "le-rameau", "garder": "rameau"})
    assert (page.status_code, "accueille les webinaires" in text(page)) == (422, True)
    assert (
        me.post(url("organisation_merge", "rameau"), {"avec": "le-rameau", "garder": "le-rameau"}).status_code
        == 302
    )
    assert CitedOrganisation.objects.get(slug="rameau").merged_into == CitedOrganisation.objects.get(
        slug="le-rameau"
    )


# Removal


def form(**changes: str) -> dict[str, str]:
    return {"asked_on": timezone.localdate().isoformat(), "reason": "Par courriel", "sure": "on", **changes}


def test_what_a_removal_does_is_shown_and_nothing_is_done(me: StrictClient) -> None:
    hers, _, webinar = pair(
        teaser="Léa Garde ouvre.", curator_note=["La fonction de Mme GARDE est à vérifier."]
    )
    told = text(me.get(url("person_withdraw")))
    assert "Noms effacés Léa Garde" in told
    assert "3 versions récrites" in told
    assert "… Léa Garde ouvre. …" in told
    assert "La fonction de Mme GARDE est à vérifier. …" in told
    assert "Une autre fiche porte un nom proche." in told
    hers.refresh_from_db()
    webinar.refresh_from_db()
    assert (str(hers), webinar.teaser) == ("Léa Garde", "Léa Garde ouvre.")


def test_a_removal_is_done_and_the_places_left_are_listed(me: StrictClient) -> None:
    hers, _, webinar = pair(
        teaser="Léa Garde ouvre.", curator_note=["La fonction de Mme GARDE est à vérifier."]
    )
    done = me.post(url("person_withdraw"), form(), follow=True)
    hers.refresh_from_db()
    assert done.redirect_chain[-1][0] == url("person", hers.slug)
    told = text(done)
    assert "Le nom est retiré" in told
    assert "1 texte peut encore la désigner" in told
    assert "À reprendre à la main" in told
    assert f"{webinar.short_title} Note de curation" in told
    assert "Retrait, le" in told
    html = done.content.decode()
    assert url("case", webinar.slug) in html
    assert text(me.get(url("person", hers.slug))).count("À reprendre à la main") == 1
    again = me.post(url("person_withdraw"), form())
    assert again["Location"] == url("person", hers.slug)
    assert hers.requests.filter(kind="removal").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sure": ""}, "Cochez cette case"),
        ({"asked_on": ""}, "le jour où la demande est arrivée"),
        ({"asked_on": "2099-01-01"}, "est à venir"),
    ],
)
def test_a_removal_needs_a_date_and_a_confirmation(
    me: StrictClient, changes: dict[str, str], words: str
) -> None:
    hers, _, _ = pair()
    page = me.post(url("person_withdraw"), {**form(), **changes})
    assert page.status_code == 422
    assert words in text(page)
    assert "Par courriel" in text(page)
    hers.refresh_from_db()
    assert not hers.is_withdrawn


def test_a_row_corrected_meanwhile_is_looked_at_again(me: StrictClient) -> None:
    hers, _, _ = pair()
    seen = people.state_of(hers)
    correct(hers, "Léa", "Gardienne")
    page = me.post(url("person_withdraw"), form(seen=seen))
    assert (page.status_code, "La fiche a changé" in text(page)) == (422, True)
    seen = page.context["form"]["seen"].value()
    assert me.post(url("person_withdraw"), form(seen=seen)).status_code == 302


def test_no_row_to_remove(me: StrictClient) -> None:
    hers, other, _ = pair()
    assert me.get(url("person_withdraw", "inconnue")).status_code == 404
    assert me.post(url("person_withdraw", "inconnue"), form()).status_code == 404
    people.merge(kept=hers, other=other, by=None)
    assert me.get(url("person_withdraw", other.slug), follow=True).redirect_chain[-1][0] == url("person")
    withdraw(hers)
    assert me.get(url("person_withdraw")).status_code == 404
    slug = Person.objects.get(pk=hers.pk).slug
    for name in ("person_withdraw", "person_edit"):
        assert me.get(url(name, slug))["Location"] == url("person", slug)


def test_a_removal_sent_after_the_session_ended_is_found_again(client: StrictClient) -> None:
    pair()
    client.post(url("person_withdraw"), form(asked_on="2026-11-03"))
    client.force_login(platform_person(PlatformRole.CURATOR))
    html = client.get(url("person_withdraw")).content.decode()
    assert 'value="2026-11-03"' in html
    assert "Par courriel" in html


def test_a_removed_name_is_on_no_page_any_more(me: StrictClient, client: StrictClient) -> None:
    """The library, its search, its open data, its feeds, curation: before and after the files are loaded again."""
    hers = Person.objects.get(slug="celine-faivre")
    webinar = Webinar.objects.get(slug="webinaire-2023-12-21")
    pages = [
        "/bibliotheque/",
        "/bibliotheque/?q=faivre",
        "/bibliotheque/?q=semaphores",
        "/bibliotheque/personnes/",
        "/bibliotheque/organisations/semaphores/",
        webinar.get_absolute_url(),
        reverse("curation:case", args=[webinar.slug]),
        reverse("curation:person_edit", args=["francis-jutand"]),
        "/curation/personnes/?q=faivre",
        "/catalogue/odd/12/",
    ]
    shown = [path for path in pages if "faivre" in body(me, path)]
    assert webinar.get_absolute_url() in shown
    assert "/bibliotheque/personnes/" in shown
    me.post(url("person_withdraw", hers.slug), form())
    for _ in range(2):
        for path in pages:
            assert "faivre" not in body(me, path).replace("q=faivre", "").replace(
                'value="faivre"', ""
            ).replace("«&#8239;faivre&#8239;»", "").replace("« faivre »", ""), path
        assert me.get("/bibliotheque/personnes/celine-faivre/").status_code == 404
        call_command("load_content", verbosity=0)
    for revision in webinar.revisions.all():
        compare = body(me, f"{reverse('curation:compare', args=[webinar.slug])}?a={revision.number}&b=1")
        assert "faivre" not in compare


def body(me: StrictClient, path: str) -> str:
    page = me.get(path)
    assert page.status_code == 200, path
    html = page.content.decode().lower().replace("\u202f", " ").replace("\u00a0", " ")
    return html.replace("celine-faivre", "faivre")


def test_the_api_and_the_open_data_do_not_name_her(me: StrictClient) -> None:
    hers = Person.objects.get(slug="celine-faivre")
    paths = [
        f"/api/v1/{name}"
        for name in ("webinars.json", "webinars.csv", "speakers.csv", "persons/?page_size=500")
    ]
    paths += ["/api/v1/webinars/webinaire-2023-12-21/", "/bibliotheque/nouveautes.atom", "/sitemap.xml"]
    named = [path for path in paths if told(me, path)]
    assert len(named) >= 4, named
    assert me.get("/api/v1/persons/celine-faivre/").status_code == 200
    withdraw(hers)
    assert [path for path in paths if told(me, path)] == []
    assert me.get("/api/v1/persons/celine-faivre/").status_code == 404


def told(me: StrictClient, path: str) -> bool:
    page = me.get(path)
    assert page.status_code == 200, path
    content = b"".join(page.streaming_content) if page.streaming else page.content
    return "faivre" in content.decode().lower()


def test_dates_of_requests_may_be_today_and_not_tomorrow(me: StrictClient) -> None:
    pair()
    later = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert me.post(url("person_withdraw"), form(asked_on=later)).status_code == 422
    assert me.post(url("person_withdraw"), form()).status_code == 302
    assert published().slug
