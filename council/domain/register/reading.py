"""Sổ khen thưởng: which lines a person reads, what each says now, and how words find them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, Replace

from accounts.models import User
from awards.models import AwardAlias, AwardRecord, Subject, SubjectAlias
from blocs.domain.searching import agency_has, words_of
from blocs.models import Agency
from council.enums import DecisionKind, DecisionState
from council.models import Decision, DecisionLine

# Numbers are written with Đ at most ("1234/QĐ-UBND"): no other accent has to go before they are compared.
NUMBER_KEY = Lower(Replace(Replace(F("decision_number"), Value("Đ"), Value("D")), Value("đ"), Value("d")))
# Whose case a line is: the agency that the decision names; of other lines the one that keeps the subject.
AGENCY = Coalesce("decision_line__agency", "subject__agency")
# Issued decisions that correct or revoke a line, the latest last.
FOLLOWERS = (
    DecisionLine.objects.exclude(decision__state=DecisionState.DRAFT)
    .select_related("decision")
    .order_by("decision__issued_on", "decision__issued_at", "pk")
)


def register_of(user: User | AnonymousUser) -> QuerySet[AwardRecord]:
    """Lines of the register that ``user`` reads, each with what ``entry_of`` needs.

    A line that an issued decision wrote is read by whoever reads that decision: the standing body, the members and
    every agency of the council. Its name and unit are then those printed in the decision, for everybody the same;
    nothing of the subject itself (national id, birth date, grades, matters under review) belongs to the register.
    What was entered or imported names a person by the agency's own card, so it is read by whoever sees the subject.

    A merged subject keeps only lines that the kept one has as well: they are told once, unless decisions printed both.
    """
    decided = Q(decision_line__decision__in=Decision.objects.visible_to(user).values("pk"))
    own = Q(subject__in=Subject.objects.visible_to(user).values("pk"))
    once = Q(subject__merged_into__isnull=True) | Q(decision_line__isnull=False)
    rows: Any = AwardRecord.objects.filter(decided | own)
    found: QuerySet[AwardRecord] = rows.filter(once)
    return found


def with_papers(rows: QuerySet[AwardRecord]) -> QuerySet[AwardRecord]:
    """The same with awards, agencies and decisions: one query more, however many rows."""
    related = ("award", "subject__agency", "decision_line__decision", "decision_line__agency")
    followed = Prefetch("decision_line__later", queryset=FOLLOWERS, to_attr="followed")
    return rows.select_related(*related).prefetch_related(followed)


@dataclass(frozen=True)
class Entry:
    """A line as it reads now: the printed text, after corrections."""

    record: AwardRecord
    line: DecisionLine | None  # of the decision that awarded; None for what was entered or imported
    now: DecisionLine | None  # whose text holds
    correction: Decision | None
    revocation: Decision | None

    @property
    def name(self) -> str:
        return self.now.name if self.now else self.record.subject.name

    @property
    def post(self) -> str:
        """As printed; posts of today say nothing of the day of an older award."""
        return self.now.post if self.now else ""

    @property
    def unit(self) -> str:
        return self.now.unit if self.now else self.record.subject.unit

    @property
    def achievement(self) -> str:
        """What was commended, in the words of the decision."""
        return self.now.citation if self.now else self.record.achievement

    @property
    def note(self) -> str:
        """Written by hand on a card: for who sees the subject, as all of a line without a decision."""
        return "" if self.line else self.record.note

    @property
    def agency(self) -> Agency | None:
        """As ``AGENCY``."""
        proposed = self.line.agency if self.line else None
        return proposed or self.record.subject.agency

    @property
    def decision(self) -> Decision | None:
        return self.line.decision if self.line else None

    @property
    def is_revoked(self) -> bool:
        return self.record.revoked_on is not None


def entry_of(record: AwardRecord) -> Entry:
    """What a row of ``with_papers`` says; no query."""
    line: DecisionLine | None = getattr(record, "decision_line", None)
    later: list[Any] = getattr(line, "followed", [])
    corrections = [each for each in later if each.decision.kind == DecisionKind.CORRECTION]
    revocations = [each for each in later if each.decision.kind == DecisionKind.REVOCATION]
    return Entry(
        record=record,
        line=line,
        now=corrections[-1] if corrections else line,
        correction=corrections[-1].decision if corrections else None,
        revocation=revocations[-1].decision if revocations else None,
    )


def matching(rows: QuerySet[AwardRecord], user: User | AnonymousUser, query: str) -> QuerySet[AwardRecord]:
    """Lines in which every word stands, accents or not: in name, unit, award, decision or year."""
    words = words_of(query)
    rows = rows.annotate(number_key=NUMBER_KEY, unit_agency=AGENCY) if words else rows
    for word in words:
        rows = rows.filter(record_has(word, user))
    return rows


def record_has(word: str, user: User | AnonymousUser) -> Q:
    """One word in one line. Names that no decision printed find it only for who sees the subject."""
    found = (
        named(word, user)
        | Q(award__search_key__contains=word)
        | Q(award__in=AwardAlias.objects.filter(search_key__contains=word).values("award"))
        | Q(unit_agency__in=Agency.objects.filter(agency_has(word)).values("pk"))
        | Q(number_key__contains=word)
        | Q(decision_line__decision__search_key__contains=word)
    )
    if word.isdecimal() and len(word) == 4:
        found |= Q(year=int(word)) | Q(decided_on__year=int(word))
    return found


def named(word: str, user: User | AnonymousUser) -> Q:
    """Printed names and units, as first printed and as corrected; names and other names of subjects in sight."""
    corrected = DecisionLine.objects.filter(
        search_key__contains=word, decision__kind=DecisionKind.CORRECTION, decision__state=DecisionState.ISSUED
    )
    aliases = SubjectAlias.objects.filter(search_key__contains=word).values("subject")
    seen = Subject.objects.visible_to(user).filter(Q(search_key__contains=word) | Q(pk__in=aliases))
    return (
        Q(decision_line__search_key__contains=word)
        | Q(decision_line__in=corrected.values("earlier"))
        | Q(subject__in=seen.values("pk"))
    )
