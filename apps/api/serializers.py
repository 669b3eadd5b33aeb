"""What the API says of each row: read only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.accounts.models import Organisation
from apps.catalogue.models import Fragility, FragilityGoal, Goal, Ordered
from apps.catalogue.provenance import Provenance
from apps.core.sources import SourceStatus
from apps.diagnostic.instrument import Questionnaire
from apps.diagnostic.models import Campaign, Result

Text = serializers.CharField


class SourceSerializer(serializers.Serializer[Provenance]):
    """Where one part of a row comes from; status R is a proposal of the platform."""

    part = Text(
        help_text="« » pour la ligne elle-même, sinon text, links, family, indicator…", allow_blank=True
    )
    status = serializers.ChoiceField(SourceStatus.choices)
    status_label = Text()
    label = Text()
    year = Text(allow_blank=True)
    url = Text(allow_blank=True)


class Sourced(serializers.ModelSerializer[Ordered]):
    sources = SourceSerializer(source="provenance", many=True, read_only=True)


class GoalLinkSerializer(serializers.ModelSerializer[FragilityGoal]):
    number = serializers.IntegerField(source="goal.number")
    name = Text(source="goal.name")

    class Meta:
        model = FragilityGoal
        fields = ("number", "name", "weight")


class FragilityLinkSerializer(serializers.ModelSerializer[FragilityGoal]):
    code = Text(source="fragility.code")
    name = Text(source="fragility.name")

    class Meta:
        model = FragilityGoal
        fields = ("code", "name", "weight")


class GoalSerializer(Sourced):
    fragilities = FragilityLinkSerializer(source="fragility_links", many=True)

    class Meta:
        model = Goal
        fields = ("number", "code", "name", "summary", "for_associations", "fragilities", "sources")


class NamedSerializer(serializers.Serializer[Any]):
    code = Text()
    name = Text()


class FragilitySerializer(Sourced):
    family = NamedSerializer()
    goals = GoalLinkSerializer(source="goal_links", many=True)

    class Meta:
        model = Fragility
        fields = (
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


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    role = Text(help_text="votre rôle : admin, lead, board ou staff")
    fragilities = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)  # type: ignore[var-annotated]

    class Meta:
        model = Organisation
        fields = (
            "id",
            "name",
            "role",
            "siren",
            "siret",
            "rna",
            "legal_form",
            "department",
            "size_class",
            "fragilities",
            "is_demo",
            "created_at",
        )


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    organisation = serializers.SerializerMethodField()
    instrument = Text(source="instrument_id")

    class Meta:
        model = Campaign
        fields = ("id", "organisation", "instrument", "state", "opened_at", "closed_at", "is_demo")

    @extend_schema_field(
        {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}
    )
    def get_organisation(self, campaign: Campaign) -> dict[str, str]:
        return {"id": str(campaign.organisation_id), "name": campaign.organisation.name}


class CampaignDetailSerializer(CampaignSerializer):
    """With its context, asked once a campaign; what is unknown is null."""

    fragilities = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)  # type: ignore[var-annotated]
    levels = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)  # type: ignore[var-annotated]

    class Meta(CampaignSerializer.Meta):
        fields = (
            *CampaignSerializer.Meta.fields,
            "legal_form",
            "department",
            "size_class",
            "fragilities",
            "levels",
            "years_since_board_renewal",
            "effort_18_months",
            "effort_7_years",
            "effort_28_years",
        )


class StatementSerializer(serializers.Serializer[Mapping[str, Any]]):
    """One statement as it may be shown: null below the thresholds of disclosure."""

    code = Text()
    axis = Text()
    topic = Text()
    text = Text()
    applicable = serializers.BooleanField()
    median = serializers.FloatField(allow_null=True)
    spread = serializers.IntegerField(allow_null=True)
    low = serializers.IntegerField(allow_null=True)
    high = serializers.IntegerField(allow_null=True)
    roles = serializers.DictField(child=serializers.FloatField())


class ResultSerializer(serializers.ModelSerializer[Result]):
    """The frozen result: what the screen and the PDF show, nothing more."""

    outcome = serializers.JSONField(source="payload")
    statements = serializers.SerializerMethodField()
    finances = serializers.JSONField()

    class Meta:
        model = Result
        fields = (
            "campaign",
            "instrument",
            "instrument_sha256",
            "scoring_version",
            "respondent_count",
            "created_at",
            "outcome",
            "statements",
            "finances",
        )

    @extend_schema_field(StatementSerializer(many=True))
    def get_statements(self, result: Result) -> list[dict[str, Any]]:
        questionnaire: Questionnaire = self.context["questionnaire"]
        return [{**words(questionnaire, row["code"]), **row} for row in result.statements]


def words(questionnaire: Questionnaire, code: str) -> dict[str, str]:
    statement = questionnaire.statement(code)
    return {"axis": statement.axis, "topic": statement.topic, "text": statement.text}
