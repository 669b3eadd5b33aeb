"""The method: /agir/methode/… for everybody, /agir/demarches/… for teams, /atelier/ for the people around a table."""

from apps.methodology.bench.urls import urlpatterns as bench
from apps.methodology.board.urls import urlpatterns as board
from apps.methodology.choosing.urls import urlpatterns as choosing
from apps.methodology.dossier.urls import urlpatterns as dossier
from apps.methodology.levers.urls import urlpatterns as levers
from apps.methodology.papers.urls import urlpatterns as papers
from apps.methodology.public.urls import urlpatterns as public
from apps.methodology.roadmap.urls import urlpatterns as roadmap
from apps.methodology.simulation.urls import urlpatterns as simulation
from apps.methodology.talk.urls import urlpatterns as talk
from apps.methodology.target.urls import urlpatterns as target
from apps.methodology.team.urls import urlpatterns as team
from apps.methodology.workshops.urls import urlpatterns as workshops

app_name = "method"
urlpatterns = [
    *public,
    *board,
    *team,
    *talk,
    *bench,
    *workshops,
    *target,
    *simulation,
    *choosing,
    *roadmap,
    *levers,
    *dossier,
    *papers,
]
