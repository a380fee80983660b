"""What may stand on a form, and the limits of where."""

from decimal import Decimal

from django.db.models import TextChoices


class Key(TextChoices):
    """One text of a certificate; ``reports.documents.certificate_texts`` says what it holds for a recipient."""

    ISSUER = "issuer", "Cơ quan, người tặng"
    GIVING = "giving", "Chữ «Tặng», «Tặng danh hiệu»"
    AWARD = "award", "Tên hình thức, danh hiệu"
    NAME = "name", "Người, tập thể, hộ được tặng"
    POST = "post", "Chức vụ"
    UNIT = "unit", "Đơn vị, địa chỉ"
    POST_UNIT = "post-unit", "Chức vụ, đơn vị, địa chỉ"
    CITATION = "citation", "Thành tích"
    DECISION = "decision", "Số, ngày quyết định"
    BOOK = "book", "Vào sổ số"
    BOOK_NUMBER = "book-number", "Số vào sổ (chỉ con số)"
    GOLDEN_BOOK = "golden-book", "Số sổ vàng (thứ tự trong quyết định)"
    PLACE_DATE = "place-date", "Nơi, ngày ký"
    SIGNER_TITLE = "signer-title", "Thẩm quyền, chức vụ người ký"
    SIGNER_NAME = "signer-name", "Họ tên người ký"
    FIXED = "fixed", "Chữ cố định"
    QR = "qr", "Mã QR xác minh"


# Millimetres, and points of letters: what a form and a printer of an office can hold.
SMALLEST_SIDE, LARGEST_SIDE = Decimal(50), Decimal(900)
SMALLEST_SIZE, LARGEST_SIZE = Decimal(5), Decimal(150)
NARROWEST = Decimal(3)
SMALLEST_CODE = Decimal(15)  # a printed QR code of this address is read by a phone from about here on
MOST_LINES = 12
MOST_ELEMENTS = 40
