"""What minutes of a conference say beyond its start: when it ended and who kept the record."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("blocs", "0002_search_keys")]
    operations = [
        migrations.AddField(
            model_name="conference",
            name="ends",
            field=models.TimeField(blank=True, null=True, verbose_name="kết thúc lúc"),
        ),
        migrations.AddField(
            model_name="conference",
            name="secretary_name",
            field=models.CharField(blank=True, max_length=150, verbose_name="thư ký hội nghị"),
        ),
        migrations.AddField(
            model_name="conference",
            name="secretary_title",
            field=models.CharField(blank=True, max_length=150, verbose_name="chức vụ, đơn vị của thư ký"),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="conference_ends_after_start",
                violation_error_message="Hội nghị phải kết thúc sau giờ bắt đầu. Hãy kiểm tra lại hai mốc giờ.",
            ),
        ),
    ]
