from django.urls import include, path
from rest_framework.routers import SimpleRouter

from apps.api.views import (
    catalogue,
    course,
    engagements,
    method_steps,
    personal,
    reference,
    releases,
    webinars,
)

app_name = "api"
router = SimpleRouter()
router.register("goals", catalogue.Goals, basename="goal")
router.register("fragilities", catalogue.Fragilities, basename="fragility")
router.register("webinars", webinars.Webinars, basename="webinar")
router.register("persons", webinars.Persons, basename="person")
router.register("organisations-cited", webinars.CitedOrganisations, basename="cited-organisation")
router.register("course/steps", course.Steps, basename="course-step")
router.register("method/steps", method_steps.Steps, basename="method-step")
campaigns = SimpleRouter(use_regex_path=False)
campaigns.register("campaigns", personal.Campaigns, basename="campaign")
campaigns.register("engagements", engagements.Engagements, basename="engagement")
campaigns.register("releases", releases.Releases, basename="release")

urlpatterns = [
    path("", reference.Entrance.as_view(), name="entrance"),
    path("", include(router.urls)),
    path("", include(campaigns.urls)),
    path("webinars.json", webinars.WebinarsJson.as_view(), name="webinars-json"),
    path("webinars.csv", webinars.WebinarsCsv.as_view(), name="webinars-csv"),
    path("speakers.csv", webinars.SpeakersCsv.as_view(), name="speakers-csv"),
    path("course/module/", course.Module.as_view(), name="course-module"),
    path("organisations/", personal.Organisations.as_view(), name="organisation-list"),
    path("campaigns/<uuid:pk>/result/", personal.CampaignResult.as_view(), name="campaign-result"),
    path("schema/", reference.Schema.as_view(), name="schema"),
    path("docs/", reference.docs, name="docs"),
]
