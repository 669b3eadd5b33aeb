"""The agenda: /s-informer/agenda/… for everybody, /curation/agenda/… for curators."""

from django.urls import path
from django.views.decorators.http import require_safe

from apps.agenda.feeds import AgendaFeed
from apps.agenda.views import curation, public

app_name = "agenda"
urlpatterns = [
    path("s-informer/agenda/", public.agenda, name="agenda"),
    path("s-informer/agenda.ics", public.feed, name="feed"),
    path("s-informer/agenda.atom", require_safe(AgendaFeed()), name="atom"),
    path("s-informer/agenda/<slug:slug>/", public.session, name="session"),
    path("s-informer/agenda/<slug:slug>/inscription/", public.registered, name="registered"),
    path("s-informer/agenda/<slug:slug>/seance.ics", public.session_file, name="session_file"),
    path("s-informer/inscription/<str:token>/", public.registration, name="registration"),
    path("curation/agenda/", curation.sessions, name="curation"),
    path("curation/agenda/nouvelle/", curation.create, name="create"),
    path("curation/agenda/<uuid:pk>/", curation.edit, name="edit"),
    path("curation/agenda/<uuid:pk>/annuler/", curation.cancel, name="cancel"),
    path("curation/agenda/<uuid:pk>/inscrits/", curation.registrations, name="registrations"),
    path("curation/agenda/<uuid:pk>/inscrits.csv", curation.registrations_file, name="registrations_file"),
]
