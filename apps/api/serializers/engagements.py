"""What a person reads of the démarches where she holds a seat. Rows are made by ``apps.methodology.dossier``.

Serializers carry comments, not docstrings: drf-spectacular publishes those in the schema, which speaks French.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.api.serializers.personal import OrganisationNameSerializer
from apps.methodology.dossier import data
from apps.methodology.dossier.contents import Contents, Filled, Listing, Ref, StepPart, Thing, ToolPart
from apps.methodology.enums import SeatRole, StepStage, Verdict, WorkshopStage
from apps.methodology.models import Seat
from apps.methodology.tools.specs import FieldType


class EngagementSerializer(serializers.Serializer[Seat]):
    id = serializers.UUIDField(source="engagement_id")
    organisation = OrganisationNameSerializer(source="engagement.organisation")
    title = serializers.CharField(source="engagement.title")
    seat = serializers.ChoiceField(SeatRole.choices, source="role", help_text="Votre place dans la démarche")
    edition = serializers.IntegerField(
        source="engagement.edition", help_text="L’édition de la méthode qu’elle suit"
    )
    opened_at = serializers.DateTimeField(source="engagement.opened_at")
    closed_at = serializers.DateTimeField(source="engagement.closed_at", allow_null=True)
    is_demo = serializers.BooleanField(source="engagement.is_demo")


class EngagementRefSerializer(serializers.Serializer[Ref]):
    id = serializers.UUIDField()
    title = serializers.CharField()


class ValidationSerializer(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(Verdict.choices)
    label = serializers.CharField(help_text="Le verdict, en français")  # type: ignore[assignment]
    decided_on = serializers.DateField()
    name = serializers.CharField(help_text="Qui a décidé ; vide pour un réseau qui suit")
    recorded_by = serializers.CharField(help_text="Qui a consigné la décision, ou vide")
    reason = serializers.CharField(help_text="Le motif ; vide pour un réseau qui suit")


class EngagementStepSerializer(serializers.Serializer[StepPart]):
    number = serializers.IntegerField(help_text="De 1 à 8")
    title = serializers.CharField()
    stage = serializers.ChoiceField(StepStage.choices, help_text="Où en est l’étape")
    stage_label = serializers.CharField(source="stage_word", help_text="Le même état, en français")
    changed_at = serializers.DateTimeField(
        allow_null=True, help_text="Depuis quand, null si rien n’a commencé"
    )
    why_skipped = serializers.CharField(help_text="Pourquoi elle est passée ; vide pour un réseau qui suit")
    validations = ValidationSerializer(source="verdicts", many=True, help_text="La dernière d’abord")


class FieldSerializer(serializers.Serializer[Filled]):
    code = serializers.CharField(source="spec.code")
    label = serializers.CharField(source="spec.label")  # type: ignore[assignment]
    type = serializers.ChoiceField([kind.value for kind in FieldType], source="spec.type")
    value = serializers.SerializerMethodField(
        "stored",
        help_text="Un texte, une liste ou un booléen ; un nombre est un texte avec un point, une personne est son nom",
    )
    text = serializers.CharField(source="words", help_text="La valeur, en mots")

    @extend_schema_field({})
    def stored(self, field: Filled) -> Any:
        return data.as_read(field)


class ItemSerializer(serializers.Serializer[Thing]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    parent = EngagementRefSerializer(allow_null=True, help_text="L’élément dont il dépend")
    values = FieldSerializer(source="fields", many=True, help_text="Les champs remplis")


class KindSerializer(serializers.Serializer[Listing]):
    code = serializers.CharField(source="kind.code")
    label = serializers.CharField(source="kind.plural")  # type: ignore[assignment]
    items = ItemSerializer(source="things", many=True)


class ToolSerializer(serializers.Serializer[ToolPart]):
    code = serializers.SlugField(source="tool.code")
    step = serializers.IntegerField(source="tool.step")
    title = serializers.CharField(source="tool.title")
    kinds = KindSerializer(source="listings", many=True, help_text="Les sortes d’éléments")


class EngagementDecisionSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(help_text="Dans l’ordre où elles ont été écrites")
    step = serializers.IntegerField()
    what = serializers.CharField()
    why = serializers.CharField()
    decided_by = serializers.CharField()
    decided_on = serializers.DateField()
    about = EngagementRefSerializer(allow_null=True, help_text="L’élément dont il est question")
    replaces = serializers.IntegerField(
        allow_null=True, help_text="Le numéro de la décision qu’elle remplace"
    )


class EngagementCommentSerializer(serializers.Serializer[Any]):
    step = serializers.IntegerField()
    author = serializers.CharField()
    text = serializers.CharField()
    at = serializers.DateTimeField()
    is_settled = serializers.BooleanField(help_text="Réglé")
    about = EngagementRefSerializer(allow_null=True, help_text="L’élément dont il est question")


class WorkshopCardSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    pillar = serializers.CharField(help_text="Le code du pilier, ou vide")
    author = serializers.CharField(help_text="Vide si l’atelier ne montre pas les noms")


class WorkshopPileSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    votes = serializers.IntegerField(help_text="Les pastilles, zéro avant la fin du vote")
    is_kept = serializers.BooleanField(help_text="Gardé par la table")
    note = serializers.CharField(help_text="Ce qui s’est dit")
    cards = WorkshopCardSerializer(many=True)


class EngagementWorkshopSerializer(serializers.Serializer[Any]):
    step = serializers.IntegerField()
    title = serializers.CharField()
    question = serializers.CharField()
    held_on = serializers.DateField()
    stage = serializers.ChoiceField(WorkshopStage.choices)
    shows_names = serializers.BooleanField(help_text="Les noms s’affichent")
    present = serializers.IntegerField(help_text="Combien de personnes autour de la table")
    record = serializers.CharField(source="text", help_text="Ce que l’on retient")
    piles = WorkshopPileSerializer(many=True, help_text="Les groupes de cartes, le plus de pastilles d’abord")
    loose = WorkshopCardSerializer(many=True, help_text="Les cartes hors des groupes")


class NoteLineSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField()


class NoteMeetingSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    date = serializers.CharField(help_text="En mots, comme tout le texte figé")
    step = serializers.CharField()
    who = serializers.CharField()
    delivers = serializers.CharField(help_text="Ce qui en sort")


class SignatureSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    quality = serializers.CharField(help_text="À quel titre elle ou il a signé")
    at = serializers.DateTimeField()


class EngagementNoteSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    put_at = serializers.DateTimeField(help_text="Quand elle a été présentée à la signature")
    put_by = serializers.CharField(help_text="Par qui")
    came_at = serializers.DateTimeField(
        allow_null=True,
        help_text="Quand une archive l’a apportée, null pour une note d’ici ; ses signatures n’ont alors pas été recueillies ici",
    )
    lines = NoteLineSerializer(many=True, help_text="Le texte figé")
    meetings = NoteMeetingSerializer(many=True, help_text="Les rendez-vous, figés avec lui")
    signatures = SignatureSerializer(many=True)


class TeammateSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    seat = serializers.ChoiceField(SeatRole.choices, source="role", help_text="Sa place dans la démarche")


NOT_FOLLOWED = "Null pour un réseau qui suit"


# ``contents`` in the context: a Contents; for a network, only its steps are shown.
class EngagementDetailSerializer(EngagementSerializer):
    steps = serializers.SerializerMethodField(help_text="Les huit étapes")
    team = serializers.SerializerMethodField(help_text=NOT_FOLLOWED)
    tools = serializers.SerializerMethodField(help_text=f"Ce qui est écrit, outil par outil. {NOT_FOLLOWED}")
    decisions = serializers.SerializerMethodField(help_text=f"Le journal des décisions. {NOT_FOLLOWED}")
    comments = serializers.SerializerMethodField(help_text=f"Sans ceux qui ont été retirés. {NOT_FOLLOWED}")
    notes = serializers.SerializerMethodField(
        help_text=f"Les notes présentées à la signature, la dernière d’abord. {NOT_FOLLOWED}"
    )
    workshops = serializers.SerializerMethodField(help_text=f"Le relevé des ateliers. {NOT_FOLLOWED}")
    history = serializers.SerializerMethodField(
        help_text=f"Le nombre d’écritures depuis l’ouverture. {NOT_FOLLOWED}"
    )

    @property
    def read(self) -> Contents:
        found: Contents = self.context["contents"]
        return found

    def shown(self, serializer: type[serializers.Serializer[Any]], rows: Any) -> Any:
        return serializer(rows, many=True).data if self.context["reads"] else None

    @extend_schema_field(EngagementStepSerializer(many=True))
    def get_steps(self, seat: Seat) -> Any:
        return EngagementStepSerializer(self.read.steps, many=True).data  # type: ignore[arg-type]

    @extend_schema_field(TeammateSerializer(many=True, allow_null=True))
    def get_team(self, seat: Seat) -> Any:
        return self.shown(TeammateSerializer, self.read.team)

    @extend_schema_field(ToolSerializer(many=True, allow_null=True))
    def get_tools(self, seat: Seat) -> Any:
        return self.shown(ToolSerializer, list(self.read.tools()))

    @extend_schema_field(EngagementDecisionSerializer(many=True, allow_null=True))
    def get_decisions(self, seat: Seat) -> Any:
        return self.shown(EngagementDecisionSerializer, data.flat(self.read, "decisions"))

    @extend_schema_field(EngagementCommentSerializer(many=True, allow_null=True))
    def get_comments(self, seat: Seat) -> Any:
        return self.shown(EngagementCommentSerializer, data.flat(self.read, "remarks"))

    @extend_schema_field(EngagementNoteSerializer(many=True, allow_null=True))
    def get_notes(self, seat: Seat) -> Any:
        return self.shown(EngagementNoteSerializer, [data.frozen(one) for one in self.read.notes])

    @extend_schema_field(EngagementWorkshopSerializer(many=True, allow_null=True))
    def get_workshops(self, seat: Seat) -> Any:
        return self.shown(EngagementWorkshopSerializer, data.flat(self.read, "records"))

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_history(self, seat: Seat) -> int | None:
        return self.read.heading.history if self.context["reads"] else None
