"""A cited person asks to leave: when, what will be done, confirmation, and what is left to read again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.drafts import draft_of, forget_draft
from apps.accounts.requests import SignedInRequest
from apps.core.typography import count
from apps.webinars.curation import register_presenters as presenters
from apps.webinars.curation import register_reads as reads
from apps.webinars.curation.register_forms import WithdrawForm, seen_again
from apps.webinars.curation.register_kinds import PEOPLE
from apps.webinars.curation.register_views import keeping
from apps.webinars.models import Person
from apps.webinars.services import people

DONE = "Le nom est retiré : il n’est plus dans la bibliothèque, ni dans la recherche, ni dans les versions gardées."
STALE = "La fiche a changé pendant votre saisie : relisez l’aperçu, puis confirmez de nouveau."


@never_cache
@keeping
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    try:
        person = reads.one(PEOPLE, slug)
    except Http404:
        return already_gone(request, slug)
    assert isinstance(person, Person)
    if person.merged_into or person.is_withdrawn:
        return redirect("curation:person", slug)
    if request.method != "POST":
        draft = draft_of(request)
        form = WithdrawForm(initial={**(draft.dict() if draft else {}), "seen": people.state_of(person)})
        return show(request, person, form)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            left = people.withdraw_person(
                person=person,
                asked_on=typed["asked_on"],
                reason=typed["reason"],
                by=request.user,
                seen=typed["seen"],
            )
        except people.StaleError:
            form.add_error(None, STALE)
            seen_again(form, reads.one(PEOPLE, slug))
        except people.RefusedError as error:
            form.add_error(None, str(error))
        else:
            forget_draft(request)
            tell(request, len(left))
            return redirect("curation:person", Person.objects.get(pk=person.pk).slug)
    return show(request, person, form, 422)


def tell(request: SignedInRequest, left: int) -> None:
    messages.success(request, DONE)
    if left:
        places = count(left, "texte peut encore la désigner", "textes peuvent encore la désigner")
        messages.warning(request, f"{places} : la liste est ci-dessous, à reprendre à la main.")


def already_gone(request: SignedInRequest, slug: str) -> HttpResponse:
    """The same form sent twice: her address is no longer hers."""
    gone = people.withdrawn_person(slug)
    if gone is None or request.method != "POST":
        raise Http404
    return redirect("curation:person", gone.slug)


def show(request: SignedInRequest, person: Person, form: WithdrawForm, status: int = 200) -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "removal": presenters.removal(person),
        "url": reverse("curation:person", args=[person.slug]),
        "edit_url": reverse("curation:person_edit", args=[person.slug]),
    }
    return render(request, "curation/registers/withdraw.html", context, status=status)
