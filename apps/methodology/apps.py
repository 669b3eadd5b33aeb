from django.apps import AppConfig


class MethodologyConfig(AppConfig):
    name = "apps.methodology"
    label = "methodology"
    verbose_name = "Démarches"

    def ready(self) -> None:
        from apps.methodology import documents

        documents.register()
