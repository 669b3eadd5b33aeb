"""The method as anyone may read it. Rows are made by ``apps.methodology.public.opendata``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from apps.api.serializers.webinars import PILLARS, texts
from apps.catalogue.enums import Audience
from apps.core.sources import SourceStatus

Row = Mapping[str, Any]


class MethodDurationSerializer(serializers.Serializer[Row]):
    weeks = serializers.CharField(help_text="La durée de l’étape, en mots")
    workshop_minutes = serializers.IntegerField(help_text="La durée de l’atelier")


class MethodPersonSerializer(serializers.Serializer[Row]):
    who = serializers.CharField(help_text="Qui réunir")
    why = serializers.CharField(help_text="Pourquoi")


class MethodToolSerializer(serializers.Serializer[Row]):
    code = serializers.SlugField()
    title = serializers.CharField()
    about = serializers.CharField(help_text="Ce que l’on y écrit")


class MethodMomentSerializer(serializers.Serializer[Row]):
    minutes = serializers.IntegerField()
    title = serializers.CharField()
    do = serializers.CharField(help_text="Ce que l’on dit, ce que l’on fait")
    produces = serializers.CharField(help_text="Ce qu’il en sort")


class MethodTrapSerializer(serializers.Serializer[Row]):
    when = serializers.CharField(help_text="Quand cela se complique")
    do = serializers.CharField(help_text="Ce que l’on peut essayer")


class MethodGuideSerializer(serializers.Serializer[Row]):
    aim = serializers.CharField(help_text="Ce que vise l’atelier")
    material = texts("Ce qu’il faut sur la table")
    moments = MethodMomentSerializer(many=True, help_text="Le déroulé, moment par moment")
    traps = MethodTrapSerializer(many=True, help_text="Les pièges")
    after = texts("Ce qui reste à faire après l’atelier")


class MethodCourseStepSerializer(serializers.Serializer[Row]):
    slug = serializers.SlugField(help_text="L’étape du parcours : /api/v1/course/steps/{slug}/")
    url = serializers.URLField()


class MethodCaseSerializer(serializers.Serializer[Row]):
    slug = serializers.SlugField(help_text="Le cas dans la bibliothèque : /api/v1/webinars/{slug}/")
    why = serializers.CharField(help_text="Ce que le cas montre de l’étape")
    url = serializers.URLField()


class MethodStepSerializer(serializers.Serializer[Row]):
    number = serializers.IntegerField(help_text="Sa place dans la méthode, de 1 à 8")
    slug = serializers.SlugField()
    title = serializers.CharField()
    status = serializers.ChoiceField(SourceStatus.choices, help_text="D’où viennent le titre et le livrable")
    status_label = serializers.CharField(
        help_text="Le statut, en français : « proposition pédagogique » est à afficher comme tel"
    )
    summary = serializers.CharField(help_text="Ce que l’étape livre, en une phrase")
    url = serializers.URLField(help_text="La page à lire")
    guide_url = serializers.URLField(help_text="Le guide d’animation à imprimer (PDF)")
    edition = serializers.IntegerField(help_text="L’édition de la méthode")
    published_on = serializers.DateField(help_text="Le jour de cette édition")
    pillars = serializers.ListField(child=serializers.ChoiceField(PILLARS), help_text="Les piliers en jeu")
    audience = serializers.ListField(
        child=serializers.ChoiceField(Audience.choices), help_text="À qui elle s’adresse"
    )
    why = serializers.CharField(help_text="Pourquoi cette étape ; une ligne vide sépare les paragraphes")
    delivers = texts("Les livrables")
    duration = MethodDurationSerializer()
    people = MethodPersonSerializer(many=True, help_text="Qui réunir")
    prepare = texts("Ce qu’il faut préparer avant l’atelier")
    tools = MethodToolSerializer(many=True, help_text="Les outils, vide pour l’étape de l’auto-diagnostic")
    done_when = texts("À quoi l’on voit que l’étape est faite")
    guide = MethodGuideSerializer(help_text="Le guide d’animation de l’atelier")
    course_step = MethodCourseStepSerializer(help_text="L’étape du parcours qui la prépare")
    case = MethodCaseSerializer(help_text="Un cas de la bibliothèque à lire avec elle")
