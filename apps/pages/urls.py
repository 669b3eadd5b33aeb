from django.urls import path, register_converter

from apps.pages import converters, health, sitemaps, views, well_known

register_converter(converters.DoorSlug, "door")

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("<door:slug>/", views.door, name="door"),
    path("comprendre/<slug:slug>/", views.understand_section, name="understand_section"),
    path("ressources/<slug:slug>/", views.resource, name="resource"),
    path("s-informer/21-mesures/", views.measures, name="measures"),
    path("bibliotheque/pour-vous/", views.for_you, name="for_you"),
    path("glossaire/", views.glossary, name="glossary"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("mentions-legales/", views.legal, name="legal"),
    path("confidentialite/", views.privacy, name="privacy"),
    path("plan-du-site/", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path(".well-known/change-password", well_known.change_password, name="change_password"),
    path("sitemap.xml", sitemaps.view, {"sitemaps": sitemaps.SITEMAPS}, name="sitemap_xml"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
