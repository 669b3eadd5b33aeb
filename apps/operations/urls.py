from django.urls import path

from apps.operations import views

app_name = "operations"
urlpatterns = [
    path("exploitation/", views.home, name="home"),
    path("exploitation/documents/<uuid:pk>/relancer/", views.document_retry, name="document_retry"),
    path("exploitation/courriels/<int:pk>/relancer/", views.mail_retry, name="mail_retry"),
    path("metrics", views.metrics, name="metrics"),
]
