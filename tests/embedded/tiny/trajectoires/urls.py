from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path


def readyz(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from runs")
        row = cursor.fetchone()
    return HttpResponse(f"runs={row[0]}")


urlpatterns = [path("readyz", readyz)]
