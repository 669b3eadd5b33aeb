"""The course: /se-former/… for everybody and learners, /vote/ for phones, /attestations/, /curation/parcours/."""

from apps.course.attestations.urls import urlpatterns as attestations
from apps.course.curation.urls import urlpatterns as curation
from apps.course.debates.urls import urlpatterns as debates
from apps.course.groups.urls import urlpatterns as groups
from apps.course.practical.urls import urlpatterns as practical
from apps.course.screens.urls import urlpatterns as screens

app_name = "course"
urlpatterns = [*screens, *debates, *groups, *attestations, *practical, *curation]
