from django.apps import AppConfig


class DiagnosticConfig(AppConfig):
    name = "apps.diagnostic"
    label = "diagnostic"
