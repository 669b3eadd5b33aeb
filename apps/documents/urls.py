from django.urls import path

from apps.documents import views

app_name = "documents"
urlpatterns = [
    path("<uuid:pk>/", views.status, name="status"),
    path("<uuid:pk>/telecharger/", views.download, name="download"),
    path("<uuid:pk>/reessayer/", views.retry, name="retry"),
]
