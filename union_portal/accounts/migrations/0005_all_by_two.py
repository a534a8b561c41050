"""Lent roles and steps on the accounts of people with roles take two, as roles do; what was lent before counts."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

STEPS = [
    ("code", "发放一次性登录码"),
    ("mailed_code", "用邮件发送一次性登录码"),
    ("reset", "重置二次验证"),
    ("close", "停用账号"),
    ("reopen", "恢复账号"),
]


def _person(words: str) -> models.ForeignKey:
    return models.ForeignKey(
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=words,
    )


def _by_two(model: str, *concerned: str) -> migrations.AddConstraint:
    second = ~Q(confirmed_by=F("asked_by"))
    for name in concerned:
        second &= ~Q(confirmed_by=F(name))
    return migrations.AddConstraint(
        model_name=model,
        constraint=models.CheckConstraint(
            condition=Q(confirmed_by=None) | Q(asked_by__isnull=False, cancelled_by=None) & second,
            name=f"accounts_{model}_by_two",
            violation_error_message="须由申请人和本人以外的人确认。",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_who_asked")]

    operations = [
        migrations.AlterField(model_name="roleassignment", name="asked_by", field=_person("申请人")),
        migrations.AddField(model_name="roleassignment", name="cancelled_by", field=_person("撤销人")),
        migrations.AddConstraint(
            model_name="roleassignment",
            constraint=models.UniqueConstraint(
                fields=["user", "role", "valid_from"], condition=Q(cancelled_by=None), name="accounts_role_once"
            ),
        ),
        _by_two("roleassignment", "user"),
        migrations.AddField(model_name="delegation", name="asked_by", field=_person("申请人")),
        migrations.AddField(model_name="delegation", name="confirmed_by", field=_person("确认人")),
        migrations.AddField(model_name="delegation", name="cancelled_by", field=_person("撤销人")),
        _by_two("delegation", "delegator", "delegate"),
        migrations.CreateModel(
            name="AccountRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_by", _person("申请人")),
                ("confirmed_by", _person("确认人")),
                ("cancelled_by", _person("撤销人")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                ("step", models.CharField(choices=STEPS, max_length=16, verbose_name="事项")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                (
                    "asked_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, editable=False, verbose_name="申请日期"
                    ),
                ),
            ],
            options={"verbose_name": "账号申请", "verbose_name_plural": "账号申请", "ordering": ["-pk"]},
        ),
        _by_two("accountrequest", "user"),
        migrations.AddConstraint(
            model_name="accountrequest",
            constraint=models.UniqueConstraint(
                fields=["user", "step"],
                condition=Q(confirmed_by=None, cancelled_by=None),
                name="accounts_request_once",
                violation_error_message="该账号已有同样的申请待确认。",
            ),
        ),
    ]
