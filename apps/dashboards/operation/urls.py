"""See ``apps.dashboards.urls``."""

from django.urls import path

from apps.dashboards.operation import acts, views

HERE = "exploitation/publications/"
ONE = f"{HERE}<uuid:pk>/"
urlpatterns = [
    path(HERE, views.operation, name="operation"),
    path(f"{HERE}construire/", acts.build, name="release_build"),
    path(ONE, views.release, name="operation_release"),
    path(f"{ONE}etat/", views.status, name="release_status"),
    path(f"{ONE}publier/", acts.publish, name="release_publish"),
    path(f"{ONE}ecarter/", acts.set_aside, name="release_set_aside"),
    path(f"{ONE}relancer/", acts.retry, name="release_retry"),
    path(f"{ONE}controler/", acts.audit, name="release_audit"),
    path(f"{ONE}comparer/<slug:table>/", views.compare, name="compare"),
]
