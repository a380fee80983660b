"""The award history of one recipient, to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from blocs.views.fetching import actor_of
from council.domain.register.history import recipient_of
from khoithidua.web.downloads import attachment, file_name
from reports.documents.award_history import history_pdf


@require_GET
def award_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = recipient_of(actor_of(request), pk)
    if found is None:
        raise Http404
    name = file_name(f"Lịch sử khen thưởng {found.name}", "pdf")
    return attachment(history_pdf(found), name=name, content_type="application/pdf", inline=True)
