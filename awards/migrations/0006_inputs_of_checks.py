"""A stored verdict remembers by what it was reached; what was stored before is checked again when it is next used."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("awards", "0005_moves_and_achievements")]

    operations = [
        migrations.AddField(
            "nomination", "inputs", models.CharField(blank=True, editable=False, max_length=32, default=""), False
        ),
    ]
