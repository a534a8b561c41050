"""A role given by one person counts once a second one has confirmed it; those given before stay as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


def _person(words: str) -> models.ForeignKey:
    return models.ForeignKey(
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=words,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_account_steps")]

    operations = [
        migrations.AddField(model_name="roleassignment", name="given_by", field=_person("授予人")),
        migrations.AddField(model_name="roleassignment", name="confirmed_by", field=_person("确认人")),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("given_by")) & ~Q(confirmed_by=F("user")),
                name="accounts_role_by_two",
                violation_error_message="须由授予人和本人以外的人确认。",
            ),
        ),
    ]
