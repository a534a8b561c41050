"""A proposal's text: begun as a draft, changed by its author until it is submitted."""

from django.db import transaction
from django.utils import timezone

from congress.drives.models import ProposalCategory
from congress.proposals.enums import ProposalState, SecondingState
from congress.proposals.models import Proposal
from congress.proposals.services import seconding
from congress.proposals.services.authorship import Authorship, judge_author
from congress.proposals.services.guards import require_state
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.steps import hold, move, record, unchanged

EDITABLE = (ProposalState.DRAFT, ProposalState.SECONDING, ProposalState.RETURNED)
LOCKED = "该提案当前为“%(state)s”，文本已锁定。"
TEXT = ("title", "grounds", "measures")


def editable(proposal: Proposal) -> bool:
    """Tell whether the author may still change the text; while seconders are asked, changing it has a price."""
    return proposal.state in EDITABLE


def _judge_title(title: str) -> None:
    if not title.strip():
        raise DomainError("请填写案由，一事一案。", field="title")


@transaction.atomic
def draft(
    *,
    authorship: Authorship,
    title: str,
    grounds: str = "",
    measures: str = "",
    category: ProposalCategory | None = None,
    actor: User | None,
) -> Proposal:
    """Begin a proposal as a draft; the same words of the same author again (a second click) give the same draft."""
    _judge_title(title)
    # The author's row is the lock that lets a second click see the first one's draft.
    delegate = hold(authorship.delegate, "person")
    as_body = authorship.delegation is not None
    judge_author(
        drive=authorship.drive,
        congress=authorship.congress,
        proposer=None if as_body else delegate,
        delegation=authorship.delegation,
        as_body=as_body,
        on=timezone.localdate(),
    )
    fields = {
        "drive": authorship.drive,
        "congress": authorship.congress,
        "proposer": None if as_body else delegate,
        "as_body": as_body,
        "title": title.strip(),
        "grounds": grounds.strip(),
        "measures": measures.strip(),
        "state": ProposalState.DRAFT,
        "delegation": authorship.delegation or delegate.delegation,
    }
    found: Proposal | None = Proposal.objects.filter(**fields).first()
    return found or record(Proposal(**fields, category=category, entered_by=actor), actor=actor)


@transaction.atomic
def edit(
    *,
    proposal: Proposal,
    title: str,
    grounds: str,
    measures: str,
    category: ProposalCategory | None,
    version: int | None,
    actor: User | None,
) -> int:
    """Change text or category before it is submitted, or after a return; returns how many signatures lapsed.

    Signatures under another text are worth nothing: they lapse, and the same delegates are asked again at once.
    Raises Conflict when the form was filled in from another version, or when the text is locked, naming who moved it.
    """
    held = hold(proposal, "drive", "congress", "proposer__person", "delegation")
    require_state(held, states=EDITABLE)
    unchanged(held, version=version)
    _judge_title(title)
    changed = rewrite(held, title=title, grounds=grounds, measures=measures)
    looking = held.state == ProposalState.SECONDING
    if looking and not all(getattr(held, name) for name in TEXT):
        raise DomainError("附议代表正在阅读这份文本，请勿留空任何部分。")
    if not changed and held.category == category:
        return 0
    if looking and changed:
        move(held, "edit_again", actor=actor)
    held.category, held.version = category, held.version + 1
    held.save(update_fields=[*(TEXT if changed else ()), "category", "version"])
    if not changed:
        return 0
    lapsed = seconding.lapse_for_new_text(held, actor=actor)
    if held.state == ProposalState.DRAFT and _is_asked(held):
        move(held, "invite", actor=actor)
    return lapsed


def rewrite(held: Proposal, **text: str) -> bool:
    """Put the words of a form into the proposal, unsaved; tell whether they are other than before."""
    new = {name: words.strip() for name, words in text.items()}
    changed = any(getattr(held, name) != words for name, words in new.items())
    for name, words in new.items():
        setattr(held, name, words)
    return changed


def _is_asked(proposal: Proposal) -> bool:
    return bool(proposal.secondings.filter(state=SecondingState.INVITED).exists())
