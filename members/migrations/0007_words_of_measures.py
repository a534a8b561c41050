"""Each number of a total has its own word (整, 余, 近, 约), and a rate is a number too."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# What was said of a total as a whole is kept for each of its numbers: which of them it meant is not known.
_WORDS = """
    UPDATE {table} SET heads_word = CASE WHEN heads IS NULL THEN '' ELSE approximation END,
                       times_word = CASE WHEN times IS NULL THEN '' ELSE approximation END,
                       amount_word = CASE WHEN amount IS NULL THEN '' ELSE approximation END
    WHERE approximation <> 'exact'
"""


_BACK = """
    UPDATE {table} SET approximation = coalesce(
        nullif(heads_word, ''), nullif(times_word, ''), nullif(amount_word, ''), 'exact'
    )
"""
_TABLES = ("members_summaryrecord", "members_summaryrecordevent")


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0006_transactions_of_moves'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='summaryrecord',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='summaryrecord',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='summaryrecord',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='summaryrecord',
            name='members_summaryrecord_says_something',
        ),
        migrations.AddField(
            model_name='summaryrecord',
            name='amount_word',
            field=models.CharField(blank=True, choices=[('round', '整'), ('over', '余'), ('nearly', '近'), ('about', '约')], max_length=8, verbose_name='金额的约数'),
        ),
        migrations.AddField(
            model_name='summaryrecord',
            name='heads_word',
            field=models.CharField(blank=True, choices=[('round', '整'), ('over', '余'), ('nearly', '近'), ('about', '约')], max_length=8, verbose_name='人数的约数'),
        ),
        migrations.AddField(
            model_name='summaryrecord',
            name='share',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='比率（%）'),
        ),
        migrations.AddField(
            model_name='summaryrecord',
            name='share_word',
            field=models.CharField(blank=True, choices=[('round', '整'), ('over', '余'), ('nearly', '近'), ('about', '约')], max_length=8, verbose_name='比率的约数'),
        ),
        migrations.AddField(
            model_name='summaryrecord',
            name='times_word',
            field=models.CharField(blank=True, choices=[('round', '整'), ('over', '余'), ('nearly', '近'), ('about', '约')], max_length=8, verbose_name='人次的约数'),
        ),
        migrations.AddField(
            model_name='summaryrecordevent',
            name='amount_word',
            field=models.CharField(blank=True, choices=[('round', '整'), ('over', '余'), ('nearly', '近'), ('about', '约')], max_length=8, verbose_name='金额的约数'),
        ),
        migrations.AddField(
            model_name='summaryrecordevent',
            name='heads_word',
            field=models.CharField(blank=True, choices=[('round', '整'), ('over', '余'), ('nearly', '近'), ('about', '约')], max_length=8, verbose_name='人数的约数'),
        ),
        migrations.AddField(
            model_name='summaryrecordevent',
            name='share',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='比率（%）'),
        ),
        migrations.AddField(
            model_name='summaryrecordevent',
            name='share_word',
            field=models.CharField(blank=True, choices=[('round', '整'), ('over', '余'), ('nearly', '近'), ('about', '约')], max_length=8, verbose_name='比率的约数'),
        ),
        migrations.AddField(
            model_name='summaryrecordevent',
            name='times_word',
            field=models.CharField(blank=True, choices=[('round', '整'), ('over', '余'), ('nearly', '近'), ('about', '约')], max_length=8, verbose_name='人次的约数'),
        ),
        migrations.RunSQL(
            [_WORDS.format(table=table) for table in _TABLES], [_BACK.format(table=table) for table in _TABLES]
        ),
        migrations.RemoveField(
            model_name='summaryrecord',
            name='approximation',
        ),
        migrations.RemoveField(
            model_name='summaryrecordevent',
            name='approximation',
        ),
        migrations.AlterField(
            model_name='summaryrecord',
            name='times',
            field=models.PositiveIntegerField(blank=True, help_text='次、件、项、场、个等数也填在这里。', null=True, verbose_name='人次'),
        ),
        migrations.AlterField(
            model_name='summaryrecordevent',
            name='times',
            field=models.PositiveIntegerField(blank=True, help_text='次、件、项、场、个等数也填在这里。', null=True, verbose_name='人次'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='summaryrecord',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_summaryrecordevent" ("amount", "amount_word", "entered_at", "entered_by_id", "heads", "heads_word", "id", "kinds", "label", "not_held_reason", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "share_word", "source", "times", "times_word") SELECT new_values."amount", new_values."amount_word", new_values."entered_at", new_values."entered_by_id", new_values."heads", new_values."heads_word", new_values."id", new_values."kinds", new_values."label", new_values."not_held_reason", new_values."period_end", new_values."period_start", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."share", new_values."share_word", new_values."source", new_values."times", new_values."times_word" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='af8a9781b4420542d717d8c65eaec345cac71c88', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a1540', referencing='REFERENCING NEW TABLE AS new_values ', table='members_summaryrecord', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='summaryrecord',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_summaryrecordevent" ("amount", "amount_word", "entered_at", "entered_by_id", "heads", "heads_word", "id", "kinds", "label", "not_held_reason", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "share_word", "source", "times", "times_word") SELECT new_values."amount", new_values."amount_word", new_values."entered_at", new_values."entered_by_id", new_values."heads", new_values."heads_word", new_values."id", new_values."kinds", new_values."label", new_values."not_held_reason", new_values."period_end", new_values."period_start", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."share", new_values."share_word", new_values."source", new_values."times", new_values."times_word" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fc969c2bfdf9851e137446202c74c88392d04368', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2bc00', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='members_summaryrecord', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='summaryrecord',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "members_summaryrecordevent" ("amount", "amount_word", "entered_at", "entered_by_id", "heads", "heads_word", "id", "kinds", "label", "not_held_reason", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "share_word", "source", "times", "times_word") SELECT old_values."amount", old_values."amount_word", old_values."entered_at", old_values."entered_by_id", old_values."heads", old_values."heads_word", old_values."id", old_values."kinds", old_values."label", old_values."not_held_reason", old_values."period_end", old_values."period_start", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."share", old_values."share_word", old_values."source", old_values."times", old_values."times_word" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8ce07f54d63da4f632abb133943c5778b663bbf2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_533b2', referencing='REFERENCING OLD TABLE AS old_values ', table='members_summaryrecord', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='summaryrecord',
            constraint=models.CheckConstraint(condition=models.Q(('heads__isnull', False), ('times__isnull', False), ('amount__isnull', False), ('share__isnull', False), models.Q(('not_held_reason', ''), _negated=True), _connector='OR'), name='members_summaryrecord_says_something', violation_error_message='请填写人数、人次、金额或比率，或说明未开展的原因。'),
        ),
        migrations.AddConstraint(
            model_name='summaryrecord',
            constraint=models.CheckConstraint(condition=models.Q(('share__gte', 0), ('share__lte', 100)), name='members_summaryrecord_share_of_a_hundred', violation_error_message='比率应在0到100之间。'),
        ),
        migrations.AddConstraint(
            model_name='summaryrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('heads_word', ''), ('heads__isnull', False), _connector='OR'), models.Q(('times_word', ''), ('times__isnull', False), _connector='OR'), models.Q(('amount_word', ''), ('amount__isnull', False), _connector='OR'), models.Q(('share_word', ''), ('share__isnull', False), _connector='OR')), name='members_summaryrecord_words_have_numbers', violation_error_message='填了约数的，请一并填写数字。'),
        ),
    ]
