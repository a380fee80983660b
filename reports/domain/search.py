"""Issued papers among the results of Tra cứu."""

from collections.abc import Sequence

from django.db.models import Q

from accounts.models import User
from blocs.domain.searching import LIMIT, Group, Result, group_of, provides_results
from reports.models import IssuedDocument


@provides_results
def issued_documents(user: User, words: Sequence[str]) -> Group:
    rows = IssuedDocument.objects.visible_to(user).select_related("issuer")
    for word in words:
        rows = rows.filter(document_has(word))
    rows = rows.order_by("-issued_on", "-pk")[: LIMIT + 1]
    return group_of("Văn bản đã ban hành", (result(row) for row in rows))


def document_has(word: str) -> Q:
    """The title, the issuer, the bloc, the symbol, or, as a number, the number or the year."""
    found = (
        Q(search_key__contains=word)
        | Q(issuer__search_key__contains=word)
        | Q(bloc_year__bloc__search_key__contains=word)
        | Q(symbol__icontains=word)
    )
    if word.isdecimal() and len(word) <= 9:
        found |= Q(number=int(word)) | Q(issued_year=int(word)) | Q(bloc_year__year=int(word))
    return found


def result(row: IssuedDocument) -> Result:
    return Result(row.title, row.get_absolute_url(), f"Số {row}, {row.issuer.name}")
