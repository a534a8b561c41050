import django.db.models.expressions
from django.db import migrations, models

# What was posted of a plan that the school pays stands under the union's key; of the rest the school's part is told.
SPLIT = """
UPDATE welfare_cover AS cover SET union_part = cover.premium
FROM welfare_mutualaidplan AS plan
WHERE plan.id = cover.plan_id AND cover.premium > 0 AND (plan.payer IN ('union', 'shared') OR EXISTS (
    SELECT FROM welfare_posting WHERE source_key LIKE
        'cover:' || cover.plan_id || ':' || cover.starts_on || ':' || cover.paid_on || '%'
));
UPDATE welfare_cover AS cover SET school_part = cover.premium
FROM welfare_mutualaidplan AS plan
WHERE plan.id = cover.plan_id AND cover.premium > 0 AND cover.union_part = 0 AND plan.payer = 'school';
UPDATE welfare_mutualaidplan SET union_percent = 100, school_percent = 0 WHERE payer = 'shared';
UPDATE welfare_book SET trust = true WHERE code = 'TRUST';
"""
GUARD = "SELECT welfare_guard_subjects('check_refund', 'welfare_checkbooking');" \
    " SELECT welfare_guard_subjects('recuperation', 'welfare_recuperationapplication')"
UNGUARD = "SELECT welfare_unguard_subjects('recuperation', 'welfare_recuperationapplication');" \
    " SELECT welfare_unguard_subjects('check_refund', 'welfare_checkbooking')"


class Migration(migrations.Migration):
    dependencies = [("welfare", "0037_premiums_by_payer")]

    operations = [
        migrations.RunSQL(SPLIT, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='mutualaidplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('payer', 'shared'), _negated=True), models.Q(('school_percent__isnull', False), ('union_percent__isnull', False), ('union_percent__lte', django.db.models.expressions.CombinedExpression(models.Value(100), '-', models.F('school_percent')))), _connector='OR'), name='welfare_mutualaidplan_shares_are_told', violation_error_message='共同负担的，请填写工会、行政各负担的百分比，合计不超过 100。'),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
