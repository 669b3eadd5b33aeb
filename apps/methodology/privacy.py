"""What this app keeps of people (apps.core.processings)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from apps.accounts.models import User
from apps.core.microtypography import nbsp
from apps.core.processings import (
    AS_ORGANISATION,
    INNER,
    INTEREST,
    OTHERS,
    SEALED,
    SERVICE,
    TEAM,
    TEAMWORK,
    Fate,
    Holding,
    Processing,
)
from apps.methodology.errors import Refused
from apps.methodology.models import Decision, Seat, Signature, SignedNote, Validation
from apps.methodology.services import seats
from apps.methodology.team.selectors import held_leads
from apps.privacy import erasure

DECIDED = "Une décision sans nom ne vaut plus rien ; vous pouvez vous y opposer en nous écrivant"
PROCESSINGS = (
    Processing(
        model="methodology.Engagement",
        name="Démarches que vous avez ouvertes",
        purpose="Savoir qui les conduit",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("opened_by",),
        reason=TEAMWORK,
        cleared={"opened_by": None},
        export=("title", "opened_at", "organisation", "closed_at"),
        withheld={INNER: ("opening_key", "edition", "sequence", "is_demo")},
    ),
    Processing(
        model="methodology.Seat",
        name="Place dans une démarche",
        purpose="Savoir qui peut quoi, attribuer ce qui est écrit",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("user",),
        reason=TEAMWORK,
        cleared={"user": None, "feed_hash": "", "wants_reminders": False},
        export=("role", "joined_at", "left_at", "engagement", "is_outside", "wants_reminders"),
        withheld={SEALED: ("feed_hash",)},
    ),
    Processing(
        model="methodology.SeatInvitation",
        name="Invitation à une démarche : adresse, rôle",
        purpose="Inviter",
        legal_basis=SERVICE,
        retention="Trente jours après la réponse ou l’expiration",
        fate=Fate.ERASED,
        addresses=("email",),
        export=("role", "sent_at", "answered_at", "expires_at", "answer"),
        withheld={OTHERS: ("invited_by",), SEALED: ("token_hash",), TEAM: ("engagement", "sent_count")},
    ),
    Processing(
        model="methodology.StepState",
        name="Changements d’état d’une étape",
        purpose="Savoir où l’on en est",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("changed_by__user",),
        reason=TEAMWORK,
        export=("step", "stage", "changed_at", "engagement", "why_skipped"),
        withheld={INNER: ("board_told_at",)},
    ),
    Processing(
        model="methodology.Validation",
        name="Validations : nom écrit",
        purpose="Dire qui a décidé",
        legal_basis=INTEREST,
        retention=AS_ORGANISATION,
        fate=Fate.KEPT,
        paths=("seat__user",),
        reason=DECIDED,
        export=("step", "verdict", "decided_on", "name", "reason", "at"),
        withheld={INNER: ("key",), OTHERS: ("recorded_by",), TEAM: ("engagement",)},
    ),
    Processing(
        model="methodology.CrossedDiagnostic",
        name="Diagnostic relié à une démarche",
        purpose="Travailler à plusieurs",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("linked_by__user",),
        reason=TEAMWORK,
        export=("linked_at",),
        withheld={TEAM: ("engagement", "campaign")},
    ),
    Processing(
        model="methodology.Item",
        name="Éléments que vous avez ajoutés",
        purpose="Travailler à plusieurs",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("made_by__user",),
        reason=TEAMWORK,
        export=("kind", "made_at", "gone_at"),
        withheld={INNER: ("parent", "place"), TEAM: ("engagement",)},
    ),
    Processing(
        model="methodology.Field",
        name="Textes que vous avez écrits en dernier",
        purpose="Travailler à plusieurs",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("changed_by__user",),
        reason=TEAMWORK,
        export=("code", "changed_at"),
        withheld={INNER: ("item", "version"), TEAM: ("value",)},
    ),
    Processing(
        model="methodology.Change",
        name="Historique de ce que vous avez écrit",
        purpose="Revenir en arrière sans rien perdre",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("seat__user",),
        reason=TEAMWORK,
        export=("act", "code", "at"),
        withheld={INNER: ("number", "item", "version", "key"), TEAM: ("engagement", "before", "after")},
    ),
    Processing(
        model="methodology.Presence",
        name="Dernier outil ouvert",
        purpose="Montrer qui écrit où",
        legal_basis=SERVICE,
        retention="Le dernier seulement",
        fate=Fate.ERASED,
        paths=("seat__user",),
        export=("tool", "seen_at", "code"),
        withheld={INNER: ("item_id",)},
    ),
    Processing(
        model="methodology.SignedNote",
        name="Notes présentées à la signature",
        purpose="Garder ce qui est signé",
        legal_basis=INTEREST,
        retention=AS_ORGANISATION,
        fate=Fate.KEPT,
        paths=("put_by__user",),
        reason=DECIDED,
        export=("number", "put_at", "put_by_name"),
        withheld={INNER: ("digest",), TEAM: ("engagement", "meetings", "came_at", "lines")},
    ),
    Processing(
        model="methodology.Signature",
        name="Signatures : nom, qualité",
        purpose="Dire qui a signé",
        legal_basis=INTEREST,
        retention=AS_ORGANISATION,
        fate=Fate.KEPT,
        paths=("seat__user",),
        reason=DECIDED,
        export=("name", "quality", "at"),
        withheld={TEAM: ("note",)},
    ),
    Processing(
        model="methodology.Reminder",
        name="Rappels envoyés",
        purpose="Ne pas vous écrire deux fois",
        legal_basis=SERVICE,
        retention="Un an",
        fate=Fate.ERASED,
        paths=("seat__user",),
        export=("about", "due", "sent_on"),
        withheld={INNER: ("item",)},
    ),
    Processing(
        model="methodology.Comment",
        name="Commentaires",
        purpose="Travailler à plusieurs",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("seat__user",),
        reason=TEAMWORK,
        export=("text", "at", "taken_back_at", "step", "edited_at", "settled_at"),
        withheld={INNER: ("item", "key"), OTHERS: ("mentions",), TEAM: ("engagement",)},
    ),
    Processing(
        model="methodology.Mention",
        name="Discussions où l’on vous attend",
        purpose="Vous prévenir",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("seat__user",),
        reason=TEAMWORK,
        export=("told_at", "done_at"),
        withheld={TEAM: ("comment",)},
    ),
    Processing(
        model="methodology.Decision",
        name="Décisions écrites",
        purpose="Dire qui a décidé",
        legal_basis=INTEREST,
        retention=AS_ORGANISATION,
        fate=Fate.KEPT,
        paths=("seat__user",),
        reason=DECIDED,
        export=("what", "why", "decided_on", "step", "written_at"),
        withheld={INNER: ("item", "key"), OTHERS: ("decided_by",), TEAM: ("engagement", "replaces")},
    ),
    Processing(
        model="methodology.ScenarioVote",
        name="Avis sur les scénarios",
        purpose="Choisir à plusieurs",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ERASED,
        paths=("seat__user",),
        export=("stance", "reason", "at"),
        withheld={INNER: ("item", "number")},
    ),
    Processing(
        model="methodology.Workshop",
        name="Ateliers que vous avez ouverts",
        purpose="Les animer",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("opened_by__user",),
        reason=TEAMWORK,
        export=("title", "held_on", "step", "opened_at", "over_at"),
        withheld={
            INNER: ("opening_key", "code", "record_version", "version"),
            TEAM: (
                "engagement",
                "question",
                "stage",
                "shows_names",
                "dots",
                "everybody_groups",
                "timer_ends_at",
                "record",
                "present",
            ),
        },
    ),
    Processing(
        model="methodology.Participant",
        name="Place à la table d’un atelier",
        purpose="Savoir qui est autour de la table",
        legal_basis=SERVICE,
        retention="Jusqu’à la fin de l’atelier",
        fate=Fate.ANONYMISED,
        paths=("seat__user",),
        reason=TEAMWORK,
        cleared={"name": ""},
        export=("name", "role", "joined_at", "is_done"),
        withheld={SEALED: ("secret_hash",), TEAM: ("workshop",)},
    ),
    Processing(
        model="methodology.Card",
        name="Cartes d’un atelier en cours",
        purpose="Travailler à plusieurs",
        legal_basis=SERVICE,
        retention=AS_ORGANISATION,
        fate=Fate.ANONYMISED,
        paths=("author__seat__user",),
        reason="À la fin de l’atelier plus rien ne relie une carte à vous",
        export=("text", "at"),
        withheld={INNER: ("pile", "place", "key"), TEAM: ("workshop", "pillar")},
    ),
    Processing(
        model="methodology.Dot",
        name="Pastilles d’un atelier en cours",
        purpose="Choisir à plusieurs",
        legal_basis=SERVICE,
        retention="Jusqu’à la fin de l’atelier",
        fate=Fate.ERASED,
        paths=("participant__seat__user",),
        export=("number",),
        withheld={INNER: ("pile",)},
    ),
)
HOLDINGS = (
    Holding("methodology.Engagement", "Démarches"),
    Holding("methodology.Item", "Éléments écrits dans ces démarches", path="engagement__organisation"),
    Holding("methodology.Comment", "Commentaires", path="engagement__organisation"),
    Holding("methodology.Decision", "Décisions écrites", path="engagement__organisation"),
    Holding("methodology.SignedNote", "Notes signées", path="engagement__organisation"),
)


def refusals(user: User) -> list[str]:
    """A démarche is never left without a lead; that of an association of one goes with it. Two queries."""
    of_each: Any = OuterRef("engagement")
    leads = held_leads(of_each)
    led = Seat.objects.filter(
        Exists(leads.filter(pk=OuterRef("pk"))), ~Exists(leads.exclude(pk=OuterRef("pk"))), user=user
    ).select_related("engagement")
    return [
        nbsp(
            f"Vous conduisez seule ou seul la démarche « {seat.engagement.title} » : confiez-la d’abord à quelqu’un."
        )
        for seat in led.exclude(engagement__organisation__in=erasure.alone_in(user))
    ]


def before(user: User) -> list[tuple[str, int]]:
    """She leaves each team, as she would by the button. What keeps her name in full lets go of her seat: it would give that
    name back to everything else that she wrote there.
    """
    for seat in Seat.objects.filter(user=user, left_at=None):
        try:
            seats.leave(seat=seat)
        except Refused as refusal:  # someone left at the same moment
            raise erasure.ErasureRefusedError([str(refusal)]) from refusal
    for rows in (Validation, Decision, Signature):
        rows._default_manager.filter(seat__user=user).update(seat=None)
    SignedNote.objects.filter(put_by__user=user).update(put_by=None)
    return []
