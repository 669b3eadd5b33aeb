"""The public catalogue: each row with the sources of its parts."""

from __future__ import annotations

from rest_framework import serializers

from apps.catalogue.enums import GoalWeight
from apps.catalogue.models import Fragility, FragilityFamily, FragilityGoal, Goal
from apps.catalogue.provenance import Provenance
from apps.core.sources import SourceStatus


# What a page's badge and « d’où vient cette page ? » say.
class SourceSerializer(serializers.Serializer[Provenance]):
    part = serializers.CharField(
        allow_blank=True, help_text="Vide pour la ligne elle-même, sinon la partie : text, links, family…"
    )
    subject = serializers.CharField(help_text="La partie, en français")
    status = serializers.ChoiceField(SourceStatus.choices)
    status_label = serializers.CharField(help_text="Le statut, en français")
    is_proposal = serializers.BooleanField(help_text="Vrai quand c’est une proposition de la plateforme")
    title = serializers.CharField(source="label", help_text="La source citée")
    year = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)


class GoalLinkSerializer(serializers.ModelSerializer[FragilityGoal]):
    number = serializers.IntegerField(source="goal.number")
    name = serializers.CharField(source="goal.name")
    weight = serializers.ChoiceField(GoalWeight.choices)

    class Meta:
        model = FragilityGoal
        fields = read_only_fields = ("number", "name", "weight")


class FragilityLinkSerializer(serializers.ModelSerializer[FragilityGoal]):
    code = serializers.CharField(source="fragility.code")
    name = serializers.CharField(source="fragility.name")
    weight = serializers.ChoiceField(GoalWeight.choices)

    class Meta:
        model = FragilityGoal
        fields = read_only_fields = ("code", "name", "weight")


class GoalSerializer(serializers.ModelSerializer[Goal]):
    fragilities = FragilityLinkSerializer(source="fragility_links", many=True)
    sources = SourceSerializer(source="provenance", many=True)

    class Meta:
        model = Goal
        fields = read_only_fields = (
            "number",
            "code",
            "name",
            "summary",
            "for_associations",
            "fragilities",
            "sources",
        )


class FamilySerializer(serializers.ModelSerializer[FragilityFamily]):
    class Meta:
        model = FragilityFamily
        fields = read_only_fields = ("code", "name")


class FragilitySerializer(serializers.ModelSerializer[Fragility]):
    family = FamilySerializer()
    goals = GoalLinkSerializer(source="goal_links", many=True)
    sources = SourceSerializer(source="provenance", many=True)

    class Meta:
        model = Fragility
        fields = read_only_fields = (
            "code",
            "slug",
            "name",
            "summary",
            "family",
            "signs",
            "indicator",
            "indicator_producer",
            "goals",
            "sources",
        )


# What the address of the list may ask for.
class FragilityFilters(serializers.Serializer[None]):
    goal = serializers.IntegerField(
        required=False, min_value=1, max_value=17, help_text="Seulement celles qui mènent à cet ODD (1 à 17)"
    )
    family = serializers.SlugField(
        required=False, max_length=40, help_text="Seulement celles de cette famille (son code)"
    )
