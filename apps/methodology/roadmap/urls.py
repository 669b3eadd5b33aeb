from __future__ import annotations

from django.urls import URLPattern, path

from apps.methodology.roadmap.views import feeds, papers, readings, reminders

PLACE = "agir/demarches/<uuid:pk>/"
urlpatterns: list[URLPattern] = [
    path(f"{PLACE}feuille-de-route/<int:years>/", papers.roadmap_print, name="roadmap_print"),
    path(f"{PLACE}feuille-de-route/<int:years>.pdf", papers.roadmap_file, name="roadmap_file"),
    path(f"{PLACE}pitch/", papers.pitch_page, name="pitch"),
    path(f"{PLACE}pitch.pdf", papers.pitch_file, name="pitch_file"),
    path(f"{PLACE}revues/<uuid:review_id>.pdf", papers.review_file, name="review_file"),
    path(f"{PLACE}releves/", readings.readings, name="readings"),
    path(f"{PLACE}indicateurs/", readings.from_actions, name="indicators_from_actions"),
    path(f"{PLACE}calendrier/", feeds.feed_make, name="feed_make"),
    path("agir/calendrier/<str:token>.ics", feeds.feed, name="feed"),
    path("agir/rappels/<str:token>/", reminders.stop, name="reminders_stop"),
]
