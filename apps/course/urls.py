"""The course: /se-former/… for everybody and learners, /vote/ for phones, /attestations/, /curation/parcours/."""

from apps.course.attestations.urls import urlpatterns as attestations
from apps.course.curation.urls import urlpatterns as curation
from apps.course.debates.urls import urlpatterns as debates
from apps.course.groups.urls import urlpatterns as groups
from apps.course.screens.urls import urlpatterns as screens

app_name = "course"
urlpatterns = [*screens, *debates, *groups, *attestations, *curation]

# TEMPORARY until the other rooms have their addresses (removed before landing).
from django.http import HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

_have = {p.name for p in urlpatterns}
for _n, _r in {
    "attest": "se-former/attestation/",
    "debates": "se-former/debats/",
    "debate_open": "se-former/debats/nouveau/",
    "groups": "se-former/groupes/",
    "sheet_file": "se-former/etapes/<slug:slug>/fiche.pdf",
}.items():
    if _n not in _have:
        urlpatterns.append(path(_r, lambda request, **k: HttpResponse("bientôt"), name=_n))
