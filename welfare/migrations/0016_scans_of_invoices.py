"""An invoice comes with its scan."""

import pgtrigger.compiler
import pgtrigger.migrations
import union_portal.base.papers
from django.db import migrations

from union_portal.base.operations import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('welfare', '0015_open_grants'),
    ]

    operations = [
        AtOnce([
        pgtrigger.migrations.RemoveTrigger(
            model_name='purchase',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='purchase',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='purchase',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='purchase',
            name='scan',
            field=union_portal.base.papers.ScanField(blank=True, door='admin:welfare_round_invoice', verbose_name='发票扫描件'),
        ),
        migrations.AddField(
            model_name='purchaseevent',
            name='scan',
            field=union_portal.base.papers.ScanField(blank=True, door='admin:welfare_round_invoice', verbose_name='发票扫描件'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchase',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "welfare_purchaseevent" ("amount", "entered_at", "entered_by_id", "goods", "id", "invoice_number", "invoiced_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "quantity", "round_id", "scan", "state", "supplier") SELECT new_values."amount", new_values."entered_at", new_values."entered_by_id", new_values."goods", new_values."id", new_values."invoice_number", new_values."invoiced_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."posting_id", new_values."quantity", new_values."round_id", new_values."scan", new_values."state", new_values."supplier" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='398236fe49c4be6a2e35b40a9767989600947172', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f7d64', referencing='REFERENCING NEW TABLE AS new_values ', table='welfare_purchase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchase',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "welfare_purchaseevent" ("amount", "entered_at", "entered_by_id", "goods", "id", "invoice_number", "invoiced_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "quantity", "round_id", "scan", "state", "supplier") SELECT new_values."amount", new_values."entered_at", new_values."entered_by_id", new_values."goods", new_values."id", new_values."invoice_number", new_values."invoiced_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."posting_id", new_values."quantity", new_values."round_id", new_values."scan", new_values."state", new_values."supplier" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='34ba766d280a61e8e466a0f4d7d18f6c2e0b0479', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c3c3c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='welfare_purchase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchase',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "welfare_purchaseevent" ("amount", "entered_at", "entered_by_id", "goods", "id", "invoice_number", "invoiced_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "quantity", "round_id", "scan", "state", "supplier") SELECT old_values."amount", old_values."entered_at", old_values."entered_by_id", old_values."goods", old_values."id", old_values."invoice_number", old_values."invoiced_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."posting_id", old_values."quantity", old_values."round_id", old_values."scan", old_values."state", old_values."supplier" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ccf5b1e6ac95ed10ceac5f09d2093301df1c8a41', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_57a03', referencing='REFERENCING OLD TABLE AS old_values ', table='welfare_purchase', when='AFTER')),
        ),
        ]),
    ]
