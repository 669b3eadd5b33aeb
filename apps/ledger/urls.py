from django.urls import path

from apps.ledger.views import imports, pages, typing, years

app_name = "ledger"
urlpatterns = [
    path("", pages.home, name="home"),
    path("<uuid:organisation>/", pages.years, name="years"),
    path("<uuid:organisation>/ou-trouver/", pages.where, name="where"),
    path("<uuid:organisation>/portrait/", pages.picture, name="picture"),
    path("<uuid:organisation>/fec/", imports.upload, name="upload"),
    path("<uuid:organisation>/imports/<uuid:pk>/", imports.show, name="import"),
    path("<uuid:organisation>/imports/<uuid:pk>/etat/", imports.status, name="import_status"),
    path("<uuid:organisation>/imports/<uuid:pk>/natures/", imports.correct, name="correct"),
    path("<uuid:organisation>/imports/<uuid:pk>/garder/", imports.accept, name="accept"),
    path("<uuid:organisation>/imports/<uuid:pk>/ecarter/", imports.refuse, name="refuse"),
    path("<uuid:organisation>/coller/", typing.paste, name="paste"),
    path("<uuid:organisation>/saisir/<int:year>/", typing.typed, name="typed"),
    path("<uuid:organisation>/exercices/<uuid:pk>/", years.show, name="year"),
    path("<uuid:organisation>/exercices/<uuid:pk>/completer/", years.complete, name="complete"),
    path("<uuid:organisation>/exercices/<uuid:pk>/retirer/", years.remove, name="remove"),
    path("<uuid:organisation>/exercices/<uuid:pk>/comparer/<uuid:other>/", years.compare, name="compare"),
]
