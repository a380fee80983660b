"""Forms 0601.N to 0605.N/BNV-TĐKT (Thông tư 02/2023/TT-BNV), by their codes."""

from collections.abc import Mapping

TITLES: Mapping[str, str] = {
    "0601": "Phong trào thi đua",
    "0602": "Khen thưởng cấp Nhà nước",
    "0603": "Khen thưởng cấp bộ, tỉnh",
    "0604": "Tổ chức",
    "0605": "Công chức",
}
