"""The named fields of wording: what each one means, for the page that lists them, and for which papers."""

from collections.abc import Mapping

COMMON: Mapping[str, str] = {
    "ten_khoi": "Tên đầy đủ của khối, cụm",
    "khoi": "«khối» hoặc «cụm», viết thường",
    "nam": "Năm thi đua",
    "nam_truoc": "Năm trước năm thi đua",
    "nam_sau": "Năm sau năm thi đua",
    "hoi_dong": "Tên Hội đồng Thi đua - Khen thưởng",
    "tinh": "Tên tỉnh, thành phố, có chữ «tỉnh», «thành phố»",
    "thuong_truc": "Cơ quan Thường trực Hội đồng",
    "truong_khoi": "Đơn vị trưởng khối",
    "pho_khoi": "Các đơn vị phó khối",
    "so_thanh_vien": "Số đơn vị thành viên, hai chữ số (07)",
    "han_giao_uoc": "Hạn ký giao ước",
    "han_bao_cao_6_thang": "Hạn gửi báo cáo 6 tháng",
    "han_tu_cham_diem": "Hạn tự chấm điểm",
    "han_bao_cao_nam": "Hạn gửi báo cáo năm",
}
MOVEMENT = {
    "ten_phong_trao": "Tên phong trào, có chữ «phong trào thi đua» hoặc «đợt thi đua»",
    "thoi_gian_phong_trao": "Giai đoạn của phong trào (2016 - 2020)",
    "co_quan_phat_dong": "Cơ quan, người phát động phong trào",
}
CONFERENCE = {
    "ten_hoi_nghi": "Tên hội nghị, kèm năm",
    "ngay_hoi_nghi": "Giờ, ngày họp",
    "dia_diem": "Địa điểm họp",
    "chu_tri": "Người chủ trì",
}
BALLOT = {
    "noi_dung_bo_phieu": "Nội dung bỏ phiếu",
    "so_lua_chon": "Số lựa chọn tối đa trên một phiếu",
    "so_phuong_an": "Số đơn vị, phương án có tên trên phiếu",
}
HANDOVER = {
    "truong_khoi_sau": "Đơn vị trưởng khối năm sau",
    "pho_khoi_sau": "Các đơn vị phó khối năm sau",
    "ngay_ban_giao": "Ngày bàn giao",
}
OF_KIND: Mapping[str, Mapping[str, str]] = {
    "movement-launch": MOVEMENT,
    "conference-invitation": CONFERENCE,
    "conference-programme": CONFERENCE,
    "ballot-form": BALLOT,
    "handover-minutes": HANDOVER,
}


def fields_of(kind: str) -> dict[str, str]:
    """Names of the fields that the words of ``kind`` may hold, each with its meaning."""
    return {**COMMON, **OF_KIND.get(kind, {})}
