"""The demo's settings: the production ones and the app that fills a portal with an invented college."""

from union_portal.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "union_portal.demo"]  # noqa: F405
