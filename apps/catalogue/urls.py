from django.urls import path

from apps.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.index, name="index"),
    path("odd/<int:number>/", views.goal, name="goal"),
    path("fragilites/<slug:slug>/", views.fragility, name="fragility"),
]
