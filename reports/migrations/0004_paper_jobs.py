"""Long papers that the worker makes, with their progress."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("blocs", "0003_conference_minutes"),
        ("reports", "0003_issued_document_search_key"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="PaperJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="loại văn bản")),
                ("requested_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="bắt đầu lúc")),
                ("seen_at", models.DateTimeField(verbose_name="có tiến triển lúc")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="kết thúc lúc")),
                ("step", models.CharField(blank=True, max_length=200, verbose_name="việc đang làm")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="đã xong")),
                ("total", models.PositiveIntegerField(default=1, verbose_name="tổng số bước")),
                ("file", models.FileField(blank=True, upload_to="", verbose_name="tệp")),
                ("error", models.CharField(blank=True, max_length=500, verbose_name="lỗi")),
                (
                    "bloc_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="paper_jobs", to="blocs.blocyear"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "văn bản lập ở chế độ nền",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bloc_year", "kind", "requested_by"), name="paper_job_once_per_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total"))), name="paper_job_done_within_total"
                    ),
                ],
            },
        ),
    ]
