"""Where a person is signed in: /compte/sessions/…"""

from django.urls import path

from apps.accounts.views import devices

app_name = "devices"
urlpatterns = [
    path("sessions/", devices.devices, name="list"),
    path("sessions/autres/fermer/", devices.end_others, name="end_others"),
    path("sessions/<int:pk>/fermer/", devices.end, name="end"),
]
