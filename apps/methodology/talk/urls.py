"""What is said, decided and changed."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.methodology.talk.views import comments, decisions, history, mentions

PLACE = "agir/demarches/<uuid:pk>/"
urlpatterns: list[URLPattern] = [
    path("agir/mentions/", mentions.mentions, name="mentions"),
    path("agir/mentions/<int:mention>/vu/", mentions.mention_seen, name="mention_seen"),
    path(f"{PLACE}elements/<uuid:item>/commentaires/", comments.comments, name="comments"),
    path(f"{PLACE}etapes/<int:step>/commentaires/", comments.step_comments, name="step_comments"),
    path(f"{PLACE}commentaires/<int:comment>/", comments.comment_act, name="comment_act"),
    path(f"{PLACE}decisions/", decisions.decisions, name="decisions"),
    path(f"{PLACE}decisions/nouvelle/", decisions.decision_new, name="decision_new"),
    path(f"{PLACE}historique/", history.history, name="history"),
    path(f"{PLACE}historique/<int:number>/retour/", history.history_back, name="history_back"),
]
