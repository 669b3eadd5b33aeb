"""Who is in a démarche."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.methodology.team.views import acts, answers, pages

TEAM = "agir/demarches/<uuid:pk>/equipe/"
urlpatterns: list[URLPattern] = [
    path("agir/invitation/<str:token>/", answers.seat_invitation, name="seat_invitation"),
    path(TEAM, pages.team, name="team"),
    path(f"{TEAM}inviter/", pages.seat_invite, name="seat_invite"),
    path(f"{TEAM}ajouter/", pages.seat_add, name="seat_add"),
    path(f"{TEAM}invitations/<int:invitation>/", pages.invitation_act, name="seat_invitation_act"),
    path(f"{TEAM}quitter/", acts.seat_leave, name="seat_leave"),
    path(f"{TEAM}passer-la-main/", acts.hand_over, name="hand_over"),
    path(f"{TEAM}courriels/", acts.seat_mails, name="seat_mails"),
    path(f"{TEAM}<uuid:seat>/", acts.seat_act, name="seat_act"),
]
