import os

from django.core.wsgi import get_wsgi_application

from apps.core.request_body import read_to_the_end

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trajectoires.settings.local")

application = read_to_the_end(get_wsgi_application())
