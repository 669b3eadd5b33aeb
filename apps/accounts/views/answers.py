from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from apps.accounts.forms.members import AnswerForm
from apps.accounts.models import Invitation, User
from apps.accounts.requests import Request
from apps.accounts.services.invitations import InvitationRefusedError, accept_invitation, decline_invitation
from apps.core.typography import de


def answer_invitation(request: Request, by: User, invitation: Invitation, form: AnswerForm) -> HttpResponse:
    """Accept or decline, then the space; anything else posted changes nothing."""
    answer = form.cleaned_data["answer"] if form.is_valid() else ""
    name = invitation.organisation.name
    try:
        if answer == "accept":
            accept_invitation(invitation=invitation, by=by)
            messages.success(
                request, f"Bienvenue : vous êtes maintenant membre {de(invitation.organisation.name)}."
            )
        elif answer == "decline":
            decline_invitation(invitation=invitation, by=by)
            messages.success(request, f"C’est noté : vous ne rejoignez pas {name}.")
        else:
            messages.error(request, "Aucune réponse n’a été reçue. Choisissez « Rejoindre » ou « Décliner ».")
    except InvitationRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:home")
