"""Tables of the course, one module a concern."""

from apps.course.models.attestations import Attestation
from apps.course.models.debates import Ballot, Debate, View
from apps.course.models.groups import Digest, Group, GroupMember
from apps.course.models.learning import ExerciseAnswer, Learner, Progress, QuizTry, Statement
from apps.course.models.pages import Page, PageRevision

__all__ = [
    "Attestation",
    "Ballot",
    "Debate",
    "Digest",
    "ExerciseAnswer",
    "Group",
    "GroupMember",
    "Learner",
    "Page",
    "PageRevision",
    "Progress",
    "QuizTry",
    "Statement",
    "View",
]
