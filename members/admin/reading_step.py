"""How a person's name is read, corrected by staff."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import forms, services
from members.models import Person
from union_portal.base.admin import object_action
from union_portal.base.chinese import reading as usual_reading


class ReadingStep:
    """Mixed into the person's page."""

    @object_action(
        description=gettext_lazy("Correct the reading of the name"),
        permission="members.change_person",
        form=forms.ReadingForm,
        initial=lambda person: {"reading": person.reading or usual_reading(person.name)},
        confirmation=lambda _admin, _request, person: (
            _("Lists by pinyin and the search will read “%(name)s” as you write it here; imports leave it alone.")
            % {"name": person.name}
        ),
        icon="record_voice_over",
    )
    def correct_reading(self, _request: HttpRequest, subject: Person, *, reading: str) -> str:
        """Keep the reading, unless it is the usual one."""
        person = services.correct_reading(person=subject, reading=reading)
        return _("“%(name)s” is read %(reading)s.") % {
            "name": person.name,
            "reading": person.reading or usual_reading(person.name),
        }
