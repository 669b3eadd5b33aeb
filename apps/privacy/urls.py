from django.urls import path

from apps.privacy import closure_views, views

app_name = "privacy"
urlpatterns = [
    path("confidentialite/registre/", views.register, name="register"),
    path("confidentialite/registre.csv", views.register_csv, name="register_csv"),
    path("espace/compte/donnees/", views.data, name="data"),
    path("espace/compte/donnees/copie/", views.copy, name="copy"),
    path("espace/compte/effacer/", views.erase, name="erase"),
    path("organisations/<uuid:pk>/fermer/", closure_views.close, name="close"),
    path("organisations/<uuid:pk>/fermer/annuler/", closure_views.close_cancel, name="close_cancel"),
    path("effacement/<str:token>/", views.receipt, name="receipt"),
]
