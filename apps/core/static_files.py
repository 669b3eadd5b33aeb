"""What ``collectstatic`` leaves aside: files of other packages that no page of ours asks for."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class TrajectoiresStaticFilesConfig(StaticFilesConfig):
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "rest_framework/*"]
