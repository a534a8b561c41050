"""The staff desk's theme: union red, the portal's name, the sidebar and the desk that `union_portal.home` lays out."""

from typing import Any

from django.templatetags.static import static

SHEETS = ("portal/tokens.css", "portal/components.css", "portal/forms.css", "portal/pages.css", "portal/desk.css")
SCRIPTS = ("portal/admin.js",)


def sheet(path: str) -> Any:
    """Name a static file as the theme takes it; settings add the apps' own sheets so that no admin has to."""
    return lambda _request: static(path)


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "union_portal.base.profile.title",
    "SITE_HEADER": "union_portal.base.profile.title",
    "SITE_ICON": "union_portal.base.profile.emblem",
    "SITE_SYMBOL": "diversity_3",
    "SITE_URL": "/",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": sheet("portal/icon.svg")}],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "8px",
    "STYLES": [sheet(path) for path in SHEETS],
    "SCRIPTS": [sheet(path) for path in SCRIPTS],
    "DASHBOARD_CALLBACK": "union_portal.home.desk.portal.lay_desk",
    "COLORS": {
        "base": {
            "50": "#f7f7f5",
            "100": "#f1f1ef",
            "200": "#e5e7eb",
            "300": "#d0d4da",
            "400": "#9aa3ae",
            "500": "#5b6470",
            "600": "#4a525c",
            "700": "#363b42",
            "800": "#24282d",
            "900": "#16181b",
            "950": "#0f1113",
        },
        "primary": {
            "50": "#fdf3f2",
            "100": "#fbe4e2",
            "200": "#f7cdc9",
            "300": "#f0a9a3",
            "400": "#e57a72",
            "500": "#d24a40",
            "600": "#b3261e",
            "700": "#961f18",
            "800": "#7c1c17",
            "900": "#681c18",
            "950": "#380a08",
        },
    },
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": "union_portal.home.desk.portal.sidebar",
    },
    "COMMAND": {"search_callback": "union_portal.home.desk.portal.finding.search"},
    "TABS": "union_portal.home.desk.portal.tabs",
    "ACCOUNT": {"navigation": "union_portal.home.desk.portal.account_places"},
}
