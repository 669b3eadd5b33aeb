from django.urls import path

from apps.accounts.views import invitations, members, organisations, profile, space

app_name = "accounts"
urlpatterns = [
    path("espace/", space.home, name="home"),
    path("espace/compte/", profile.profile, name="profile"),
    path("espace/jetons/", profile.tokens, name="tokens"),
    path("espace/jetons/<str:pk>/supprimer/", profile.token_delete, name="token_delete"),
    path("espace/invitations/<int:pk>/", space.invitation_answer, name="invitation_answer"),
    path("organisations/nouvelle/", organisations.organisation_create, name="organisation_create"),
    path("organisations/annuaire/", organisations.organisation_lookup, name="organisation_lookup"),
    path("organisations/<uuid:pk>/modifier/", organisations.organisation_edit, name="organisation_edit"),
    path("organisations/<uuid:pk>/choisir/", space.organisation_switch, name="organisation_switch"),
    path("organisations/<uuid:pk>/quitter/", members.organisation_leave, name="organisation_leave"),
    path("organisations/<uuid:pk>/membres/", members.members, name="members"),
    path("organisations/<uuid:pk>/membres/<int:member>/role/", members.member_role, name="member_role"),
    path(
        "organisations/<uuid:pk>/membres/<int:member>/retirer/", members.member_remove, name="member_remove"
    ),
    path("organisations/<uuid:pk>/invitations/", invitations.invitation_create, name="invitation_create"),
    path(
        "organisations/<uuid:pk>/invitations/<int:invitation>/renvoyer/",
        invitations.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "organisations/<uuid:pk>/invitations/<int:invitation>/annuler/",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
]
