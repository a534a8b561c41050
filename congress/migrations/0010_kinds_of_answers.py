"""What kind of answer a suggestion got, as proposals have it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from union_portal.base.operations import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('congress', '0009_ratings_put_right'),
    ]

    operations = [
        AtOnce([
        pgtrigger.migrations.RemoveTrigger(
            model_name='suggestion',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='suggestion',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='suggestion',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='suggestion',
            name='reply_kind',
            field=models.CharField(blank=True, choices=[('done', '已解决'), ('planned', '列入计划'), ('cannot', '无法采纳')], max_length=8, verbose_name='答复类型'),
        ),
        migrations.AddField(
            model_name='suggestionevent',
            name='reply_kind',
            field=models.CharField(blank=True, choices=[('done', '已解决'), ('planned', '列入计划'), ('cannot', '无法采纳')], max_length=8, verbose_name='答复类型'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suggestion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "congress_suggestionevent" ("answer", "answered_by_id", "answered_on", "author_id", "collected_on", "delegation_id", "department_id", "drive_id", "due_on", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published", "recorded", "reply_kind", "session_id", "source", "state", "text", "title") SELECT new_values."answer", new_values."answered_by_id", new_values."answered_on", new_values."author_id", new_values."collected_on", new_values."delegation_id", new_values."department_id", new_values."drive_id", new_values."due_on", new_values."group_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published", new_values."recorded", new_values."reply_kind", new_values."session_id", new_values."source", new_values."state", new_values."text", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8cc85051b54793252ef37b83aebc789c5ef0f0b7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a16af', referencing='REFERENCING NEW TABLE AS new_values ', table='congress_suggestion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suggestion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "congress_suggestionevent" ("answer", "answered_by_id", "answered_on", "author_id", "collected_on", "delegation_id", "department_id", "drive_id", "due_on", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published", "recorded", "reply_kind", "session_id", "source", "state", "text", "title") SELECT new_values."answer", new_values."answered_by_id", new_values."answered_on", new_values."author_id", new_values."collected_on", new_values."delegation_id", new_values."department_id", new_values."drive_id", new_values."due_on", new_values."group_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published", new_values."recorded", new_values."reply_kind", new_values."session_id", new_values."source", new_values."state", new_values."text", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='528ced71caf9f68101c0f956c0b569b0f5c4c3d1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_85e41', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='congress_suggestion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suggestion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "congress_suggestionevent" ("answer", "answered_by_id", "answered_on", "author_id", "collected_on", "delegation_id", "department_id", "drive_id", "due_on", "group_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published", "recorded", "reply_kind", "session_id", "source", "state", "text", "title") SELECT old_values."answer", old_values."answered_by_id", old_values."answered_on", old_values."author_id", old_values."collected_on", old_values."delegation_id", old_values."department_id", old_values."drive_id", old_values."due_on", old_values."group_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published", old_values."recorded", old_values."reply_kind", old_values."session_id", old_values."source", old_values."state", old_values."text", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0ac7cf6a2e4fdbdcffb623fd2c1af10ea5a73a3e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6988e', referencing='REFERENCING OLD TABLE AS old_values ', table='congress_suggestion', when='AFTER')),
        ),
        ]),
    ]
