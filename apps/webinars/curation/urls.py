"""/curation/…: for curators, and for authors what is theirs."""

from django.urls import include, path

app_name = "curation"
urlpatterns = [
    path("", include("apps.webinars.curation.case_urls")),
    path("", include("apps.webinars.curation.register_urls")),
]
