"""Names in our audit entries that are not fields of the audited model, as people read them."""

HISTORY_WORDS = {
    "role": "vai trò",
    "position": "thứ tự",
    "person": "người thay mặt",
    "person_title": "chức vụ của người thay mặt",
    "members": "thành viên",
    "delegations": "việc được ủy quyền",
    "observer": "thành viên Hội đồng theo dõi",
    "quota_limits": "chỉ tiêu khen thưởng",
    "next_mode": "cách chọn trưởng khối năm sau",
    "next_head": "trưởng khối năm sau",
    "next_deputies": "phó khối năm sau",
    "handed_over_on": "ngày bàn giao",
    "items": "hồ sơ, tài liệu bàn giao",
    "other_names": "tên khác",
}
