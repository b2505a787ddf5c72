import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings.prod")

application = get_wsgi_application()

from coaching.accounts.checks import refuse_to_start  # noqa: E402  once the applications are loaded

refuse_to_start()
