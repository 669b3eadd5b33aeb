from apps.methodology.models.crossed import CrossedDiagnostic
from apps.methodology.models.engagements import Engagement, Seat, SeatInvitation, StepState, Validation
from apps.methodology.models.fields import Change, Field, Item, Presence
from apps.methodology.models.method import MethodEdition, MethodStep
from apps.methodology.models.papers import Signature, SignedNote
from apps.methodology.models.reminders import Reminder
from apps.methodology.models.talk import Comment, Decision, Mention
from apps.methodology.models.votes import ScenarioVote, Stance
from apps.methodology.models.workshops import Card, Dot, Participant, Pile, Workshop

__all__ = [
    "Card",
    "Change",
    "Comment",
    "CrossedDiagnostic",
    "Decision",
    "Dot",
    "Engagement",
    "Field",
    "Item",
    "Mention",
    "MethodEdition",
    "MethodStep",
    "Participant",
    "Pile",
    "Presence",
    "Reminder",
    "ScenarioVote",
    "Seat",
    "SeatInvitation",
    "Signature",
    "SignedNote",
    "Stance",
    "StepState",
    "Validation",
    "Workshop",
]
