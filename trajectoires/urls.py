"""Every address of the platform, app by app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("apps.pages.urls")),
    path("catalogue/", include("apps.catalogue.urls")),
    # In place of allauth's: ours closes one device at a time.
    path("compte/", include("apps.accounts.device_urls")),
    path("compte/", include("allauth.urls")),
    path("", include("apps.accounts.urls")),
    path("", include("apps.audit.urls")),
    path("", include("apps.privacy.urls")),
    path("", include("apps.support.urls")),
    path("", include("apps.agenda.urls")),
    path("", include("apps.course.urls")),
    path("", include("apps.methodology.urls")),
    path("", include("apps.dashboards.urls")),
    path("", include("apps.operations.urls")),
    path("agir/comptes/", include("apps.ledger.urls")),
    path("bibliotheque/", include("apps.webinars.urls")),
    path("curation/", include("apps.webinars.curation.urls")),
    path("diagnostic/", include("apps.diagnostic.urls")),
    path("documents/", include("apps.documents.urls")),
    path("api/v1/", include("apps.api.urls")),
    path("gestion/", admin.site.urls),
]
if settings.DEV_PAGES:
    urlpatterns += [path("", include("apps.pages.dev_urls"))]

handler400 = "apps.pages.errors.bad_request"
handler403 = "apps.pages.errors.forbidden"
handler404 = "apps.pages.errors.not_found"
handler500 = "apps.pages.errors.server_error"
# Read by allauth when a rate limit is reached; Django itself knows no 429.
handler429 = "apps.pages.errors.too_many_requests"
