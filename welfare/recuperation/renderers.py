"""疗休养入选名单: everybody who applied for a batch in the order in which they were chosen, each with the grounds."""

from collections.abc import Callable

from django.template.loader import render_to_string
from django.utils import timezone

from members.branches.models import Branch
from members.branches.services.tree import union_name
from union_portal.base.money import grouped
from union_portal.base.paper import PaperResult, render
from welfare.recuperation.enums import ApplicationState
from welfare.recuperation.models import RecuperationBatch
from welfare.recuperation.services.batches import places_of

TITLE = "疗休养入选名单"
_JUDGED = (ApplicationState.CHOSEN, ApplicationState.PASSED_OVER, ApplicationState.GONE)


def selection(batch: RecuperationBatch, *, progress: Callable[[float, str], None] | None = None) -> PaperResult:
    """Return the batch's list as PDF: order, person, grounds, outcome, and what union and person bear."""
    judged = batch.applications.filter(state__in=_JUDGED).select_related("person", "branch").order_by("rank", "pk")
    places = places_of(batch)
    names = dict(
        Branch.objects.filter(pk__in=[key for key, count in places.items() if count]).values_list("pk", "name")
    )
    criteria = "；".join(map(str, batch.rule.criteria.select_related("cohort")))
    html = render_to_string(
        "welfare/recuperation/paper/selection.html",
        {
            "title": TITLE,
            "issuer": union_name(),
            "facts": [
                {"label": "批次", "value": batch.name},
                {"label": "地点", "value": batch.destination or "—"},
                {"label": "日期", "value": f"{batch.starts_on} 至 {batch.ends_on}"},
                {"label": "名额", "value": f"{batch.places} 名"},
                {"label": "每人费用", "value": f"{grouped(batch.price)} 元"},
                {"label": "标准", "value": f"{batch.rule}（{batch.rule.source}）"},
            ],
            "criteria": criteria or "按报名先后",
            "rows": [
                {
                    "rank": one.rank or "—",
                    "name": one.person.name,
                    "branch": one.branch or "—",
                    "grounds": one.grounds or "—",
                    "outcome": "未入选" if one.state == ApplicationState.PASSED_OVER else "入选",
                    "union": "—" if one.union_share is None else grouped(one.union_share),
                    "own": "—" if one.own_share is None else grouped(one.own_share),
                }
                for one in judged
            ],
            "places": [(names[key], places[key]) for key in names],
            "notice": "先按次序用完各分工会的名额，余下的名额再按同一次序递补；金额单位为元。",
        },
    )
    return render(
        html,
        title=f"{TITLE} {batch}",
        created=timezone.now(),
        stylesheet="statement",
        archival=False,
        progress=progress,
    )
