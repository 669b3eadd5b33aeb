from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "apps.dashboards"
    label = "dashboards"
    verbose_name = "Publications et programmes"

    def ready(self) -> None:
        from apps.dashboards import documents

        documents.register()
