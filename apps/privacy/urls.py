from django.urls import path

from apps.privacy import views

app_name = "privacy"
urlpatterns = [
    path("confidentialite/registre/", views.register, name="register"),
    path("espace/compte/donnees/", views.data, name="data"),
    path("espace/compte/donnees/copie/", views.copy, name="copy"),
    path("espace/compte/effacer/", views.erase, name="erase"),
    path("effacement/<str:token>/", views.receipt, name="receipt"),
]
