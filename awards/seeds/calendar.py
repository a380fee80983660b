"""Days off that are certain (Bộ luật Lao động 2019, Điều 112). A year that lacks some is told so on the page."""

from datetime import date

NEW_YEAR = "Tết Dương lịch"
TET = "Tết Nguyên đán"
KINGS = "Giỗ Tổ Hùng Vương"
VICTORY = "Ngày Chiến thắng"
LABOUR = "Ngày Quốc tế lao động"
NATIONAL = "Quốc khánh"

# day, name, whether people work on it in exchange
HOLIDAYS: tuple[tuple[date, str, bool], ...] = (
    (date(2025, 1, 1), NEW_YEAR, False),
    *((date(2025, 1, day), TET, False) for day in (27, 28, 29, 30, 31)),
    (date(2025, 4, 7), KINGS, False),
    (date(2025, 4, 26), "Làm bù ngày 02/05/2025", True),
    (date(2025, 4, 30), VICTORY, False),
    (date(2025, 5, 1), LABOUR, False),
    (date(2025, 5, 2), "Nghỉ hoán đổi, làm bù ngày 26/04/2025", False),
    (date(2025, 9, 1), NATIONAL, False),
    (date(2025, 9, 2), NATIONAL, False),
    (date(2026, 1, 1), NEW_YEAR, False),
    *((date(2026, 2, day), TET, False) for day in (16, 17, 18, 19, 20)),
    (date(2026, 4, 27), f"{KINGS} (nghỉ bù ngày 26/04/2026, Chủ nhật)", False),
    (date(2026, 4, 30), VICTORY, False),
    (date(2026, 5, 1), LABOUR, False),
    (date(2026, 9, 1), NATIONAL, False),
    (date(2026, 9, 2), NATIONAL, False),
    (date(2027, 1, 1), NEW_YEAR, False),
    (date(2027, 4, 30), VICTORY, False),
    (date(2027, 5, 1), LABOUR, False),
    (date(2027, 9, 2), NATIONAL, False),
)
