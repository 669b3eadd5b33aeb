from django.urls import path

from apps.webinars.curation import cases, desk, editing, reading

urlpatterns = [
    path("", desk.home, name="home"),
    path("couverture/", desk.coverage, name="coverage"),
    path("fiches/", desk.cases, name="cases"),
    path("fiches/nouvelle/", editing.case_create, name="case_create"),
    path("fiches/<slug:slug>/", cases.case, name="case"),
    path("fiches/<slug:slug>/modifier/", editing.case_edit, name="case_edit"),
    path("fiches/<slug:slug>/apercu/", reading.case_preview, name="case_preview"),
    path("fiches/<slug:slug>/comparer/", reading.compare, name="compare"),
    path("fiches/<slug:slug>/proposer/", cases.propose, name="propose"),
    path("fiches/<slug:slug>/rendre/", cases.send_back, name="send_back"),
    path("fiches/<slug:slug>/publier/", cases.publish, name="publish"),
    path("fiches/<slug:slug>/prevoir/", cases.schedule, name="schedule"),
    path("fiches/<slug:slug>/archiver/", cases.archive, name="archive"),
    path("fiches/<slug:slug>/rouvrir/", cases.reopen, name="reopen"),
    path("fiches/<slug:slug>/reprendre/<int:number>/", cases.restore, name="restore"),
    path("fiches/<slug:slug>/liens/", cases.link_create, name="link_create"),
    path("fiches/<slug:slug>/liens/<int:pk>/revoquer/", cases.link_revoke, name="link_revoke"),
]
