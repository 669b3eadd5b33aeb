"""What belongs to the person who asks: her associations and their campaigns.

Serializers carry comments, not docstrings: drf-spectacular publishes those in the schema, which speaks French.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.accounts.enums import Role
from apps.accounts.models import Organisation
from apps.diagnostic.access import may_manage
from apps.diagnostic.models import Campaign


class OrganisationSerializer(serializers.ModelSerializer[Organisation]):
    role = serializers.ChoiceField(Role.choices, help_text="Votre rôle dans cette association")

    class Meta:
        model = Organisation
        fields = read_only_fields = (
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


class OrganisationNameSerializer(serializers.ModelSerializer[Organisation]):
    class Meta:
        model = Organisation
        fields = read_only_fields = ("id", "name")


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    organisation = OrganisationNameSerializer()

    class Meta:
        model = Campaign
        fields: tuple[str, ...] = (
            "id",
            "organisation",
            "instrument",
            "state",
            "opened_at",
            "closed_at",
            "is_demo",
        )
        read_only_fields: tuple[str, ...] = fields


# Asked once a campaign; what was not said is null.
class ContextSerializer(serializers.ModelSerializer[Campaign]):
    class Meta:
        model = Campaign
        fields = read_only_fields = (
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


class CampaignDetailSerializer(CampaignSerializer):
    campaign_context = serializers.SerializerMethodField(
        help_text="Null tant que la campagne est ouverte, sauf pour qui la conduit"
    )

    class Meta(CampaignSerializer.Meta):
        fields = (*CampaignSerializer.Meta.fields, "campaign_context")
        read_only_fields = fields

    @extend_schema_field(ContextSerializer(allow_null=True))
    def get_campaign_context(self, campaign: Campaign) -> dict[str, Any] | None:
        """As on the screens: the form is for who leads, the result is for every member."""
        hidden = campaign.is_open and not may_manage(campaign)
        return None if hidden else ContextSerializer(campaign).data
