"""The roster: lock it from a rule or a list, open it again, exclude and add people with reasons, price it."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils import timezone

from members.people.models import Person
from members.people.querysets import PersonQuerySet
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.sql import among, set_based
from union_portal.base.steps import move
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, GrantMove, Round
from welfare.rosters.services.lists import match_list
from welfare.rosters.services.selection import Selection, people, tier
from welfare.rounds.services.foretelling import UNLOCKED, Foretold, differences, elsewhere, foretell
from welfare.rounds.services.holding import day_of, hold_round, require
from welfare.rounds.services.judging import judge_anew


@transaction.atomic
@set_based()
def lock(*, subject: Round, actor: User | None) -> Round:
    """Copy the people the rule chooses, with their branch and tier on the cut-off date, in one statement.

    Whoever stands in another round of the occasion or has the benefit already is left out, whoever was excluded here
    before stays excluded; a supplementary round leaves out everybody its parent decided about.
    Raises DomainError when the rule chooses nobody.
    """
    held = hold_round(subject)
    require(held, RoundState.DRAFT)
    if not held.selection:
        raise DomainError("本批次按名单确定人员，请上传名单。", field="list")
    foretold = foretell(round_=held)
    chosen: PersonQuerySet | None = None
    if held.selection.get("price_rise"):
        _insert_differences(held)
    else:
        selection = Selection.from_data(held.selection)
        chosen = people(selection=selection, on=held.cut_off_on)
        if held.parent_id is not None:
            # Whom the first round decided about, exclusions included, is decided: single people can still be added.
            chosen = chosen.exclude(pk__in=Grant.objects.filter(round=held.parent_id).values("person"))
        _insert(held, chosen, tier(selection, on=held.cut_off_on))
    return _locked(held, chosen, foretold, actor=actor)


@transaction.atomic
@set_based()
def lock_from_list(*, subject: Round, lines: Iterable[tuple[str, ...]], source: str, actor: User | None) -> Round:
    """Copy the people of an uploaded list (staff number, name), with its source.

    Raises DomainError naming the lines whose number is unknown, whose name differs or who stand twice.
    """
    if not source.strip():
        raise DomainError("请填写名单来源。", field="list_source")
    held = hold_round(subject)
    require(held, RoundState.DRAFT)
    keys = match_list(list(lines))
    held.list_source = source
    held.selection = {}
    held.save(update_fields=["list_source", "selection"])
    chosen: PersonQuerySet = Person.objects.filter(pk__in=keys)
    foretold = foretell(round_=held, chosen=chosen)
    _insert(held, chosen, Value("", output_field=CharField()))
    return _locked(held, chosen, foretold, actor=actor)


def _locked(held: Round, chosen: QuerySet[Person] | None, foretold: Foretold, *, actor: User | None) -> Round:
    again = list(_set_aside(held, chosen).values_list("pk", flat=True))
    heads = held.grants.filter(state=GrantState.LISTED).count() + len(again)
    if not heads:
        raise DomainError(f"没有可列入名册的人员。{foretold.words or '请检查选择人员的条件'}。")
    words = "；".join(part for part in (f"{heads:,} 人", foretold.words) if part)
    move(held, "lock", actor=actor, why=words, locked_at=timezone.now(), prepared_by=actor or held.prepared_by)
    held.grants.filter(among("pk", again)).update(state=GrantState.LISTED, reason="")
    judge_anew(held)
    return held


_COLUMNS = {
    "person_id": "pk",
    "benefit_id": "new_benefit",
    "round_id": "new_round",
    "occasion_id": "new_occasion",
    "branch_id": "branch_id_on",
    "tier": "new_tier",
    "state": "new_state",
    "form": "new_form",
    "granted_on": "new_day",
    "relation": "new_empty",
    "reason": "new_empty_reason",
    "source": "new_source",
    "offline_approval": "new_empty_approval",
    "amount": "new_amount",
}


def _constants(held: Round) -> dict[str, Combinable]:
    empty = Value("", output_field=CharField())
    return {
        "new_benefit": Value(held.benefit_id),
        "new_round": Value(held.pk),
        "new_occasion": Value(held.occasion_id),
        "new_state": Value(str(GrantState.LISTED)),
        "new_form": Value(str(held.benefit.form)),
        "new_day": Value(day_of(held)),
        "new_empty": empty,
        "new_empty_reason": empty,
        "new_source": Value(held.list_source),
        "new_empty_approval": empty,
        "new_amount": Value(held.unit_price, output_field=Grant._meta.get_field("amount")),  # noqa: SLF001
    }


def _insert(held: Round, chosen: PersonQuerySet, tiers: Combinable) -> None:
    """INSERT … SELECT the people who neither stand here nor have it elsewhere."""
    here = Grant.objects.filter(round=held, person=OuterRef("pk"))
    rows = (
        chosen.filter(~Exists(here), ~Exists(elsewhere(held)))
        .with_branch(on=held.cut_off_on)
        .annotate(new_tier=tiers, **_constants(held))
        .order_by()
        .values_list(*_COLUMNS.values())
    )
    _insert_select(dict(_COLUMNS), rows)


def _insert_differences(held: Round) -> None:
    """INSERT … SELECT one grant for each that the parent's people hold, completing it."""
    constants = _constants(held)
    columns = _COLUMNS | {"person_id": "person", "branch_id": "branch", "tier": "tier", "supplements_id": "pk"}
    rows = differences(held).annotate(**constants).order_by().values_list(*columns.values())
    _insert_select(columns, rows)


def _insert_select(columns: dict[str, str], rows: "QuerySet[Grant] | QuerySet[Person]") -> None:
    sql, params = rows.query.sql_with_params()
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Grant._meta.db_table} ({names}) {sql} ON CONFLICT DO NOTHING",  # noqa: SLF001
            params,
        )


def _set_aside(held: Round, chosen: QuerySet[Person] | None) -> QuerySet[Grant]:
    """Return those whom an earlier unlocking set aside, as far as they are still chosen."""
    aside = held.grants.filter(~Exists(elsewhere(held, "person")), state=GrantState.EXCLUDED, reason=UNLOCKED)
    return aside if chosen is None else aside.filter(person__in=chosen.values("pk"))


@transaction.atomic
def unlock(*, subject: Round, actor: User | None, why: str) -> Round:
    """Open a locked roster again: its people are dropped, single exclusions are remembered for the next locking."""
    held = hold_round(subject)
    require(held, RoundState.LOCKED)
    listed = held.grants.filter(state=GrantState.LISTED)
    moved = Exists(GrantMove.objects.filter(subject=OuterRef("pk")))
    held.warnings.all().delete()
    move(held, "unlock", actor=actor, why=why, locked_at=None)
    Grant.objects.filter(pk__in=listed.filter(moved).values("pk")).update(state=GrantState.EXCLUDED, reason=UNLOCKED)
    held.grants.filter(~moved, state=GrantState.LISTED).delete()
    return held


def exclude_all(held: Round, *, reason: str) -> None:
    """Take everybody off the roster; for a round given up, which its own move explains."""
    held.grants.filter(state=GrantState.LISTED).update(state=GrantState.EXCLUDED, reason=reason[:200])
