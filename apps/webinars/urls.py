"""The library: /bibliotheque/…; the curation space lives in ``curation_urls``."""

from django.urls import path

from apps.webinars import views

app_name = "webinars"
urlpatterns = [
    path("", views.library, name="library"),
]
