from django.apps import AppConfig


class DiagnosticConfig(AppConfig):
    name = "apps.diagnostic"
    label = "diagnostic"

    def ready(self) -> None:
        from apps.diagnostic.report import KIND, build_report
        from apps.documents.registry import register

        register(KIND, build_report)
