"""The rows of a list, made from what the database answers in one go.

Django makes each row and each related one field by field, and sends two signals for each, which nobody hears: a list of
fifty with five related rows each spent more on that than on its cells. Here a model whose rows need nothing of that is
filled at once, and a related row that several rows share is made once.
"""

import inspect
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.fields.files import FileDescriptor
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import ModelIterable
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

from union_portal.base.prepared import again

# How these keep a value that is set is to put it among the row's attributes.
_PLAIN = (DeferredAttribute, ForeignKeyDeferredAttribute, FileDescriptor)


def at_once(rows: Any) -> Any:
    """Return the rows, to be read in one go where they are rows of models."""
    if isinstance(rows, QuerySet) and rows._iterable_class is ModelIterable and not rows._known_related_objects:  # type: ignore[attr-defined]  # noqa: SLF001
        rows = rows.all()
        rows._iterable_class = _Rows  # noqa: SLF001
    return rows


class _Rows(ModelIterable):  # type: ignore[type-arg]
    def __iter__(self) -> Iterator[Any]:
        queryset: Any = self.queryset
        compiler = queryset.query.get_compiler(using=queryset.db)
        try:
            asked = again(*compiler.as_sql())
        except EmptyResultSet:  # such as no branch to look into
            return
        compiler.as_sql = lambda *_args, **_options: asked
        answer = compiler.execute_sql(chunked_fetch=self.chunked_fetch, chunk_size=self.chunk_size)
        made = _Made(compiler.klass_info, compiler.select, queryset.db)
        annotations = [*(compiler.annotation_col_map or {}).items()]
        for told in compiler.results_iter(answer):
            row = made.row(told)
            for name, place in annotations:
                setattr(row, name, told[place])
            yield row


class _Made:
    """Makes the rows of one model, with those related to them."""

    def __init__(self, info: Any, select: Sequence[Any], db: str) -> None:
        self.model, self.db = info["model"], db
        places = info["select_fields"]
        names = {select[place][0].target.attname: place for place in places}
        # The order of the model's own fields, which `from_db` asks for.
        own = [field.attname for field in self.model._meta.concrete_fields if field.attname in names]  # noqa: SLF001
        self.names, self.places = own, [names[name] for name in own]
        self.key = names[self.model._meta.pk.attname]  # noqa: SLF001
        self.related = [
            (_Made(one, select, db), one["local_setter"], one["remote_setter"])
            for one in info.get("related_klass_infos", [])
        ]
        self.plain = is_plain(self.model)
        self.known: dict[Any, Any] = {}

    def row(self, told: Sequence[Any]) -> Any:
        values = [told[place] for place in self.places]
        if self.plain:
            row = self.model.__new__(self.model)
            state = ModelState()
            state.adding, state.db = False, self.db
            row.__dict__["_state"] = state
            row.__dict__.update(zip(self.names, values, strict=True))
        else:
            row = self.model.from_db(self.db, self.names, values)
        for made, set_here, set_there in self.related:
            found = made.shared(told)
            set_here(row, found)
            if found is not None:
                set_there(found, row)
        return row

    def shared(self, told: Sequence[Any]) -> Any:
        """Return the row that others may be related to too; None where there is none."""
        key = told[self.key]
        if key is None:
            return None
        if key not in self.known:
            self.known[key] = self.row(told)
        return self.known[key]


@cache
def is_plain(model: type[Model]) -> bool:
    """Tell whether making a row of the model is no more than keeping its values."""
    heard = pre_init.has_listeners(model) or post_init.has_listeners(model)
    own = model.__init__ is not Model.__init__ or model.from_db.__func__ is not Model.from_db.__func__  # type: ignore[attr-defined]
    kept = (inspect.getattr_static(model, field.attname) for field in model._meta.concrete_fields)  # noqa: SLF001
    return not heard and not own and all(type(one) in _PLAIN for one in kept)
