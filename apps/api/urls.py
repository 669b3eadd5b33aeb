from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from apps.api import views

app_name = "api"
router = SimpleRouter()
router.register("goals", views.Goals, basename="goal")
router.register("fragilities", views.Fragilities, basename="fragility")
campaigns = SimpleRouter(use_regex_path=False)
campaigns.register("campaigns", views.Campaigns, basename="campaign")

urlpatterns = [
    path("", include(router.urls)),
    path("", include(campaigns.urls)),
    path("organisations/", views.Organisations.as_view(), name="organisation-list"),
    path("campaigns/<uuid:pk>/result/", views.CampaignResult.as_view(), name="campaign-result"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", views.Docs.as_view(), name="docs"),
]
