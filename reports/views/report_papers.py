"""An agency's own report as PDF and as Word document: whoever reads the page may have them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from khoithidua.web.downloads import attachment, file_name
from reports.documents.agency_report import collect, compose
from reports.documents.docx import DOCX, paper_docx
from reports.documents.pdf import paper_pdf
from reports.views.fetching import report_or_404

PDF = "application/pdf"


@require_GET
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_or_404(request, pk)
    content = paper_pdf(compose(collect(report)))
    return attachment(content, name=file_name(str(report), "pdf"), content_type=PDF, inline=True)


@require_GET
def report_docx(request: HttpRequest, pk: int) -> HttpResponse:
    report = report_or_404(request, pk)
    content = paper_docx(compose(collect(report)))
    return attachment(content, name=file_name(str(report), "docx"), content_type=DOCX)
