"""Printings of certificates, and names of layouts searched without accents."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import khoithidua.web.fields


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0002_issued_decisions_are_final"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="certificatelayout",
            name="search_key",
            field=khoithidua.web.fields.SearchKeyField(default="", editable=False, max_length=1500, source="name"),
        ),
        migrations.CreateModel(
            name="CertificatePrint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lines", models.JSONField(default=list, verbose_name="các trường hợp")),
                ("dx", models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name="dịch ngang (mm)")),
                ("dy", models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name="dịch dọc (mm)")),
                ("printed_at", models.DateTimeField(auto_now_add=True, verbose_name="in lúc")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificate_prints",
                        to="council.decision",
                    ),
                ),
                (
                    "layout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prints",
                        to="council.certificatelayout",
                        verbose_name="mẫu in trên phôi",
                    ),
                ),
                (
                    "printed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lần in bằng",
                "ordering": ["-printed_at", "-pk"],
            },
        ),
    ]
