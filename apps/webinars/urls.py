"""The library: /bibliotheque/…; the curation space has its own addresses."""

from django.urls import path
from django.views.decorators.http import require_safe

from apps.webinars import views
from apps.webinars.curation import reading
from apps.webinars.feeds import NewCases

app_name = "webinars"
urlpatterns = [
    path("", views.library, name="library"),
    path("nouveautes.atom", require_safe(NewCases()), name="feed"),
    path("apercu/<str:token>/", reading.shared_preview, name="preview"),
    path("personnes/", views.people, name="people"),
    path("personnes/<slug:slug>/", views.person, name="person"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("<slug:slug>/", views.case, name="case"),
]
