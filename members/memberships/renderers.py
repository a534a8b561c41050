"""工会会员会籍接转介绍信: what somebody takes along to the next union, with the stub that stays and the receipt."""

from django.template.loader import render_to_string
from django.utils import timezone

from members.branches.services.tree import signatory, union_name
from members.memberships.enums import MembershipEnd
from members.memberships.models import Membership
from members.people.models import Person
from union_portal.base import profile
from union_portal.base.errors import Refused
from union_portal.base.paper import PaperResult, render
from union_portal.base.paper.blocks import day_in_words


def transfer_letter(person: Person) -> PaperResult:
    """Return the letter of the person's last transfer out: stub, letter and receipt on one sheet."""
    left = transferred(person)
    if left is None:
        raise Refused(f"{person.name}没有登记转出，请先办理转出会籍。")
    joined = person.memberships.order_by("valid_from").values_list("valid_from", flat=True).first()
    title = "工会会员会籍接转介绍信"
    html = render_to_string(
        "paper/transfer_letter.html",
        {
            "title": title,
            "union": union_name(),
            "signatory": signatory(),
            "number": profile.document_number("接", year=left.valid_to.year if left.valid_to else "", number=left.pk),
            "person": person,
            "born": f"{person.birth_date:%Y年%m月}" if person.birth_date else "",
            "joined": day_in_words(joined) if joined else "",
            "to": left.counterpart,
            "left_on": day_in_words(left.valid_to) if left.valid_to else "",
        },
    )
    return render(html, title=title, created=timezone.now(), stylesheet="application", archival=False)


def transferred(person: Person) -> Membership | None:
    """Return the last membership if it ended by a transfer to another union."""
    last: Membership | None = person.memberships.order_by("-valid_from").first()
    return last if last is not None and last.ended_by == MembershipEnd.TRANSFERRED_OUT else None
