"""The staff desk: the work that waits, figures, what may be begun, and the places of every room in one order."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from union_portal.base.portal import CONTRIBUTIONS, Contribution, DeskFigure, DeskItem, Place, contribute
from union_portal.home.beginning.portal import steps_left
from union_portal.home.branch_desk.portal import workbench
from union_portal.home.desk.portal.places import address, groups, may_open, open_place
from union_portal.home.files.portal import untaken_files
from union_portal.home.imports.portal import waiting_uploads
from union_portal.home.statements.portal import links_of_person, own_papers

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


SUMMARY_CARDS = 6


def sidebar(request: Any) -> dict[str, Any]:
    """Return the sidebar: the groups in which the account works, the others folded away, and what it may begin."""
    found = groups(request)
    others = [group for group in found if not group.own]
    return {
        "own": [group for group in found if group.own],
        "others": others,
        "place": open_place(request),
        "opened": any(place.active for group in others for place in group.places),
        "creates": creates(request.user),
    }


def tabs(request: Any) -> list[dict[str, Any]]:
    """Return the pages of the place that is open as the theme's tabs; none on a row's page or below a list."""
    place = open_place(request)
    found = [tab for tab in place.tabs if tab.path == request.path] if place is not None else []
    if place is None or not found or len(place.tabs) == 1:
        return []
    here = max(found, key=lambda tab: _asked_of(request, tab.asked))
    items = [
        {"title": tab.title, "link": tab.link, "has_permission": True, "active": tab is here} for tab in place.tabs
    ]
    return [{"page": "place", "items": items}]


def _asked_of(request: Any, asked: str) -> int:
    """Return how much of the tab's question the page was asked; a tab that asks something else does not fit."""
    told = [part.partition("=") for part in asked.split("&") if part]
    return len(told) if all(request.GET.get(key) == value for key, _is, value in told) else -1


def creates(user: "User") -> list[dict[str, str]]:
    """Return what the account may begin: label and address."""
    offered = (place for part in CONTRIBUTIONS for place in part.creates if may_open(user, place))
    return [
        {"title": place.label, "link": path, "icon": place.icon} for place in offered if (path := address(place.name))
    ]


def account_places(request: Any) -> list[dict[str, Any]]:  # noqa: ARG001
    """Return the links of the account menu."""
    return [
        {"title": "我的会员页", "link": reverse("home:start")},
        {"title": "修改密码", "link": reverse("account_change_password")},
        {"title": "二次验证", "link": reverse("mfa_index")},
    ]


def desk_items(user: "User") -> list[DeskItem]:
    """Return what waits for the account, the urgent and the earliest first."""
    found = [item for part in CONTRIBUTIONS if part.desk_items for item in part.desk_items(user)]
    return sorted(found, key=lambda item: (not item.urgent, item.due_on or dt.date.max, str(item.title)))


def drafts(user: "User") -> list[DeskItem]:
    """Return the account's own work that is not handed in or came back, the earliest first."""
    found = [item for part in CONTRIBUTIONS if part.drafts for item in part.drafts(user)]
    return sorted(found, key=lambda item: (not item.urgent, item.due_on or dt.date.max, str(item.title)))


def desk_figures(user: "User", year: int) -> list[DeskFigure]:
    """Return the year's figure cards, at most six."""
    found = [card for part in CONTRIBUTIONS if part.desk_figures for card in part.desk_figures(user, year)]
    return found[:SUMMARY_CARDS]


def lay_desk(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the desk what is due, the year in figures and the work by group."""
    year = timezone.localdate().year
    work = [group for group in groups(request) if group.key != "today"]
    return context | {
        "title": "待办",
        "today": timezone.localdate(),
        "year": year,
        "beginning": steps_left(request.user),
        "workbench": workbench(request.user),
        "items": desk_items(request.user),
        "figures": desk_figures(request.user, year),
        "work": [group for group in work if group.own],
        "others": [group for group in work if not group.own],
    }


contribute(
    Contribution(
        desk_items=lambda user: (*waiting_uploads(user), *untaken_files(user)),
        member_papers=own_papers,
        person_links=links_of_person,
        places=(
            Place(job="today", label="我的文件", name="home:files", icon="folder"),
            Place(
                job="members",
                label="导入名单",
                name="home:import_upload",
                permission="members.import_register",
                icon="upload_file",
                beside="imports",
                leads=True,
            ),
        ),
    )
)
