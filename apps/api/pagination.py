from rest_framework.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    invalid_page_message = "Cette page de la liste n’existe pas."
    page_size_query_param = "page_size"
    max_page_size = 200
