"""Cases made for tests, published through the real services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from apps.catalogue.models import Resource
from apps.webinars import sheet
from apps.webinars.models import Appearance, CitedOrganisation, Person, Webinar
from apps.webinars.services.workflow import CASES

WORDS = "Une association du bourg partage un atelier avec ses voisins et apprend à compter autrement ce qui la porte."


def person(slug: str = "ada-essai", first_name: str = "Ada", last_name: str = "Essai") -> Person:
    found, _ = Person.objects.get_or_create(
        slug=slug, defaults={"first_name": first_name, "last_name": last_name}
    )
    return found


def organisation(
    slug: str = "les-essais", name: str = "Les Essais", kind: str = "association"
) -> CitedOrganisation:
    found, _ = CitedOrganisation.objects.get_or_create(slug=slug, defaults={"name": name, "kind": kind})
    return found


def whole(**changes: Any) -> sheet.Sheet:
    """A sheet that may be published; its person and organisation exist."""
    who, where = person().slug, organisation().slug
    data: dict[str, Any] = {
        "date": date(2024, 5, 16),
        "title": "Modèles socio-économiques : un essai en pratiques !",
        "short_title": "Un essai pour voir",
        "cycle": "nouveaux-equilibres",
        "goals": [4],
        "related_goals": [11],
        "fragilities": ["F08"],
        "pillars": ["human", "alliances"],
        "levels": ["commune"],
        "regions": ["27"],
        "sizes": ["salaries-50k-200k"],
        "teaser": "Un atelier partagé fait vivre un bourg.",
        "essential": [" ".join([WORDS] * 3)],
        "summary": [" ".join([WORDS] * 8)],
        "takeaway": "On tient mieux à plusieurs.",
        "your_turn": "Qui partage déjà avec vous ?",
        "your_turn_axis": "alliances",
        "speakers": [{"person": who, "organisation": where, "role": "Directrice"}],
        "points_of_view": [
            {
                "theme": "Partager",
                "people": [who],
                "organisation": where,
                "question": "Comment partager ?",
                "text": WORDS,
            }
        ],
        "figures": [
            {
                "value": "12 millions",
                "number": 12_000_000,
                "unit": "€",
                "label": "d’euros évités",
                "organisation": where,
            }
        ],
        "levers": [{"title": "Ouvrir la porte", "text": "Le matin."}],
        "pillar_reading": {
            "human": "Des voisins formés.",
            "financial": "",
            "alliances": "Un atelier commun.",
        },
        "replay": {"url": "", "reason": "Pas d’enregistrement."},
        "source": {"status": "S", "label": "Essai", "year": "2024", "url": ""},
    }
    return sheet.read({**data, **changes})


def published(slug: str = "", **changes: Any) -> Webinar:
    webinar = CASES.create(by=None, draft=whole(**changes), slug=slug)
    CASES.submit(row=webinar, by=None)
    return CASES.publish(row=webinar, by=None)


def clear_library() -> None:
    """An empty shelf, levers' cases apart: they may not leave."""
    Webinar.objects.all().delete()
    Resource.objects.filter(kind="webinar", goals=None, pk__startswith="fiche").delete()


THEMES = (
    "mobilité rurale", "énergie partagée", "lien social", "numérique inclusif", "habitat solidaire", "culture ouverte",
    "santé de proximité", "insertion durable", "biodiversité locale", "aidants soutenus",
)  # fmt: skip


def many(count: int, *, first: int = 0) -> None:
    """``count`` public cases written in bulk: what search reads of them, in the proportions of the real ones."""
    who, where = person(), organisation()
    today, base = date(2024, 1, 18), sheet.stored(whole())
    rows = []
    for n in range(first, first + count):
        theme = THEMES[n % len(THEMES)]
        day = today - timedelta(days=n)
        title, teaser = (
            f"Cas {n} : {theme}",
            f"Le cas {n} parle de {theme} dans un canton nommé canton{n % 977}.",
        )
        stored = {
            **base,
            "slug": f"cas-{n}",
            "date": day.isoformat(),
            "short_title": title,
            "teaser": teaser,
            "fragilities": [f"F{n % 16 + 1:02d}"],
            "goals": [n % 17 + 1],
        }
        rows.append(
            Webinar(
                slug=f"cas-{n}",
                state="published",
                draft=stored,
                sheet=stored,
                title=base["title"],
                short_title=title,
                teaser=teaser,
                date=day,
                cycle=base["cycle"],
                tags=[
                    f"goal:{n % 17 + 1}",
                    f"goal:{(n + 5) % 17 + 1}",
                    f"fragility:F{n % 16 + 1:02d}",
                    "pillar:human" if n % 2 else "pillar:alliances",
                    f"year:{day.year}",
                    "kind:association",
                ],
                first_published_at="2024-01-18T12:00Z",
                published_at="2024-01-18T12:00Z",
            )
        )
    made = Webinar.objects.bulk_create(rows, batch_size=1000)
    Appearance.objects.bulk_create(
        [
            Appearance(webinar=row, person=who, organisation=where, role="Directrice", position=1)
            for row in made
        ],
        batch_size=2000,
    )


def index_all(ids: Sequence[int] | None = None) -> None:
    """The search of rows made in bulk."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE webinars_webinar SET search = setweight(to_tsvector('library_french', short_title), 'A')"
            " || setweight(to_tsvector('library_simple', short_title), 'A')"
            " || setweight(to_tsvector('library_french', teaser), 'C')"
            " || setweight(to_tsvector('library_simple', teaser), 'C') WHERE slug LIKE 'cas-%%'"
        )
        cursor.execute(
            "VACUUM ANALYZE webinars_webinar"
        ) if not connection.in_atomic_block else cursor.execute("ANALYZE webinars_webinar")
