"""The frozen result: what the screen and the PDF show, nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.diagnostic.instrument import Questionnaire
from apps.diagnostic.models import Result


# One statement as it may be shown: null below the thresholds of disclosure.
class StatementSerializer(serializers.Serializer[Mapping[str, Any]]):
    code = serializers.CharField()
    axis = serializers.CharField()
    topic = serializers.CharField()
    text = serializers.CharField()
    applicable = serializers.BooleanField()
    median = serializers.FloatField(allow_null=True)
    spread = serializers.IntegerField(allow_null=True)
    low = serializers.IntegerField(allow_null=True)
    high = serializers.IntegerField(allow_null=True)
    roles = serializers.DictField(child=serializers.FloatField())


class AxisSerializer(serializers.Serializer[Mapping[str, Any]]):
    score = serializers.FloatField(allow_null=True)
    coverage = serializers.FloatField(allow_null=True)


class DivergenceSerializer(serializers.Serializer[Mapping[str, Any]]):
    question = serializers.CharField()
    spread = serializers.IntegerField()


class AlertSerializer(serializers.Serializer[Mapping[str, Any]]):
    code = serializers.CharField()
    level = serializers.ChoiceField(["orange", "red"])


# Shape of ``scoring.Outcome.as_json()``; missing values are null.
class OutcomeSerializer(serializers.Serializer[Mapping[str, Any]]):
    axes = serializers.DictField(child=AxisSerializer())
    pillar_gap = serializers.FloatField(allow_null=True)
    barycentre = serializers.DictField(child=serializers.FloatField(), allow_null=True)
    strengths = serializers.ListField(child=serializers.CharField())
    weaknesses = serializers.ListField(child=serializers.CharField())
    divergences = DivergenceSerializer(many=True)
    indicators = serializers.DictField(child=serializers.FloatField(allow_null=True))
    alerts = AlertSerializer(many=True)
    profile = serializers.CharField(allow_null=True)


AMOUNT = {"type": "number", "nullable": True}
FINANCES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "year": {"type": "integer"},
            "resources": {"type": "object", "additionalProperties": AMOUNT},
        },
        "required": ["year", "resources"],
        "additionalProperties": AMOUNT,
    },
}


@extend_schema_field(OutcomeSerializer)
class Outcome(serializers.JSONField):
    """Given as it was frozen; the serializer only describes it."""


@extend_schema_field(FINANCES)
class Finances(serializers.JSONField):
    pass


class ResultSerializer(serializers.ModelSerializer[Result]):
    outcome = Outcome(source="payload", help_text="Scores, point d’équilibre, forces, écarts, alertes")
    statements = serializers.SerializerMethodField(
        help_text="Un énoncé par ligne ; null sous les seuils de divulgation"
    )
    finances = Finances(help_text="Les exercices tels qu’ils ont été donnés, le plus ancien d’abord")

    class Meta:
        model = Result
        fields = read_only_fields = (
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
