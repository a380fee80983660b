"""Long papers of council sessions and decisions are made by the worker too."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def owner(to: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="paper_jobs", to=to
    )


class Migration(migrations.Migration):
    dependencies = [("council", "0001_council_in_full"), ("reports", "0004_paper_jobs")]
    operations = [
        migrations.AlterField("paperjob", "bloc_year", owner("blocs.blocyear")),
        migrations.AddField("paperjob", "session", owner("council.councilsession")),
        migrations.AddField("paperjob", "decision", owner("council.decision")),
        migrations.AddConstraint(
            "paperjob",
            models.UniqueConstraint(fields=("session", "kind", "requested_by"), name="paper_job_once_of_session"),
        ),
        migrations.AddConstraint(
            "paperjob",
            models.UniqueConstraint(fields=("decision", "kind", "requested_by"), name="paper_job_once_of_decision"),
        ),
        migrations.AddConstraint(
            "paperjob",
            models.CheckConstraint(
                condition=Q(bloc_year__isnull=False, session__isnull=True, decision__isnull=True)
                | Q(bloc_year__isnull=True, session__isnull=False, decision__isnull=True)
                | Q(bloc_year__isnull=True, session__isnull=True, decision__isnull=False),
                name="paper_job_one_owner",
            ),
        ),
    ]
