"""Words of polls in the history of an object."""

HISTORY_WORDS = {
    "options": "phương án trên phiếu",
    "absent": "vắng mặt",
    "recusals": "không tham gia bỏ phiếu, lý do",
}
