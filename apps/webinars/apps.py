from django.apps import AppConfig


class WebinarsConfig(AppConfig):
    name = "apps.webinars"
    verbose_name = "Bibliothèque"
