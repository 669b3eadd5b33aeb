from django.http import HttpRequest, HttpResponse


def library(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError
