"""Uploads and previews."""

import django.core.serializers.json
import django.db.models.deletion
import union_portal.home.imports.models
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
                        ('kind', models.CharField(max_length=64, verbose_name='记录种类')),
                        ('file', models.FileField(upload_to=union_portal.home.imports.models._place, verbose_name='文件')),
                        ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                        ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('counts', models.JSONField(default=dict, verbose_name='数量')),
                        ('fingerprint', models.JSONField(default=dict)),
                        ('ignored_columns', models.JSONField(default=list)),
                        ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='比对时间')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                        ('expires_at', models.DateTimeField(verbose_name='失效时间')),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='已确认')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pending_imports', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                    ],
                    options={
                        'verbose_name': '待确认的导入',
                        'verbose_name_plural': '待确认的导入',
                        'ordering': ['-created_at'],
                    },
                ),
                migrations.CreateModel(
                    name='PreviewPage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('section', models.CharField(choices=[('faults', '问题'), ('changed', '有改动'), ('new', '新增'), ('leavers', '名册中有而文件中没有的人')], max_length=10, verbose_name='节')),
                        ('number', models.PositiveIntegerField(verbose_name='页')),
                        ('entries', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ('pending', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='home.pendingimport', verbose_name='上传文件')),
                    ],
                    options={
                        'verbose_name': '预览页',
                        'verbose_name_plural': '预览页',
                        'ordering': ['pending', 'section', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('pending', 'section', 'number'), name='one_page_of_a_number')],
                    },
                ),
            ],
        ),
    ]
