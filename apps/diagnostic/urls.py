from django.urls import path

from apps.diagnostic import result_views
from apps.diagnostic.views import campaign, closing, copies, express, finances, intro, joining, respondents

app_name = "diagnostic"
urlpatterns = [
    path("", intro.intro, name="intro"),
    path("express/", express.express, name="express"),
    path("express/garder/", express.keep, name="express_keep"),
    path("nouvelle/", campaign.open_new, name="open"),
    path("rejoindre/", joining.join, name="join"),
    path("rejoindre/<str:code>/", joining.join_code, name="join_code"),
    path("reprendre/<str:token>/", joining.resume, name="resume"),
    path("reponses/<uuid:pk>/", copies.copy, name="copy"),
    path("reponses/<uuid:pk>/terminer/", copies.finish, name="finish"),
    path("reponses/<uuid:pk>/merci/", copies.thanks, name="thanks"),
    path("reponses/<uuid:pk>/fermer/", copies.leave, name="leave"),
    path("reponses/<uuid:pk>/<str:code>/", copies.question, name="question"),
    path("<uuid:pk>/", campaign.detail, name="campaign"),
    path("<uuid:pk>/contexte/", campaign.context, name="context"),
    path("<uuid:pk>/inviter/", respondents.invite, name="invite"),
    path("<uuid:pk>/personnes/<uuid:respondent>/renvoyer/", respondents.resend, name="respondent_resend"),
    path("<uuid:pk>/personnes/<uuid:respondent>/retirer/", respondents.remove, name="respondent_remove"),
    path("<uuid:pk>/finances/", finances.finances, name="finances"),
    path("<uuid:pk>/finances/<int:year>/", finances.finance_year, name="finance_year"),
    path("<uuid:pk>/finances/<int:year>/supprimer/", finances.delete_year, name="finance_delete"),
    path("<uuid:pk>/clore/", closing.close, name="close"),
    path("<uuid:pk>/resultat/", result_views.result, name="result"),
    path("<uuid:pk>/rapport/", result_views.report, name="report"),
]
