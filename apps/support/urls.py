from django.urls import path

from apps.support import views

app_name = "support"
urlpatterns = [
    path("espace/compte/aide/", views.grant, name="grant"),
    path("espace/compte/aide/retirer/", views.withdraw, name="withdraw"),
    path("exploitation/aide/", views.desk, name="desk"),
    path("exploitation/aide/<uuid:pk>/commencer/", views.start, name="start"),
    path("aide/terminer/", views.stop, name="stop"),
]
