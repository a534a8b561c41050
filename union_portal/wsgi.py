"""The WSGI entry point for the application server."""

import os
import sys

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from union_portal.cluster import ClusterError, ensure_running

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "union_portal.settings")
if settings.PORTAL_EMBEDDED_CLUSTER:
    try:
        ensure_running(settings.PORTAL_DATA_DIR)
    except ClusterError as error:
        sys.exit(f"The portal cannot serve: {error}")
django.setup()

from union_portal.base.readiness import trouble  # noqa: E402  # needs the apps

found = trouble()
if found:
    sys.exit(f"The portal cannot serve: {found}")
application = get_wsgi_application()
