"""A rating entered from paper is put right by a further one; proposals of a list that was taken back are void."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from union_portal.base.operations import AtOnce


class Migration(migrations.Migration):

    dependencies = [
        ('congress', '0008_petitions_handed_over'),
        ('members', '0006_transactions_of_moves'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
        migrations.RemoveConstraint(
            model_name='proposal',
            name='congress_proposal_number_once',
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='congress_proposal_outcome_follows_state',
        ),
        migrations.RemoveConstraint(
            model_name='proposal',
            name='congress_proposal_submitted_has_a_number',
        ),
        migrations.AddField(
            model_name='rating',
            name='corrects',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='congress.rating', verbose_name='所更正的评价'),
        ),
        migrations.AddField(
            model_name='rating',
            name='reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='更正原因'),
        ),
        migrations.AddField(
            model_name='rating',
            name='voided',
            field=models.BooleanField(default=False, verbose_name='作废'),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='state',
            field=models.CharField(choices=[('draft', '草稿'), ('seconding', '征集附议'), ('precheck', '代表团预审'), ('submitted', '待审查'), ('returned', '退回补充'), ('referred', '提交主席团'), ('approving', '待领导审批'), ('filed', '已立案，待交办'), ('assigned', '办理中'), ('signing', '待领导签批'), ('answered', '已答复，待评价'), ('rehandling', '二次办理'), ('closed', '已办结'), ('passed_on', '转意见建议'), ('declined', '不予立案'), ('merged', '已并案'), ('withdrawn', '已撤回'), ('late', '逾期，转为意见建议'), ('advising', '意见建议，部门办理中'), ('advised', '意见建议，已答复'), ('set_aside', '意见建议，留存备查'), ('annulled', '已作废')], db_index=True, default='draft', max_length=16, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='proposalevent',
            name='state',
            field=models.CharField(choices=[('draft', '草稿'), ('seconding', '征集附议'), ('precheck', '代表团预审'), ('submitted', '待审查'), ('returned', '退回补充'), ('referred', '提交主席团'), ('approving', '待领导审批'), ('filed', '已立案，待交办'), ('assigned', '办理中'), ('signing', '待领导签批'), ('answered', '已答复，待评价'), ('rehandling', '二次办理'), ('closed', '已办结'), ('passed_on', '转意见建议'), ('declined', '不予立案'), ('merged', '已并案'), ('withdrawn', '已撤回'), ('late', '逾期，转为意见建议'), ('advising', '意见建议，部门办理中'), ('advised', '意见建议，已答复'), ('set_aside', '意见建议，留存备查'), ('annulled', '已作废')], default='draft', max_length=16, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='rating',
            name='reply',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='congress.reply', verbose_name='答复'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), models.Q(('state', 'annulled'), _negated=True)), fields=('drive', 'number'), name='congress_proposal_number_once', violation_error_message='该编号已被其他提案使用。'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'late'), ('state__in', ('advising', 'advised', 'set_aside'))), models.Q(('outcome', ''), ('state__in', ['draft', 'seconding', 'precheck', 'submitted', 'returned', 'referred', 'approving', 'annulled'])), models.Q(('outcome', 'filed'), ('state__in', ['filed', 'assigned', 'signing', 'answered', 'rehandling', 'closed'])), models.Q(('outcome', 'passed_on'), ('state__in', ['passed_on', 'advising', 'advised', 'set_aside'])), models.Q(('outcome', 'declined'), ('state__in', ['declined'])), models.Q(('outcome', 'merged'), ('state__in', ['merged'])), models.Q(('outcome', 'withdrawn'), ('state__in', ['withdrawn'])), models.Q(('outcome', 'late'), ('state__in', ['late'])), _connector='OR'), name='congress_proposal_outcome_follows_state'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'seconding', 'precheck', 'withdrawn', 'annulled']), ('outcome', 'late'), models.Q(('submitted_at__isnull', False), models.Q(('number', ''), _negated=True)), _connector='OR'), name='congress_proposal_submitted_has_a_number'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('reply',), name='congress_rating_once', violation_error_message='每次答复只评价一次。'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('reason', ''), ('voided', False)), models.Q(('corrects__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='congress_rating_correction_has_a_reason', violation_error_message='请写明更正的原因。'),
        ),
        ]),
    ]
