"""A funder’s programmes, and the doors by which associations join them."""

from __future__ import annotations

from django.urls import URLPattern, path

from apps.dashboards.programmes.views import inviting, joining, pages

ALL = "accompagner/programmes/"
ONE = f"{ALL}<uuid:pk>/"
urlpatterns: list[URLPattern] = [
    path(ALL, pages.programmes, name="programmes"),
    path(f"{ALL}ouvrir/", pages.open_one, name="programme_open"),
    path(ONE, pages.programme, name="programme"),
    path(f"{ONE}suivi.csv", pages.follow_up_file, name="programme_follow_up"),
    path(f"{ONE}modifier/", pages.edit, name="programme_edit"),
    path(f"{ONE}equipe/", pages.person_add, name="programme_person_add"),
    path(f"{ONE}equipe/<int:person>/retirer/", pages.person_remove, name="programme_person_remove"),
    path(f"{ONE}inviter/", inviting.invite, name="programme_invite"),
    path(f"{ONE}code/", inviting.code, name="programme_code"),
    path(f"{ONE}invitations/<int:invitation>/renvoyer/", inviting.resend, name="programme_invitation_resend"),
    path(f"{ONE}invitations/<int:invitation>/annuler/", inviting.revoke, name="programme_invitation_revoke"),
    path(f"{ONE}clore/", pages.close, name="programme_close"),
    path("programmes/rejoindre/", joining.join, name="programme_join"),
    path("programmes/rejoindre/<str:code>/", joining.join_code, name="programme_join_code"),
    path("programmes/invitation/<str:token>/", joining.invitation, name="programme_invitation"),
]
