"""What stood by chapter and by line is gone: it stands in sections."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from union_portal.base.operations import AtOnce

# The chair's words change as long as the report is a draft, as its explanations do.
REFUSE = """
CREATE TRIGGER refuse_frozen_text BEFORE INSERT OR UPDATE OR DELETE ON annual_report_sectiontext
    FOR EACH ROW EXECUTE FUNCTION annual_report_refuse_frozen_part();
"""
ALLOW = "DROP TRIGGER refuse_frozen_text ON annual_report_sectiontext;"


class Migration(migrations.Migration):

    dependencies = [
        ('annual_report', '0006_words_in_sections'),
    ]

    operations = [
        migrations.DeleteModel(name='ChapterTextEvent'),
        migrations.DeleteModel(name='ChapterText'),
        AtOnce(
            [
                migrations.AlterModelOptions(
                    name='outlineline',
                    options={'ordering': ['chapter', 'position'], 'verbose_name': '提纲数据项', 'verbose_name_plural': '提纲数据项'},
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='outlinechapter',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='outlinechapter',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='outlinechapter',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='outlineline',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='outlineline',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='outlineline',
                    name='delete_delete',
                ),
                migrations.RemoveField(
                    model_name='outlinechapter',
                    name='guidance',
                ),
                migrations.RemoveField(
                    model_name='outlinechapter',
                    name='narrative',
                ),
                migrations.RemoveField(
                    model_name='outlinechapterevent',
                    name='guidance',
                ),
                migrations.RemoveField(
                    model_name='outlinechapterevent',
                    name='narrative',
                ),
                migrations.RemoveField(
                    model_name='outlineline',
                    name='section',
                ),
                migrations.RemoveField(
                    model_name='outlineline',
                    name='sentence',
                ),
                migrations.RemoveField(
                    model_name='outlinelineevent',
                    name='section',
                ),
                migrations.RemoveField(
                    model_name='outlinelineevent',
                    name='sentence',
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='outlinechapter',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinechapterevent" ("heading", "id", "outline_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."heading", new_values."id", new_values."outline_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7e3b05bd60aaa5220c10031f4cc1ea8aaafd91f8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c25a4', referencing='REFERENCING NEW TABLE AS new_values ', table='annual_report_outlinechapter', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='outlinechapter',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinechapterevent" ("heading", "id", "outline_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."heading", new_values."id", new_values."outline_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e783dedf3f5b2d3a69acb86898cd0a77666c3d37', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5f4ec', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='annual_report_outlinechapter', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='outlinechapter',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinechapterevent" ("heading", "id", "outline_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."heading", old_values."id", old_values."outline_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1d6c5128b4eb3cbcebd2f7f56c802ecc8e528009', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_60c17', referencing='REFERENCING OLD TABLE AS old_values ', table='annual_report_outlinechapter', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='outlineline',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinelineevent" ("as_of_day", "as_of_month", "chapter_id", "decimals", "id", "in_chart", "in_table", "key", "kinds", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shift_months", "unit") SELECT new_values."as_of_day", new_values."as_of_month", new_values."chapter_id", new_values."decimals", new_values."id", new_values."in_chart", new_values."in_table", new_values."key", new_values."kinds", new_values."label", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."shift_months", new_values."unit" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4a2b1758308f2865ffbb8b292ce394c504549369', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_626e1', referencing='REFERENCING NEW TABLE AS new_values ', table='annual_report_outlineline', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='outlineline',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinelineevent" ("as_of_day", "as_of_month", "chapter_id", "decimals", "id", "in_chart", "in_table", "key", "kinds", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shift_months", "unit") SELECT new_values."as_of_day", new_values."as_of_month", new_values."chapter_id", new_values."decimals", new_values."id", new_values."in_chart", new_values."in_table", new_values."key", new_values."kinds", new_values."label", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."shift_months", new_values."unit" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b07f859880cc403af0ccbe791b4f1e3d18969224', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_12745', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='annual_report_outlineline', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='outlineline',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "annual_report_outlinelineevent" ("as_of_day", "as_of_month", "chapter_id", "decimals", "id", "in_chart", "in_table", "key", "kinds", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shift_months", "unit") SELECT old_values."as_of_day", old_values."as_of_month", old_values."chapter_id", old_values."decimals", old_values."id", old_values."in_chart", old_values."in_table", old_values."key", old_values."kinds", old_values."label", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."shift_months", old_values."unit" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3639653665ccf7cd50cda5d15d9d2677892df6ed', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_28f77', referencing='REFERENCING OLD TABLE AS old_values ', table='annual_report_outlineline', when='AFTER')),
                ),
            ],
        ),
        migrations.RunSQL(sql=REFUSE, reverse_sql=ALLOW),
    ]
