from django.apps import AppConfig


class CourseConfig(AppConfig):
    name = "apps.course"
    label = "course"

    def ready(self) -> None:
        from apps.course import papers

        papers.register()
