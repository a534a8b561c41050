"""Who sees what was imported, and who may take it back: whoever may import the kind."""

from typing import Any

from rules.predicates import predicate

from union_portal.accounts.rules import is_organisation_officer, sees_school
from union_portal.base.rules import allow
from union_portal.home.imports.models import ImportRecord
from union_portal.home.imports.querysets import may_import


def _imports_it(user: Any, record: Any) -> bool:
    """Tell whether the account sees the record and may import its kind; any kind when no record is named."""
    if record is None:
        return bool(user.is_authenticated and may_import(user))
    return ImportRecord.objects.visible_to(user).filter(pk=record.pk).exists()


imports_it = predicate(_imports_it, name="imports_it")


def _imports_its_kind(user: Any, mapping: Any) -> bool:
    """Tell whether the account may import the kind of list; any kind when no mapping is named."""
    kinds = may_import(user) if user.is_authenticated else []
    return bool(kinds) if mapping is None else mapping.kind in kinds


maps_it = predicate(_imports_its_kind, name="maps_it")
# What a word means holds for the whole school: a branch's officer sees it and asks for it.
allow("home", "wordmapping", view=maps_it, change=maps_it & sees_school)
allow("home", "importrecord", view=imports_it, take_back=imports_it)
# Who keeps the register says what became of those whom its list does not name.
allow("home", "absence", view=is_organisation_officer, deal=is_organisation_officer)
