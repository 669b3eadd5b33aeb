from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts import selectors
from apps.accounts.drafts import action_login_required, draft_of, forget_draft, login_required_keeping_draft
from apps.accounts.forms.members import ProfileForm, TokenForm
from apps.accounts.requests import SignedInRequest
from apps.accounts.services.people import rename
from apps.accounts.services.tokens import PER_PERSON, TooManyTokensError, create_token, delete_token


@login_required_keeping_draft
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    form = (
        ProfileForm(request.POST) if request.method == "POST" else ProfileForm(initial=_first_values(request))
    )
    if form.is_bound and form.is_valid():
        rename(user=request.user, full_name=form.cleaned_data["full_name"])
        forget_draft(request)
        messages.success(request, "Votre nom est enregistré.")
        return redirect("accounts:profile")
    context = {
        "form": form,
        "memberships": list(selectors.memberships_of(request.user)),
        "factors": selectors.second_factors_of(request.user),
        "token_count": selectors.tokens_of(request.user).count(),
    }
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


def _first_values(request: SignedInRequest) -> dict[str, str]:
    draft = draft_of(request)
    return {"full_name": draft.get("full_name", "") if draft else request.user.full_name}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedInRequest) -> HttpResponse:
    """The secret is shown once, in the answer to the form: it is kept nowhere."""
    form = TokenForm(request.POST or None)
    secret, label = "", ""
    if form.is_valid():
        label = form.cleaned_data["label"]
        try:
            _, secret = create_token(user=request.user, label=label, days=form.cleaned_data["days"])
            form = TokenForm()
        except TooManyTokensError:
            form.add_error(
                None, f"Vous avez déjà {PER_PERSON} jetons. Supprimez-en un que vous n’utilisez plus."
            )
    context = {
        "form": form,
        "secret": secret,
        "label": label,
        "tokens": list(selectors.tokens_of(request.user)),
    }
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@action_login_required("accounts:tokens")
@require_POST
def token_delete(request: SignedInRequest, pk: str) -> HttpResponse:
    token = get_object_or_404(selectors.tokens_of(request.user), token_key=pk)
    delete_token(token=token)
    messages.success(request, f"Le jeton « {token.label} » est supprimé : il n’ouvre plus rien.")
    return redirect("accounts:tokens")
