"""The library as anyone may reuse it. Rows are made by ``apps.webinars.opendata``; only what is listed here goes out.

What is ours and not the source's says so first: ``ours``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from apps.core.sources import SourceStatus
from apps.webinars.enums import Cycle, LeversKind, Maturity, ModelLevel, OrganisationKind

Row = Mapping[str, Any]
PROPOSAL = "Proposition pédagogique : "
PILLARS = [
    ("human", "richesses humaines"),
    ("financial", "ressources financières"),
    ("alliances", "alliances"),
]


def ours(text: str) -> str:
    return PROPOSAL + text


def texts(about: str) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), help_text=about)


class LicenceSerializer(serializers.Serializer[Row]):
    name = serializers.CharField()
    url = serializers.URLField()


class SpeakerSerializer(serializers.Serializer[Row]):
    first_name = serializers.CharField(allow_blank=True)
    last_name = serializers.CharField(allow_blank=True)
    person_slug = serializers.CharField()
    is_withdrawn = serializers.BooleanField(
        help_text="Vrai quand la personne a demandé son retrait : ni nom ni fonction"
    )
    role = serializers.CharField(allow_blank=True, help_text="Sa fonction ce jour-là")
    organisation = serializers.CharField()
    organisation_slug = serializers.CharField()


# Whom the question was put to; nobody when it was put to all.
class QuestionSerializer(serializers.Serializer[Row]):
    question = serializers.CharField()
    organisation = serializers.CharField(allow_blank=True)
    organisation_slug = serializers.CharField(allow_blank=True)
    people = texts("« person_slug » des intervenants")


class PointOfViewSerializer(serializers.Serializer[Row]):
    theme = serializers.CharField()
    organisation = serializers.CharField(allow_blank=True)
    organisation_slug = serializers.CharField(allow_blank=True)
    people = texts("« person_slug » des intervenants")
    question = serializers.CharField(allow_blank=True)
    text = serializers.CharField()


class ProjectSerializer(serializers.Serializer[Row]):
    name = serializers.CharField(allow_blank=True)
    organisation = serializers.CharField(allow_blank=True)
    organisation_slug = serializers.CharField(allow_blank=True)
    people = texts("« person_slug » des intervenants")
    text = serializers.CharField(allow_blank=True)


class FigureSerializer(serializers.Serializer[Row]):
    value = serializers.CharField(help_text="Ce qui s’affiche")
    number = serializers.FloatField(allow_null=True, help_text="La même valeur, pour un dessin")
    unit = serializers.CharField(allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]
    whole = serializers.FloatField(allow_null=True, help_text="Le total dont c’est une part")
    year = serializers.CharField(allow_blank=True)
    organisation = serializers.CharField(allow_blank=True)
    organisation_slug = serializers.CharField(allow_blank=True)


class LeverSerializer(serializers.Serializer[Row]):
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)


class PillarReadingSerializer(serializers.Serializer[Row]):
    human = serializers.CharField(allow_blank=True)
    financial = serializers.CharField(allow_blank=True)
    alliances = serializers.CharField(allow_blank=True)


class ModelItemSerializer(serializers.Serializer[Row]):
    state = serializers.ChoiceField(Maturity.choices, allow_blank=True)
    text = serializers.CharField(allow_blank=True)


class ModelRowSerializer(serializers.Serializer[Row]):
    level = serializers.ChoiceField(ModelLevel.choices)
    human = ModelItemSerializer(many=True)
    financial = ModelItemSerializer(many=True)
    alliances = ModelItemSerializer(many=True)


class ModelSerializer(serializers.Serializer[Row]):
    title = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    rows = ModelRowSerializer(many=True)


class ReplaySerializer(serializers.Serializer[Row]):
    url = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True, help_text="Pourquoi il n’y a pas d’adresse")


class CaseSourceSerializer(serializers.Serializer[Row]):
    status = serializers.ChoiceField(SourceStatus.choices)
    status_label = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    year = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)


class WebinarSerializer(serializers.Serializer[Row]):
    slug = serializers.SlugField()
    url = serializers.URLField(help_text="La page du cas")
    date = serializers.DateField(help_text="Le jour du webinaire")
    title = serializers.CharField(help_text="Le titre officiel")
    short_title = serializers.CharField(help_text="Le titre des listes")
    cycle = serializers.CharField(help_text="Le nom du cycle")
    cycle_code = serializers.ChoiceField(Cycle.choices)
    goals = serializers.ListField(child=serializers.IntegerField(), help_text="ODD que nomme le titre")
    related_goals = serializers.ListField(child=serializers.IntegerField(), help_text=ours("ODD proches"))
    fragilities = texts(ours("codes des fragilités"))
    pillars = serializers.ListField(child=serializers.ChoiceField(PILLARS), help_text=ours("appuis en jeu"))
    levels = texts(ours("codes des échelons d’action"))
    regions = texts(ours("codes Insee des régions d’action"))
    sizes = texts(ours("codes des tailles d’association"))
    teaser = serializers.CharField(help_text=ours("une phrase de présentation"))
    essential = texts(ours("l’essentiel, en trente secondes"))
    summary = texts(ours("le résumé, en deux minutes"))
    takeaway = serializers.CharField(help_text=ours("la phrase à emporter"))
    your_turn = serializers.CharField(allow_blank=True, help_text=ours("la question à se poser"))
    speakers = SpeakerSerializer(many=True)
    opening = serializers.CharField(allow_blank=True, help_text="L’exposé d’ouverture, avec nos mots")
    project = ProjectSerializer(allow_null=True, help_text="Le projet présenté, quand il y en a un")
    points_of_view = PointOfViewSerializer(many=True, help_text="Ce que chacun a dit, avec nos mots")
    questions = QuestionSerializer(many=True, help_text="Toutes les questions posées")
    figures = FigureSerializer(many=True, help_text="Les chiffres cités")
    levers_kind = serializers.ChoiceField(LeversKind.choices, help_text="Ce que la fin a demandé")
    levers_intro = serializers.CharField(allow_blank=True)
    levers = LeverSerializer(many=True)
    model = ModelSerializer(allow_null=True, help_text="Le modèle socio-économique, quand il est publié")
    pillar_reading = PillarReadingSerializer(help_text=ours("comment le cas s’appuie sur chaque appui"))
    replay = ReplaySerializer(help_text="L’enregistrement")
    source = CaseSourceSerializer(help_text="D’où viennent les faits")  # type: ignore[assignment]
    readings_status = serializers.ChoiceField(
        [("R", "proposition pédagogique")],
        help_text="Le statut des champs qui sont notre lecture : à afficher comme « proposition pédagogique »",
    )
    licence = LicenceSerializer(help_text="À quelles conditions réutiliser")
    published_at = serializers.DateTimeField(help_text="Première publication ici")
    updated_at = serializers.DateTimeField(
        help_text="Dernière publication ; un nom corrigé ou retiré ne la change pas"
    )


class PersonAppearanceSerializer(serializers.Serializer[Row]):
    webinar = serializers.SlugField()
    short_title = serializers.CharField()
    date = serializers.DateField()
    role = serializers.CharField(allow_blank=True)
    organisation = serializers.CharField()
    organisation_slug = serializers.SlugField()


class PersonSerializer(serializers.Serializer[Row]):
    slug = serializers.SlugField()
    url = serializers.URLField(help_text="La page de la personne")
    first_name = serializers.CharField(allow_blank=True)
    last_name = serializers.CharField()
    appearances = PersonAppearanceSerializer(
        many=True, help_text="Ses interventions, la plus récente d’abord"
    )


class OrganisationAppearanceSerializer(serializers.Serializer[Row]):
    webinar = serializers.SlugField()
    short_title = serializers.CharField()
    date = serializers.DateField()
    first_name = serializers.CharField(allow_blank=True)
    last_name = serializers.CharField(allow_blank=True)
    person_slug = serializers.SlugField()
    is_withdrawn = serializers.BooleanField()
    role = serializers.CharField(allow_blank=True)


class CitedOrganisationSerializer(serializers.Serializer[Row]):
    slug = serializers.SlugField()
    url = serializers.URLField(help_text="La page de l’organisation")
    name = serializers.CharField()
    kind = serializers.ChoiceField(OrganisationKind.choices, help_text=ours("son type"))
    kind_label = serializers.CharField(help_text=ours("son type, en français"))
    region = serializers.CharField(
        allow_null=True, help_text="Code Insee de sa région, quand la source la nomme"
    )
    region_name = serializers.CharField(allow_null=True)
    appearances = OrganisationAppearanceSerializer(
        many=True, help_text="Qui a parlé pour elle, et quand, la plus récente d’abord"
    )


class WebinarDumpSerializer(serializers.Serializer[Row]):
    licence = LicenceSerializer()
    date = serializers.DateTimeField(help_text="Dernier changement des contenus")
    source = serializers.CharField(help_text="À citer")  # type: ignore[assignment]
    readings = texts("Les champs qui sont notre lecture, au statut « R »")
    webinars = WebinarSerializer(many=True)


def codes(child: serializers.Field[Any, Any, Any, Any], about: str) -> serializers.ListField:
    return serializers.ListField(child=child, required=False, help_text=f"{about} ; se répète")


# What the address of the list may ask for; read by ``apps.api.facets``.
class WebinarFilters(serializers.Serializer[None]):
    q = serializers.CharField(required=False, allow_blank=True, help_text="Des mots : le plus proche d’abord")
    goal = codes(serializers.IntegerField(min_value=1, max_value=17), "ODD (1 à 17), dans le titre ou proche")
    fragility = codes(serializers.CharField(), "Fragilité : son code (F01) ou le nom de sa page (emploi)")
    pillar = codes(serializers.ChoiceField(PILLARS), "Appui")
    cycle = codes(serializers.ChoiceField(Cycle.choices), "Cycle")
    year = codes(serializers.RegexField(r"^[0-9]{4}$"), "Année")
    kind = codes(serializers.ChoiceField(OrganisationKind.choices), "Type d’une organisation invitée")
    region = codes(serializers.CharField(), "Région d’action (code Insee)")
    level = codes(serializers.CharField(), "Échelon d’action (son code)")
    size = codes(serializers.CharField(), "Taille d’association (son code)")
