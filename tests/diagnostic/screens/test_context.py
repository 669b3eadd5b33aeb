"""The context of an open campaign."""

from __future__ import annotations

import re

import pytest

from apps.catalogue.models import Fragility
from apps.diagnostic.services import close_campaign
from tests.diagnostic.conftest import Place
from tests.diagnostic.pages import body, text
from tests.factories.diagnostic import answer

pytestmark = pytest.mark.django_db
EFFORT = {"effort_18_months": "60", "effort_7_years": "25", "effort_28_years": "15"}


def test_the_context_is_saved_and_shown_again(place: Place) -> None:
    client = place.client("lead")
    sent = client.post(place.url("contexte/"), {"department": "58", **EFFORT}, follow=True)
    assert "Le contexte est enregistré." in text(sent)
    page = body(client.get(place.url("contexte/")))
    assert '<option value="58" selected>' in page
    assert 'value="60"' in page


def test_every_error_is_french_and_nothing_typed_is_lost(place: Place) -> None:
    four = [f.pk for f in Fragility.objects.all()[:4]]
    sent = place.client("lead").post(
        place.url("contexte/"),
        {**EFFORT, "effort_28_years": "25", "years_since_board_renewal": "mille ans", "fragilities": four},
    )
    page = text(sent)
    assert sent.status_code == 422
    assert "Les trois parts font 110 au lieu de 100." in page
    assert "Écrivez un nombre entier." in page
    assert "Vous en avez coché 4. Gardez-en trois au plus." in page
    assert 'value="mille ans"' in body(sent)
    for pk in four:
        assert re.search(rf'value="{pk}"[^>]* checked', body(sent))
    assert body(sent).count(" checked") == 4
    assert 'aria-invalid="true"' in body(sent)
    place.campaign.refresh_from_db()
    assert place.campaign.effort_7_years is None


def test_once_closed_the_context_is_frozen_in_another_tab_too(place: Place) -> None:
    client = place.client("lead")
    answer(place.guest)
    close_campaign(campaign=place.campaign, by=None)
    assert client.get(place.url("contexte/"))["Location"] == place.url()
    sent = client.post(place.url("contexte/"), EFFORT)
    assert sent.status_code == 409
    assert "Cette campagne vient d’être close." in text(sent)
    assert f'href="{place.url()}"' in body(sent)
    place.campaign.refresh_from_db()
    assert place.campaign.effort_7_years is None
