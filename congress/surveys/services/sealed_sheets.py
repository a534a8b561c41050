"""Anonymous sheets between hand-in and close: sealed, all of one length, and unsealed only in random order.

The row a ticket was used in and the sheet of the same moment could be matched by somebody who reads the database's own
bookkeeping (ctid, xmin) or its backups. So what lies there until the close is ciphertext of a fixed length; the close
opens all sheets at once and writes them anew, in random order and under new keys, in one transaction with the tickets.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection

from congress.surveys.enums import AnswerKind
from congress.surveys.models import Survey, SurveySheet
from union_portal.base.encryption import decrypt, encrypt

CONTEXT = "congress_surveysheet.answers"
_SEALED = "sealed"
# JSON needs at most six characters for one, UTF-8 at most four bytes; choices are short keys.
_BYTES_OF_WORDS = 6 * 1000
_BYTES_OF_A_CHOICE = 64
_SHUFFLE_TICKETS = """
    WITH gone AS (DELETE FROM congress_surveyticket WHERE survey_id = %s RETURNING survey_id, person_id, used)
    INSERT INTO congress_surveyticket (survey_id, person_id, used)
    SELECT survey_id, person_id, used FROM gone ORDER BY random()
"""


def sealer(*, survey: Survey) -> Callable[[Mapping[str, str]], dict[str, str]]:
    """Return what makes of answers the sheet as kept until the close; all sheets of one survey have the same length."""
    length = 64 + sum(
        _BYTES_OF_WORDS if question.kind == AnswerKind.WORDS else _BYTES_OF_A_CHOICE
        for question in survey.questions.all()
    )

    def seal(answers: Mapping[str, str]) -> dict[str, str]:
        text = json.dumps(dict(answers), ensure_ascii=False)
        padding = " " * max(length - len(text.encode()), 0)
        return {_SEALED: encrypt(text + padding, context=CONTEXT)}

    return seal


def unseal(kept: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers of a sheet, sealed or not."""
    if _SEALED not in kept:
        return dict(kept)
    answers: dict[str, str] = json.loads(decrypt(kept[_SEALED], context=CONTEXT))
    return answers


def open_and_shuffle(*, survey: Survey) -> None:
    """Write the sheets of a survey anew, open, in random order and under new keys, and its tickets likewise."""
    sheets = [unseal(answers) for answers in survey.sheets.values_list("answers", flat=True)]
    secrets.SystemRandom().shuffle(sheets)
    survey.sheets.all().delete()
    SurveySheet.objects.bulk_create(SurveySheet(survey=survey, answers=answers) for answers in sheets)
    with connection.cursor() as cursor:
        cursor.execute(_SHUFFLE_TICKETS, [survey.pk])
