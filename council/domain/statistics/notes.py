"""What a reader must know of a form: where its structure is from, how it is counted, what it cannot tell."""

CIRCULAR = "Ban hành theo Thông tư số 02/2023/TT-BNV ngày 23/3/2023"
DUE = "Ngày nhận báo cáo: ngày 15 tháng 12 năm báo cáo"
UNVERIFIED = (
    "Cấu trúc biểu (dòng, cột, mã số) lấy theo một phần mềm đang dùng ở địa phương khác, chưa đối chiếu được với "
    "nguyên văn Thông tư số 02/2023/TT-BNV. Hãy đối chiếu trước khi gửi."
)
MISSING_ROW = "(Nguồn tham chiếu không có dòng này, chưa rõ chỉ tiêu)"
MOVEMENTS = (
    "Đếm phong trào phát động trong kỳ: theo ngày phát động; chưa ghi ngày thì theo năm bắt đầu (chỉ với kỳ năm, 05 "
    "năm). Mỗi phong trào đếm một lần, dù nhiều khối cùng thực hiện.",
    "Cấp chủ trì không được ghi riêng nên lấy theo phạm vi của phong trào: toàn quốc vào cột 2; tỉnh, và khối, cụm do "
    "Hội đồng cấp tỉnh tổ chức vào cột 3; còn lại vào cột 4.",
    "Thời hạn tính từ năm bắt đầu đến hết năm kết thúc. Phong trào gọn trong một năm: thường xuyên là 1 năm; chuyên "
    "đề, đợt thi đua có ngày phát động trong năm đó là dưới 1 năm. Đợt thi đua đặc biệt tính vào dòng 11.",
)
AWARDS = (
    "Đếm trường hợp có ngày quyết định trong kỳ, theo sổ khen thưởng, sau đính chính. Trường hợp bị hủy bỏ, thu hồi "
    "trước khi hết kỳ không đếm; bị hủy bỏ sau đó vẫn đếm ở kỳ này.",
    "Phân loại đối tượng lấy theo quyết định; quyết định không ghi thì theo Sổ đối tượng.",
)
RESISTANCE = (
    "Dòng {code} (kháng chiến) để trống: Luật Thi đua, khen thưởng năm 2022 không còn loại hình này và sổ khen thưởng "
    "không ghi."
)
STATE = (
    *AWARDS,
    "Chưa rõ chỉ tiêu của dòng 4 và dòng 5: nguồn tham chiếu bỏ hai mã này; hệ thống giữ số thứ tự và để trống.",
    "Dòng 2, 3: hồ sơ qua hệ thống, hoặc quyết định ghi theo đề nghị của Ủy ban nhân dân tỉnh, thành phố, là tỉnh "
    "trình; ghi theo đề nghị của Bộ trưởng là bộ trình; còn lại không đoán.",
    "Hộ gia đình tính vào cột Tập thể.",
    RESISTANCE.format(code="21"),
)
PROVINCE = (
    *AWARDS,
    "Cột 1 gồm cả hình thức cấp tỉnh không có cột riêng trong biểu.",
    RESISTANCE.format(code="17"),
)
TYPED = (
    "Cơ quan thường trực ghi số liệu, mỗi năm một lần. Ô để trống là chưa có số liệu, không phải bằng 0. Dòng tổng số "
    "do hệ thống cộng, khi đã có đủ các dòng của một cách chia.",
)
