"""Column headers as people write them, made comparable with a field's label and synonyms."""

import re

from socialwork_app.domain.names import without_blanks

_SIMPLIFIED = str.maketrans(
    "別級號證碼曆歷學業務單位電話備註專職稱發機關領數據縣鄉鎮區會類資狀態聯繫時間點齡畢書內從門報種",
    "别级号证码历历学业务单位电话备注专职称发机关领数据县乡镇区会类资状态联系时间点龄毕书内从门报种",
)
_BRACKETS = str.maketrans("[]{}【】〔〕〖〗「」", "()()()()()()")
_LINE_BREAK_LEFTOVER = "_x000d_"
_REMARK = re.compile(r"\((?:\*|必填项?|选填项?|非必填|可选|可不填|必须?填写|下拉选择|请选择|文本格式?|单选|多选)\)")
_BRACKETED = re.compile(r"\([^()]*\)")
_EDGES = "*:·.、,;"


def normalise(header: str) -> str:
    """Half-width, no blanks, simplified, lower case, without stars, end colons and remarks such as （必填）.

    A bracket that may be part of the term stays, in round half-width form: 乡镇（街道） → 乡镇(街道).
    """
    text = without_blanks(header).casefold().replace(_LINE_BREAK_LEFTOVER, "")
    text = text.translate(_BRACKETS).translate(_SIMPLIFIED)
    return _REMARK.sub("", text).strip(_EDGES)


def variants(header: str) -> tuple[str, ...]:
    """What the header may mean, strictest first: as it stands, brackets opened, brackets left out."""
    whole = normalise(header)
    opened = whole.replace("(", "").replace(")", "")
    bare = _BRACKETED.sub("", whole).strip(_EDGES)
    return tuple(dict.fromkeys(form for form in (whole, opened, bare) if form))
