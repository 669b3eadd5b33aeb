from django.urls import path

from apps.audit import views

app_name = "audit"
urlpatterns = [path("espace/compte/journal/", views.journal, name="journal")]
