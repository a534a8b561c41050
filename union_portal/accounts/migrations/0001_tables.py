"""Accounts, roles and the access log."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from union_portal.base.operations import AtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0002_guards'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('staff_number', models.CharField(max_length=32, unique=True, verbose_name='工号')),
                        ('name', models.CharField(max_length=64, verbose_name='姓名')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱')),
                        ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='建立时间')),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ],
                    options={
                        'verbose_name': '账号',
                        'verbose_name_plural': '账号',
                        'ordering': ['staff_number'],
                    },
                ),
                migrations.CreateModel(
                    name='AccessEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='时间')),
                        ('action', models.CharField(choices=[('sign_in', '登录'), ('refused', '登录被拒'), ('sign_out', '退出'), ('code', '发放登录码'), ('reveal', '查看完整信息'), ('export', '导出'), ('import', '导入'), ('print', '打印'), ('download', '下载')], max_length=16, verbose_name='操作')),
                        ('kind', models.CharField(blank=True, max_length=64, verbose_name='记录种类')),
                        ('subject', models.CharField(blank=True, max_length=200, verbose_name='记录')),
                        ('data_class', models.CharField(blank=True, choices=[('basic', '基本信息'), ('contact', '联系方式'), ('identity', '证件与银行卡'), ('health', '健康与家庭')], max_length=16, verbose_name='信息类别')),
                        ('purpose', models.CharField(blank=True, max_length=200, verbose_name='用途')),
                        ('rows', models.PositiveIntegerField(blank=True, null=True, verbose_name='行数')),
                        ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='网络地址')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                    ],
                    options={
                        'verbose_name': '访问日志',
                        'verbose_name_plural': '访问日志',
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='OneTimeCode',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code_hash', models.CharField(max_length=128)),
                        ('issued_at', models.DateTimeField(auto_now_add=True, verbose_name='发放时间')),
                        ('expires_at', models.DateTimeField(verbose_name='有效期至')),
                        ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='使用时间')),
                        ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='尝试次数')),
                        ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发放人')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                    ],
                    options={
                        'verbose_name': '一次性登录码',
                        'verbose_name_plural': '一次性登录码',
                    },
                ),
                migrations.CreateModel(
                    name='Delegation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='起始日期')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='终止日期')),
                        ('role', models.CharField(choices=[('chair', '主席'), ('vice_chair', '副主席'), ('organisation', '组织委员'), ('welfare', '生活福利委员'), ('congress', '提案工作秘书'), ('activities', '文体委员'), ('women', '女工委员'), ('branch_chair', '分工会主席'), ('finance', '财务'), ('audit', '经费审查委员会'), ('administrator', '系统管理员')], max_length=16, verbose_name='角色')),
                        ('document', models.CharField(max_length=200, verbose_name='决定文件')),
                        ('delegate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations_received', to=settings.AUTH_USER_MODEL, verbose_name='受托人')),
                        ('delegator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations_given', to=settings.AUTH_USER_MODEL, verbose_name='委托人')),
                    ],
                    options={
                        'verbose_name': '委托',
                        'verbose_name_plural': '委托',
                        'ordering': ['-valid_from'],
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='accounts_delegation_dates_in_order', violation_error_message='结束日期不能早于起始日期。'), models.CheckConstraint(condition=models.Q(('delegator', models.F('delegate')), _negated=True), name='accounts_delegation_two_people', violation_error_message='角色只能委托给他人。')],
                    },
                ),
                migrations.CreateModel(
                    name='RoleAssignment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='起始日期')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='终止日期')),
                        ('role', models.CharField(choices=[('chair', '主席'), ('vice_chair', '副主席'), ('organisation', '组织委员'), ('welfare', '生活福利委员'), ('congress', '提案工作秘书'), ('activities', '文体委员'), ('women', '女工委员'), ('branch_chair', '分工会主席'), ('finance', '财务'), ('audit', '经费审查委员会'), ('administrator', '系统管理员')], max_length=16, verbose_name='角色')),
                        ('document', models.CharField(blank=True, max_length=200, verbose_name='决定文件')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_assignments', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                    ],
                    options={
                        'verbose_name': '角色',
                        'verbose_name_plural': '角色',
                        'ordering': ['user', 'role', 'valid_from'],
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='accounts_roleassignment_dates_in_order', violation_error_message='结束日期不能早于起始日期。'), models.UniqueConstraint(fields=('user', 'role', 'valid_from'), name='accounts_role_once')],
                    },
                ),
            ],
        ),
    ]
