"""What a line of the log and of the bin says. Nothing of it is entered."""

from socialwork_app.domain.fields.field import Field, Kind

LOG_FIELDS = (
    Field("number", "编号", Kind.INTEGER, width=7),
    Field("at", "时间", width=19),
    Field("by", "操作人", width=12),
    Field("action", "操作", width=14),
    Field("records", "记录", width=36),
    Field("detail", "说明", width=40),
)
TOUCHED_FIELDS = (
    Field("kind", "登记册", width=14),
    Field("name", "记录", width=40),
    Field("action", "操作", width=10),
)
BIN_FIELDS = (
    Field("kind", "登记册", width=14),
    Field("name", "记录", width=34),
    Field("with", "一同删除的", width=30),
    Field("at", "删除时间", width=19),
    Field("by", "操作人", width=12),
)
