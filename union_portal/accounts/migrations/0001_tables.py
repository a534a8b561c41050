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
                        ('staff_number', models.CharField(max_length=32, unique=True, verbose_name='staff number')),
                        ('name', models.CharField(max_length=64, verbose_name='name')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                        ('is_active', models.BooleanField(default=True, verbose_name='active')),
                        ('language', models.CharField(default='zh-hans', max_length=8, verbose_name='language')),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ],
                    options={
                        'verbose_name': 'user account',
                        'verbose_name_plural': 'user accounts',
                        'ordering': ['staff_number'],
                    },
                ),
                migrations.CreateModel(
                    name='AccessEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='time')),
                        ('action', models.CharField(choices=[('sign_in', 'signed in'), ('refused', 'sign-in refused'), ('sign_out', 'signed out'), ('code', 'one-time code issued'), ('reveal', 'revealed'), ('export', 'exported'), ('import', 'imported'), ('print', 'printed'), ('download', 'downloaded')], max_length=16, verbose_name='action')),
                        ('kind', models.CharField(blank=True, max_length=64, verbose_name='kind of record')),
                        ('subject', models.CharField(blank=True, max_length=200, verbose_name='record')),
                        ('data_class', models.CharField(blank=True, choices=[('basic', 'basic'), ('contact', 'contact'), ('identity', 'identity and bank'), ('health', 'health and family')], max_length=16, verbose_name='data class')),
                        ('purpose', models.CharField(blank=True, max_length=200, verbose_name='purpose')),
                        ('rows', models.PositiveIntegerField(blank=True, null=True, verbose_name='rows')),
                        ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='network address')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user account')),
                    ],
                    options={
                        'verbose_name': 'access entry',
                        'verbose_name_plural': 'access log',
                        'ordering': ['-at', '-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='OneTimeCode',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code_hash', models.CharField(max_length=128)),
                        ('issued_at', models.DateTimeField(auto_now_add=True, verbose_name='issued')),
                        ('expires_at', models.DateTimeField(verbose_name='valid until')),
                        ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used')),
                        ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                        ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='issued by')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to=settings.AUTH_USER_MODEL, verbose_name='user account')),
                    ],
                    options={
                        'verbose_name': 'one-time code',
                        'verbose_name_plural': 'one-time codes',
                    },
                ),
                migrations.CreateModel(
                    name='Delegation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='valid from')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                        ('role', models.CharField(choices=[('chair', 'chair'), ('vice_chair', 'vice chair'), ('organisation', 'organisation officer'), ('welfare', 'welfare officer'), ('congress', 'congress officer'), ('activities', 'activities officer'), ('women', "women's officer"), ('branch_chair', 'branch chair'), ('finance', 'finance'), ('audit', 'finance review committee'), ('administrator', 'system administrator')], max_length=16, verbose_name='role')),
                        ('document', models.CharField(max_length=200, verbose_name='deciding document')),
                        ('delegate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations_received', to=settings.AUTH_USER_MODEL, verbose_name='delegate')),
                        ('delegator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations_given', to=settings.AUTH_USER_MODEL, verbose_name='delegator')),
                    ],
                    options={
                        'verbose_name': 'delegation',
                        'verbose_name_plural': 'delegations',
                        'ordering': ['-valid_from'],
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='accounts_delegation_dates_in_order', violation_error_message='The end must not be before the beginning.'), models.CheckConstraint(condition=models.Q(('delegator', models.F('delegate')), _negated=True), name='accounts_delegation_two_people', violation_error_message='A role is delegated to somebody else.')],
                    },
                ),
                migrations.CreateModel(
                    name='RoleAssignment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('valid_from', models.DateField(verbose_name='valid from')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                        ('role', models.CharField(choices=[('chair', 'chair'), ('vice_chair', 'vice chair'), ('organisation', 'organisation officer'), ('welfare', 'welfare officer'), ('congress', 'congress officer'), ('activities', 'activities officer'), ('women', "women's officer"), ('branch_chair', 'branch chair'), ('finance', 'finance'), ('audit', 'finance review committee'), ('administrator', 'system administrator')], max_length=16, verbose_name='role')),
                        ('document', models.CharField(blank=True, max_length=200, verbose_name='deciding document')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_assignments', to=settings.AUTH_USER_MODEL, verbose_name='user account')),
                    ],
                    options={
                        'verbose_name': 'role',
                        'verbose_name_plural': 'roles',
                        'ordering': ['user', 'role', 'valid_from'],
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='accounts_roleassignment_dates_in_order', violation_error_message='The end must not be before the beginning.'), models.UniqueConstraint(fields=('user', 'role', 'valid_from'), name='accounts_role_once')],
                    },
                ),
            ],
        ),
    ]
