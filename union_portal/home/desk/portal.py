"""The staff desk: the work that waits, figures, and the places of every app in one order."""

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils import timezone

from union_portal.base.portal import CONTRIBUTIONS, Contribution, DeskFigure, DeskItem, Place, contribute
from union_portal.home.imports.portal import waiting_uploads
from union_portal.home.statements.portal import links_of_person, own_papers

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


# The jobs of the desk, in the sidebar's order: key, title, icon.
JOBS = (
    ("members", "会员", "groups"),
    ("welfare", "福利", "redeem"),
    ("ledger", "台账", "menu_book"),
    ("congress", "民主管理", "how_to_vote"),
    ("activities", "活动", "directions_run"),
    ("reports", "报告", "description"),
    ("settings", "设置", "settings"),
)
JOB_OF_APP = {"annual_report": "reports", "accounts": "settings", "home": "members"}
LEDGER = frozenset(
    {"book", "fund", "fundbalance", "ledgeraccount", "posting", "postingrequest", "ledgerentry", "openyear"}
    | {"fiscalyear", "budgetline"}
)
SUMMARY_CARDS = 6
# One picture per list, so that the sidebar can be read at a glance; without one the job's own.
ICONS = {
    "person": "person",
    "admission": "person_add",
    "membership": "card_membership",
    "branch": "account_tree",
    "term": "event_repeat",
    "office": "badge",
    "cohort": "diversity_1",
    "cohortkind": "label",
    "summaryrecord": "summarize",
    "absence": "person_search",
    "importrecord": "history",
    "wordmapping": "translate",
    "round": "inventory",
    "grant": "volunteer_activism",
    "benefit": "redeem",
    "benefitrule": "rule",
    "occasion": "celebration",
    "lifeevent": "favorite",
    "rulewarning": "warning",
    "mutualaidplan": "health_and_safety",
    "cover": "verified_user",
    "paperapproval": "approval",
    "posting": "receipt_long",
    "postingrequest": "rate_review",
    "ledgerentry": "format_list_numbered",
    "fundbalance": "savings",
    "fiscalyear": "event_available",
    "fund": "account_balance",
    "ledgeraccount": "list_alt",
    "book": "menu_book",
    "proposal": "edit_note",
    "proposaldrive": "campaign",
    "followup": "task_alt",
    "session": "event_seat",
    "delegate": "badge",
    "department": "corporate_fare",
    "suggestion": "lightbulb",
    "suggestiongroup": "workspaces",
    "suggestiondrive": "emoji_objects",
    "petition": "lock",
    "inspection": "travel_explore",
    "finding": "fact_check",
    "ballot": "how_to_vote",
    "election": "where_to_vote",
    "resolution": "gavel",
    "survey": "poll",
    "committee": "groups_2",
    "committeeseat": "badge",
    "meeting": "event_note",
    "revieweddocument": "task",
    "regulation": "gavel",
    "regulationversion": "history_edu",
    "proposalreport": "summarize",
    "award": "military_tech",
    "congress": "how_to_vote",
    "unitelection": "ballot",
    "proposalcategory": "sell",
    "annualreport": "description",
    "outline": "toc",
    "outlinechapter": "segment",
    "user": "manage_accounts",
    "accountrequest": "how_to_reg",
    "roleassignment": "assignment_ind",
    "delegation": "swap_horiz",
    "accessentry": "policy",
}


_ORDER = {name: place for place, name in enumerate(ICONS)}


def job_of(model: Any) -> str:
    """Tell which job a model's list belongs to."""
    if model._meta.model_name in LEDGER:  # noqa: SLF001
        return "ledger"
    label = model._meta.app_label  # noqa: SLF001
    return str(JOB_OF_APP.get(label, label))


def _rank(registered: tuple[Any, Any]) -> int:
    """Lists stand in the order of their pictures: what is used daily first."""
    return _ORDER.get(registered[0]._meta.model_name, len(_ORDER))  # noqa: SLF001


@cache
def _address(name: str, _urls: str, _prefix: str) -> str:
    """Return the address of a view without arguments, made once: seventy a page were a fifth of the empty frame."""
    return reverse(name)


def _urls() -> tuple[str, str]:
    """Return what addresses depend on besides the view."""
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


def places(request: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the lists and pages the account may open, by job; asked once a request, for the sidebar and the desk."""
    if not hasattr(request, "desk_places"):
        request.desk_places = _places(request)
    return {job: [{**place} for place in found] for job, found in request.desk_places.items()}


def _places(request: Any) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {key: [] for key, _title, _icon in JOBS}
    for model, model_admin in sorted(admin.site._registry.items(), key=_rank):  # noqa: SLF001
        if model_admin.has_module_permission(request):
            meta = model._meta  # noqa: SLF001
            address = _address(f"admin:{meta.app_label}_{meta.model_name}_changelist", *_urls())
            icon = {"icon": ICONS[meta.model_name]} if meta.model_name in ICONS else {}
            found.setdefault(job_of(model), []).append({"title": meta.verbose_name_plural, "link": address, **icon})
    for part in CONTRIBUTIONS:
        for place in part.places:
            if place.permission and not request.user.has_perm(place.permission):
                continue
            try:
                address = _address(place.name, *_urls())
            except NoReverseMatch:
                continue
            found.setdefault(place.job, []).append({"title": place.label, "link": address, "icon": place.icon})
    return found


def sidebar(request: Any) -> list[dict[str, Any]]:
    """Return the sidebar: the desk, then one group per job that has a place."""
    by_job = places(request)
    desk = {"title": "待办", "icon": "inbox", "link": reverse("admin:index")}
    groups: list[dict[str, Any]] = [{"items": [desk]}]
    for key, title, icon in JOBS:
        items = [{"icon": icon, **place} for place in by_job.get(key, [])]
        if items:
            groups.append({"title": title, "separator": True, "collapsible": key == "settings", "items": items})
    return groups


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


def desk_figures(user: "User", year: int) -> list[DeskFigure]:
    """Return the year's figure cards, at most six."""
    found = [card for part in CONTRIBUTIONS if part.desk_figures for card in part.desk_figures(user, year)]
    return found[:SUMMARY_CARDS]


def lay_desk(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the desk what is due, the year in figures and the jobs."""
    by_job = places(request)
    year = timezone.localdate().year
    jobs = [{"title": title, "icon": icon, "places": by_job[key]} for key, title, icon in JOBS if by_job[key]]
    return context | {
        "title": "待办",
        "today": timezone.localdate(),
        "year": year,
        "items": desk_items(request.user),
        "figures": desk_figures(request.user, year),
        "jobs": jobs,
    }


contribute(
    Contribution(
        desk_items=waiting_uploads,
        member_papers=own_papers,
        person_links=links_of_person,
        places=(
            Place(
                job="members",
                label="导入数据",
                name="home:import_upload",
                permission="members.import_register",
                icon="upload_file",
            ),
        ),
    )
)
