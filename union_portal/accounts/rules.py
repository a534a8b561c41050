"""Who may do what with accounts, and the role predicates that every app's rules are made of."""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from union_portal.accounts.enums import SCHOOL_ROLES, SECOND_PEOPLE, Role
from union_portal.base.rules import allow


def has_role(*roles: Role) -> Any:
    """Return a predicate: the account holds one of the roles today, by itself or by delegation."""

    def check(user: Any) -> bool:
        return bool(user.is_authenticated and user.has_role(*roles))

    return predicate(check, name="has_role:" + "|".join(sorted(roles)))


def sees(model: Any) -> Any:
    """Return a predicate: the row is one the account's lists of this model show; asked without a row it holds."""

    def check(user: Any, subject: Any) -> bool:
        if subject is None:
            return True

        def ask() -> bool:
            return bool(model.objects.visible_to(user).filter(pk=subject.pk).exists())

        # Every step of a row's page asks.
        return ask() if subject.pk is None else user.once(f"sees {model._meta.label} {subject.pk}", ask)  # noqa: SLF001

    return predicate(check, name=f"sees:{model.__name__}")


def _is_staff(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.is_staff)


def _is_superuser(user: Any) -> bool:
    return bool(user.is_active and user.is_superuser)


def _is_oneself(user: Any, account: Any) -> bool:
    return account is not None and user == account


def _is_second_person(user: Any, asked: Any) -> bool:
    return asked is None or bool(asked.may_be_confirmed_by(user))


def _is_asker(user: Any, asked: Any) -> bool:
    return asked is not None and asked.asked_by_id == user.pk


is_asker = predicate(_is_asker, name="is_asker")
is_second_person = predicate(_is_second_person, name="is_second_person")
is_staff = predicate(_is_staff, name="is_staff")
is_superuser = predicate(_is_superuser, name="is_superuser")
is_oneself = predicate(_is_oneself, name="is_oneself")
sees_school = has_role(*SCHOOL_ROLES)
is_chair = has_role(Role.CHAIR, Role.VICE_CHAIR)
is_administrator = has_role(Role.ADMINISTRATOR)
is_auditor = has_role(Role.AUDIT)
is_organisation_officer = has_role(Role.ORGANISATION)
is_welfare_officer = has_role(Role.WELFARE)
is_finance = has_role(Role.FINANCE)
is_branch_chair = has_role(Role.BRANCH_CHAIR)

_keepers = is_administrator | is_organisation_officer
_watchers = is_administrator | is_auditor | has_role(Role.CHAIR)
_lenders = has_role(*SECOND_PEOPLE)

_others = is_administrator & ~is_oneself
allow("accounts", "user", view=_keepers, add=_keepers, close=_others, reopen=_others)
add_perm("accounts.issue_code", _keepers)
add_perm("accounts.reset_second_factor", _others)
allow("accounts", "accountrequest", view=_keepers | _watchers)
add_perm("accounts.confirm_asked", _lenders & is_second_person)
add_perm("accounts.cancel_asked", _lenders | is_asker)
# What was given is ended by a dated step, never changed.
allow(
    "accounts",
    "roleassignment",
    view=_keepers | _watchers,
    add=is_administrator,
    change=None,
    end=is_administrator,
)
allow("accounts", "delegation", view=_keepers | _watchers, add=_lenders, change=None, end=_lenders)
allow("accounts", "accessentry", view=_watchers)
school = has_role(*SCHOOL_ROLES)
staff = has_role(*SCHOOL_ROLES, Role.BRANCH_CHAIR)
keeper = has_role(Role.ORGANISATION)
carer = has_role(Role.ORGANISATION, Role.WELFARE)
near = has_role(Role.ORGANISATION, Role.WELFARE, Role.WOMEN, Role.CHAIR, Role.VICE_CHAIR)
counters = has_role(Role.ORGANISATION, Role.WELFARE, Role.CONGRESS, Role.ACTIVITIES, Role.WOMEN)
exporters = has_role(
    Role.ORGANISATION, Role.WELFARE, Role.WOMEN, Role.CHAIR, Role.VICE_CHAIR, Role.FINANCE, Role.BRANCH_CHAIR
)
