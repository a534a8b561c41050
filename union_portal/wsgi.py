"""The WSGI entry point for the application server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from union_portal.base.cluster import ensure_running

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "union_portal.settings")
if settings.PORTAL_EMBEDDED_CLUSTER:
    ensure_running(settings.PORTAL_DATA_DIR)
application = get_wsgi_application()

from union_portal.base.keyring import verify_keys  # noqa: E402  # needs the apps

verify_keys()
