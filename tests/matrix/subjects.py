"""The register of subjects: an agency's own people and the standing body; freezes are the standing body's to write."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from awards.models import Freeze, Reorganisation, SubjectMerge, TaskGrade, UnitMove
from tests.awards_world import SubjectFactory
from tests.matrix.base import EVERYONE, MEMBERS, OWN, STANDING, Row, pk_of

ADDS = MEMBERS | STANDING | {"stranger"}
SEES = OWN | STANDING


def furnish(scene: Any) -> None:
    """A person of Sở Y tế with a grade and a freeze, and one that was merged into that person."""
    scene.subject = SubjectFactory(agency=scene.world.syt, name="Nguyễn Thị Ánh", id_tail="123")
    scene.grade_line = TaskGrade.objects.create(subject=scene.subject, year=2019, grade="HTT")
    scene.freeze_line = Freeze.objects.create(subject=scene.subject, kind="petition", since=date(2020, 1, 1))
    scene.move_line = UnitMove.objects.create(
        subject=scene.subject, moved_on=date(2019, 3, 1), old_unit="Sở Tài chính", new_unit="Sở Y tế"
    )
    scene.team = SubjectFactory(agency=scene.world.syt, kind="collective", name="Phòng Kế hoạch")
    scene.end_line = Reorganisation.objects.create(subject=scene.team, kind="dissolved", changed_on=date(2019, 3, 1))
    gone = SubjectFactory(agency=scene.world.syt, merged_into=scene.subject)
    scene.subject_merge = SubjectMerge.objects.create(
        kept=scene.subject, gone=gone, reason="Trùng", merged_by=scene.world.person("officer")
    )


def rows() -> Iterator[Row]:
    for name in ("subjects", "eligibility"):
        yield Row(f"awards:{name}", EVERYONE)
    yield Row("awards:subject-new", ADDS, EVERYONE - ADDS)
    for name in ("subject", "subject-edit", "subject-merge", "eligibility-of"):
        yield Row(f"awards:{name}", SEES, args=pk_of("subject"))
    yield Row("awards:subject-line-new", SEES, args=lambda s: (s.subject.pk, "muc-do"))
    yield Row("awards:subject-line-new", STANDING, OWN, lambda s: (s.subject.pk, "xac-minh"))
    yield Row("awards:subject-line-new", SEES, args=lambda s: (s.subject.pk, "chuyen-cong-tac"))
    yield Row("awards:subject-line-new", SEES, args=lambda s: (s.team.pk, "sap-xep-to-chuc"))
    for name in ("subject-line-edit", "subject-line-remove"):
        yield Row(f"awards:{name}", SEES, args=lambda s: (s.subject.pk, "chuyen-cong-tac", s.move_line.pk))
        yield Row(f"awards:{name}", SEES, args=lambda s: (s.team.pk, "sap-xep-to-chuc", s.end_line.pk))
        yield Row(f"awards:{name}", SEES, args=lambda s: (s.subject.pk, "muc-do", s.grade_line.pk))
        yield Row(f"awards:{name}", STANDING, OWN, lambda s: (s.subject.pk, "xac-minh", s.freeze_line.pk))
    yield Row("awards:subject-merge-undo", SEES, args=lambda s: (s.subject.pk, s.subject_merge.pk), method="post")
