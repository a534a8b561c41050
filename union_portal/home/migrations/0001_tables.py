"""Uploads and previews."""

import django.core.serializers.json
import django.db.models.deletion
import union_portal.home.models
import uuid
from django.conf import settings
from django.db import migrations, models
from union_portal.base.operations import AtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0002_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name='PendingImport',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(max_length=64, verbose_name='kind of record')),
                        ('file', models.FileField(upload_to=union_portal.home.models._place, verbose_name='file')),
                        ('file_name', models.CharField(max_length=200, verbose_name='file name')),
                        ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('counts', models.JSONField(default=dict, verbose_name='counts')),
                        ('fingerprint', models.JSONField(default=dict)),
                        ('ignored_columns', models.JSONField(default=list)),
                        ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='checked')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded')),
                        ('expires_at', models.DateTimeField(verbose_name='expires')),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pending_imports', to=settings.AUTH_USER_MODEL, verbose_name='user account')),
                    ],
                    options={
                        'verbose_name': 'upload waiting for confirmation',
                        'verbose_name_plural': 'uploads waiting for confirmation',
                        'ordering': ['-created_at'],
                    },
                ),
                migrations.CreateModel(
                    name='PreviewPage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('section', models.CharField(choices=[('faults', 'faults'), ('changed', 'changed'), ('new', 'new'), ('leavers', 'leavers')], max_length=10, verbose_name='section')),
                        ('number', models.PositiveIntegerField(verbose_name='page')),
                        ('entries', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ('pending', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='home.pendingimport', verbose_name='upload')),
                    ],
                    options={
                        'verbose_name': 'page of a preview',
                        'verbose_name_plural': 'pages of previews',
                        'ordering': ['pending', 'section', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('pending', 'section', 'number'), name='one_page_of_a_number')],
                    },
                ),
            ],
        ),
    ]
