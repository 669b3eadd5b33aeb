"""From draft to public: who may, the sentence of the changelog, the hour of a publication, versions, the way back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from apps.accounts.models import User
from apps.course.models import Page, PageRevision
from apps.course.services.pages import SAY_WHAT_CHANGED, WORKFLOW
from apps.course.tasks import publish_due
from apps.editorial.workflow import ConflictError, NotNowError
from tests.course.curation.desk import act, at, draft, form, renamed, row, send, write
from tests.support.client import StrictClient
from tests.webinars.curation_cases.browser import words

pytestmark = pytest.mark.django_db
SENTENCE = "La première section s’appelle autrement."


def actions(slug: str = "etape-1") -> list[str]:
    return list(row(slug).revisions.order_by("number").values_list("action", flat=True))


def test_the_list_shows_every_page_and_its_state(desk: StrictClient, curator: User) -> None:
    write(curator, title="Un titre de travail")
    told = words(desk.get("/curation/parcours/"))
    assert "1. Un titre de travail" in told
    assert "Brouillon ; une version est publique" in told
    assert told.count("Publié ;") == 7
    assert "Le parcours" in words(desk.get("/curation/")) or "Parcours" in words(desk.get("/curation/"))


def test_an_author_writes_and_proposes_a_curator_publishes(
    pen: StrictClient, desk: StrictClient, client: StrictClient, author: User, curator: User
) -> None:
    page = form(pen, "etape-1", "lecon").typed(sections__0__title="Un autre titre", reason=SENTENCE)
    send(pen, page, "etape-1", "lecon")
    assert act(pen, "etape-1", "proposer").status_code == 302
    assert row().state == "review"
    # While it is read, the author changes nothing.
    assert pen.get(at("etape-1", "modifier", "lecon")).status_code == 302
    assert send(pen, page, "etape-1", "lecon").status_code == 409
    assert act(pen, "etape-1", "publier", publish_said=SENTENCE).status_code == 403
    # The sentence that the author wrote is proposed for the changelog.
    assert SENTENCE in desk.get(at("etape-1")).content.decode()
    edition = row().edition
    act(desk, "etape-1", "publier", publish_said=SENTENCE)
    after = row()
    assert (after.state, after.edition) == ("published", edition + 1)
    assert after.sheet["sections"][0]["title"] == "Un autre titre"
    assert actions()[-3:] == ["saved", "submitted", "published"]
    last = after.revisions.first()
    assert (last.reason, last.edition, last.by) == (SENTENCE, edition + 1, curator)
    assert SENTENCE in words(client.get("/se-former/changements/"))
    assert "Un autre titre" in words(client.get(after.get_absolute_url()))


def test_a_known_page_is_not_published_without_saying_what_changes(desk: StrictClient, curator: User) -> None:
    write(curator, title="Autre")
    for name, data in (("publier", {}), ("prevoir", {"day": "2035-01-02", "hour": "09:00"})):
        answer = act(desk, "etape-1", name, **data)
        assert answer.status_code == 422
        assert "Dites en une phrase ce qui change" in words(answer)
    assert row().state == "draft"
    with pytest.raises(NotNowError, match="Dites en une phrase"):
        WORKFLOW.publish_read(row=row(), version=row().version, by=curator, reason="  ")
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(NotNowError, match="journal public"):
        WORKFLOW.publish_read(row=row(), version=row().version, by=curator, at=later)
    assert (row().state, SAY_WHAT_CHANGED[:4]) == ("draft", "Dite")


def test_a_curator_alone_publishes_and_the_history_says_so(desk: StrictClient, curator: User) -> None:
    write(curator, title="Autre")
    act(desk, "etape-1", "publier", publish_said=SENTENCE)
    assert actions()[-3:] == ["saved", "submitted", "published"]
    assert "Publié sans relecture d’une autre personne" in words(desk.get(at("etape-1")))


def test_published_twice_it_makes_one_edition(desk: StrictClient, curator: User) -> None:
    write(curator, title="Autre")
    version = str(row().version)
    for _ in range(2):
        desk.post(at("etape-1", "publier"), {"version": version, "publish_said": SENTENCE})
    assert actions().count("published") == 1


def test_a_page_read_before_a_change_is_not_published_blindly(desk: StrictClient, curator: User) -> None:
    write(curator, title="Autre")
    seen = row().version
    write(curator, title="Encore autre")
    answer = desk.post(
        at("etape-1", "publier"), {"version": str(seen), "publish_said": SENTENCE}, follow=True
    )
    assert "La page a changé depuis que vous l’avez ouverte" in words(answer)
    assert row().state == "draft"
    with pytest.raises(ConflictError):
        WORKFLOW.publish_read(row=row(), version=seen, by=curator, reason=SENTENCE)


def test_an_incomplete_page_is_neither_proposed_nor_published(desk: StrictClient, curator: User) -> None:
    write(curator, aim="")
    for name in ("proposer", "publier"):
        answer = desk.post(
            at("etape-1", name), {"version": str(row().version), "publish_said": SENTENCE}, follow=True
        )
        assert "Il manque encore quelque chose" in words(answer)
    assert row().state == "draft"


def test_sent_back_with_a_reason_that_the_author_reads(
    desk: StrictClient, pen: StrictClient, author: User
) -> None:
    write(author, title="Autre")
    act(pen, "etape-1", "proposer")
    assert act(desk, "etape-1", "rendre").status_code == 422
    act(desk, "etape-1", "rendre", send_back_reason="Le titre est trop vague.")
    assert row().state == "draft"
    assert "Le titre est trop vague." in words(pen.get(at("etape-1")))
    assert pen.get(at("etape-1", "modifier", "lecon")).status_code == 200


def planned(desk: StrictClient, curator: User, **changes: Any) -> Page:
    write(curator, **(changes or {"title": "Prévu"}))
    day = (timezone.localtime() + timedelta(days=2)).date().isoformat()
    answer = act(desk, "etape-1", "prevoir", day=day, hour="09:00", plan_said=SENTENCE)
    assert answer.status_code == 302
    page = row()
    assert page.state == "scheduled"
    return page


def test_beat_publishes_at_the_hour_with_the_sentence(desk: StrictClient, curator: User) -> None:
    planned(desk, curator)
    publish_due()
    assert row().state == "scheduled"
    Page.objects.filter(slug="etape-1").update(publish_at=timezone.now() - timedelta(seconds=1))
    publish_due()
    publish_due()
    after = row()
    assert (after.state, after.title) == ("published", "Prévu")
    assert actions().count("published") == 1
    last = after.revisions.first()
    assert (last.reason, last.by, last.edition) == (SENTENCE, None, after.edition)
    assert mail.outbox == []


def test_beat_knows_the_course() -> None:
    from django.conf import settings

    entry = settings.CELERY_BEAT_SCHEDULE["course"]
    assert (entry["task"], entry["schedule"]) == (publish_due.name, 60)


def test_what_no_longer_fits_at_its_hour_goes_back_to_review(desk: StrictClient, curator: User) -> None:
    page = planned(desk, curator)
    lost = {**page.draft, "case": {**page.draft["case"], "webinar": "webinaire-parti"}}
    Page.objects.filter(pk=page.pk).update(publish_at=timezone.now() - timedelta(minutes=1), draft=lost)
    publish_due()
    assert row().state == "review"
    assert "webinaire-parti" in words(desk.get(at("etape-1")))


def test_saving_cancels_the_planned_hour(desk: StrictClient, curator: User) -> None:
    planned(desk, curator)
    write(curator, title="Repris")
    assert (row().state, row().publish_at) == ("draft", None)


def test_two_versions_are_compared_and_one_is_taken_back(desk: StrictClient, curator: User) -> None:
    first = row().revisions.first().number
    write(curator, sections=renamed("etape-1", 0, "Un titre tout neuf"))
    told = words(desk.get(at("etape-1", "comparer")))
    assert "1 passage diffère" in told
    assert "Section « Un titre tout neuf »" in told
    assert "ajouté : " in told
    assert "Reprendre la version" in told
    act(desk, "etape-1", f"reprendre/{first}")
    assert draft().sections[0].title == row().sheet["sections"][0]["title"]
    assert actions()[-1] == "restored"
    assert "disent la même chose" in words(
        desk.get(at("etape-1", "comparer"), {"de": "publique", "a": str(first)})
    )
    assert desk.get(at("etape-1", "comparer"), {"de": "99", "a": "1"}).status_code == 404


def test_a_section_that_leaves_comes_or_moves_is_told_as_such(desk: StrictClient, curator: User) -> None:
    stored = row().draft["sections"]
    new = {**stored[0], "code": "toute-neuve", "title": "Toute neuve"}
    write(curator, sections=[stored[1], stored[0], *stored[3:], new])
    told = words(desk.get(at("etape-1", "comparer")))
    assert "Leçon : ordre" in told
    assert "Section « Toute neuve »" in told
    assert f"Section « {stored[2]['title']} »".replace("\u00a0", " ") in told


def test_an_author_takes_back_no_version_while_it_is_read(pen: StrictClient, author: User) -> None:
    write(author, title="Autre")
    act(pen, "etape-1", "proposer")
    act(pen, "etape-1", "reprendre/1")
    assert actions()[-1] == "submitted"


@pytest.mark.parametrize("slug", ["etape-1", "module-20-minutes"])
def test_a_draft_is_seen_as_learners_will(desk: StrictClient, curator: User, slug: str) -> None:
    write(curator, slug, title="Un titre jamais publié")
    told = words(desk.get(at(slug, "apercu")))
    assert "Aperçu d’un brouillon" in told
    assert "Un titre jamais publié" in told


def test_a_very_incomplete_draft_still_has_its_screens(desk: StrictClient, curator: User) -> None:
    page = Page.objects.create(
        slug="etape-8", kind="step", draft={**row().draft, "slug": "etape-8", "number": 8, "sections": [],
                                            "quiz": [], "case": {}, "exercise": {}, "sheet": {}, "title": ""},
    )  # fmt: skip
    WORKFLOW.record(page, "created", by=curator)
    for rest in ((), ("apercu",), ("comparer",), ("modifier", "questions"), ("modifier", "lecon")):
        assert desk.get(at("etape-8", *rest)).status_code == 200


def test_the_files_leave_a_page_that_curators_made_theirs(desk: StrictClient, curator: User) -> None:
    from django.core.management import call_command

    write(curator, title="À nous")
    call_command("load_content", verbosity=0)
    assert draft().title == "À nous"


def test_lists_cost_the_same_whatever_the_revisions(desk: StrictClient, curator: User) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(url).status_code == 200
        return len(seen)

    write(curator, title="Un")
    urls = [at("etape-1"), at("etape-1", "comparer"), "/curation/parcours/"]
    once = [cost(url) for url in urls]
    for title in ("Deux", "Trois"):
        write(curator, title=title)
    assert [cost(url) for url in urls] == once
    assert max(once) <= 14, once
    assert PageRevision.objects.filter(page__slug="etape-1", action="saved").count() == 3
