from django.urls import URLPattern, path

from apps.webinars.curation import register_files, register_links, register_removal, register_views
from apps.webinars.curation.register_kinds import ORGANISATIONS, PEOPLE, Register


def register(place: str, kind: Register) -> list[URLPattern]:
    told = {"register": kind}
    return [
        path(f"{place}/", register_views.rows, told, name=kind.plural),
        path(f"{place}/<slug:slug>/", register_views.row, told, name=kind.name),
        path(f"{place}/<slug:slug>/corriger/", register_views.edit, told, name=f"{kind.name}_edit"),
        path(f"{place}/<slug:slug>/fusionner/", register_views.merge, told, name=f"{kind.name}_merge"),
    ]


urlpatterns = [
    *register("personnes", PEOPLE),
    path("personnes/<slug:slug>/retrait/", register_removal.withdraw, name="person_withdraw"),
    *register("organisations", ORGANISATIONS),
    path("import/", register_files.imports, name="imports"),
    path("import/<uuid:pk>/", register_files.report, name="import"),
    path("import/<uuid:pk>/confirmer/", register_files.write, name="import_write"),
    path("import/<uuid:pk>/abandonner/", register_files.discard, name="import_discard"),
    path("export/<slug:kind>/", register_files.export, name="export"),
    path("liens/", register_links.links, name="links"),
    path("liens/verifier/", register_links.links_check, name="links_check"),
]
