"""Releases for everybody, programmes for funders, consents for associations, and what operators build and publish."""

from apps.dashboards.consents.urls import urlpatterns as consents
from apps.dashboards.operation.urls import urlpatterns as operation
from apps.dashboards.programmes.urls import urlpatterns as programmes
from apps.dashboards.releases.urls import urlpatterns as releases
from apps.dashboards.situate.urls import urlpatterns as situate

app_name = "dashboards"
urlpatterns = [*releases, *programmes, *consents, *operation, *situate]
