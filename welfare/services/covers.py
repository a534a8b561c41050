"""Mutual-aid covers: enrolled from a list, the premium posted once per plan, term and payment day."""

import calendar
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from members.models import Person
from union_portal.base.errors import DomainError
from welfare.enums import PostingKind
from welfare.models import Cover, Fund, MutualAidPlan, Posting
from welfare.services.ledger import Approval, EntryLine, post
from welfare.services.lists import match_list
from welfare.services.paying import year_for


def term_end(*, plan: MutualAidPlan, starts_on: dt.date) -> dt.date:
    """Return the last day of a cover that begins on the day: the plan's months later, one day before."""
    month = starts_on.month - 1 + plan.months
    year, month = starts_on.year + month // 12, month % 12 + 1
    day = min(starts_on.day, calendar.monthrange(year, month)[1])
    return dt.date(year, month, day) - dt.timedelta(days=1)


@transaction.atomic
def enrol(
    *,
    plan: MutualAidPlan,
    lines: Iterable[tuple[str, str]],
    starts_on: dt.date,
    paid_on: dt.date,
    source: str,
    premium: Decimal | None = None,
    ends_on: dt.date | None = None,
    offline_approval: str = "",
) -> int:
    """Cover everybody on the list (staff number, name) for one term; returns how many. All or nothing.

    Premium (yuan per person) and end are the plan's unless given. Raises DomainError for lines that do not match the
    register, people the plan is not for, and people already covered from that day.
    """
    if not source.strip():
        raise DomainError(_("Say where the list comes from."), field="source")
    keys = match_list(list(lines))
    covered = Person.objects.filter(pk__in=keys).with_branch(on=starts_on)
    if plan.only_gender and (others := covered.exclude(gender=plan.only_gender).first()):
        raise DomainError(
            _("“%(plan)s” is not for %(person)s; take the line out of the list.") % {"plan": plan, "person": others},
            field="list",
        )
    already = Cover.objects.filter(plan=plan, starts_on=starts_on, person__in=keys).select_related("person").first()
    if already is not None:
        raise DomainError(
            _("%(person)s is already covered by “%(plan)s” from %(day)s.")
            % {"person": already.person, "plan": plan, "day": starts_on},
            field="list",
        )
    made = [
        Cover(
            plan=plan,
            person=person,
            branch_id=person.branch_id_on,
            starts_on=starts_on,
            ends_on=ends_on or term_end(plan=plan, starts_on=starts_on),
            paid_on=paid_on,
            premium=plan.premium if premium is None else premium,
            source=source,
            offline_approval=offline_approval,
        )
        for person in covered
    ]
    try:
        with transaction.atomic():
            Cover.objects.bulk_create(made)
    except IntegrityError as error:
        raise DomainError(_("Somebody else has just enrolled people of this list; reload the page.")) from error
    return len(made)


@transaction.atomic
def post_premium(
    *, plan: MutualAidPlan, starts_on: dt.date, paid_on: dt.date, fund: Fund, posted_on: dt.date, approval: Approval
) -> Posting:
    """Post the premium of everybody enrolled for the term and paid on the day, as one entry, once.

    Raises DomainError while the plan has no account or the covers no premium.
    """
    if plan.account is None:
        raise DomainError(_("“%(plan)s” has no ledger account (科目) yet; set it on the plan.") % {"plan": plan})
    covers = Cover.objects.filter(plan=plan, starts_on=starts_on, paid_on=paid_on)
    total = covers.aggregate(total=Sum("premium"))["total"]
    if not total:
        raise DomainError(_("These covers have no premium to post."))
    year_for(fund.book, posted_on)
    return post(
        book=fund.book,
        posted_on=posted_on,
        kind=PostingKind.COVER,
        summary=_("%(plan)s, premium from %(day)s") % {"plan": plan, "day": starts_on.isoformat()},
        entries=[EntryLine(account=plan.account, fund=fund, amount=total, occurred_on=paid_on)],
        approval=approval,
        source_key=f"cover:{plan.pk}:{starts_on.isoformat()}:{paid_on.isoformat()}",
    )
