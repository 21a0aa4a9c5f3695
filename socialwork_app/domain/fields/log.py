"""What a line of the log and of the bin says. Nothing of it is entered."""

from socialwork_app.domain.fields.field import Field, Kind

LOG_FIELDS = (
    Field("number", "编号", Kind.INTEGER, width=6),
    Field("at", "时间", width=19),
    Field("by", "操作人", width=10),
    Field("action", "操作", width=12),
    Field("records", "记录", width=44),
    Field("detail", "说明", width=30),
)
TOUCHED_FIELDS = (
    Field("kind", "登记册", width=14),
    Field("name", "记录", width=40),
    Field("action", "操作", width=10),
)
BIN_FIELDS = (
    Field("kind", "登记册", width=14),
    Field("name", "记录", width=26),
    Field("with", "一同删除的", width=44),
    Field("at", "删除时间", width=19),
    Field("by", "操作人", width=12),
)
