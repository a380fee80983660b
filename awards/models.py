"""The door to everything that awards remember."""

from awards.tables.appraisal import Opinion, Posting, PostingComment, Supplement
from awards.tables.catalogue import (
    AwardAlias,
    AwardForm,
    AwardPeriod,
    BaseSalary,
    CouncilRule,
    Holiday,
    RequiredPaper,
    RewardCoefficient,
    RuleEntry,
)
from awards.tables.changes import Reorganisation, UnitMove
from awards.tables.dossiers import Attachment, Dossier, DossierVersion, Nomination, NominationText
from awards.tables.imports import ImportBatch, ImportedRow
from awards.tables.registrations import Registration, RegistrationLine
from awards.tables.subjects import (
    Absence,
    AwardRecord,
    CollectiveYear,
    Discipline,
    Freeze,
    Initiative,
    InitiativeUse,
    Subject,
    SubjectAlias,
    SubjectMerge,
    TaskGrade,
)

__all__ = [
    "Absence",
    "Attachment",
    "AwardAlias",
    "AwardForm",
    "AwardPeriod",
    "AwardRecord",
    "BaseSalary",
    "CollectiveYear",
    "CouncilRule",
    "Discipline",
    "Dossier",
    "DossierVersion",
    "Freeze",
    "Holiday",
    "ImportBatch",
    "ImportedRow",
    "Initiative",
    "InitiativeUse",
    "Nomination",
    "NominationText",
    "Opinion",
    "Posting",
    "PostingComment",
    "Registration",
    "RegistrationLine",
    "Reorganisation",
    "RequiredPaper",
    "RewardCoefficient",
    "RuleEntry",
    "Subject",
    "SubjectAlias",
    "SubjectMerge",
    "Supplement",
    "TaskGrade",
    "UnitMove",
]
