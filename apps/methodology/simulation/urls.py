from __future__ import annotations

from django.urls import URLPattern, path

from apps.methodology.simulation.views import pages, writes

HERE = "agir/demarches/<uuid:pk>/simulateur/"
urlpatterns: list[URLPattern] = [
    path(HERE, pages.simulations, name="simulations"),
    path(f"{HERE}reprendre/", writes.take_up, name="simulation_take_up"),
    path(f"{HERE}<uuid:item>/", pages.simulation, name="simulation"),
    path(f"{HERE}<uuid:item>/essai/", pages.attempt, name="simulation_try"),
    path(f"{HERE}<uuid:item>/garder/", writes.keep, name="simulation_keep"),
    path(f"{HERE}<uuid:item>/hypothese/", writes.add, name="hypothesis_add"),
]
