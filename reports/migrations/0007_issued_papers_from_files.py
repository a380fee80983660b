"""Issued papers that a year file tells of: without an account that issued them, their bytes come with an archive."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.domain.append_only import installer, remover

TABLE = "reports_issueddocument"
WITH_BYTES = "OLD.file <> ''"


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0006_reporting_in_full"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # SQLite rebuilds the table, and with it drops the triggers.
        migrations.RunPython(remover(TABLE), installer(TABLE)),
        migrations.AlterField("issueddocument", "file", models.FileField("tệp", upload_to="", blank=True)),
        migrations.AlterField(
            "issueddocument",
            "issued_at",
            models.DateTimeField("ban hành lúc", default=django.utils.timezone.now, editable=False),
        ),
        migrations.AlterField(
            "issueddocument",
            "issued_by",
            models.ForeignKey(
                null=True,
                blank=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(installer(TABLE, when=WITH_BYTES), remover(TABLE)),
    ]
