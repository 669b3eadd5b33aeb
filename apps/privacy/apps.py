from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "apps.privacy"
    label = "privacy"

    def ready(self) -> None:
        from apps.documents.registry import Words, register
        from apps.privacy import export

        words = Words(
            name="la copie",
            yours="votre copie",
            e="e",
            says="Une page à lire, et un fichier pour un programme.",
            format="Archive",
            kept="Vos données sont intactes",
            back=("privacy:data",),
            back_label="Revenir à mes données",
        )
        register(export.KIND, export.build, words, taken=export.note_taken)
