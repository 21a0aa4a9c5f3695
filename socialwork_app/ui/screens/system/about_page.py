"""What the program is and whose work it stands on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from socialwork_app import PROGRAM_TITLE, __version__
from socialwork_app.ui.widgets.card import Card, named_label

COMPONENTS = (
    ("Qt 6、PySide6", "LGPL v3（动态链接，可自行替换 Qt 库）"),
    ("SQLCipher、SQLite", "BSD、公有领域"),
    ("sqlcipher3", "zlib"),
    ("SQLAlchemy、Alembic", "MIT"),
    ("cryptography", "Apache 2.0 / BSD"),
    ("QtAwesome、Font Awesome", "MIT；字体 OFL 1.1，图标 CC BY 4.0"),
    ("python-calamine", "MIT"),
    ("openpyxl、python-docx、msoffcrypto-tool", "MIT"),
    ("XlsxWriter、xlrd、lxml", "BSD"),
    ("pypinyin、platformdirs", "MIT"),
    ("filelock", "MIT"),
    ("pyzipper", "MIT"),
    ("PyCryptodome", "BSD、公有领域"),
    ("defusedxml、Python", "PSF"),
)
WIDEST = 640


class AboutPage(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = Card(PROGRAM_TITLE)
        card.setMaximumWidth(WIDEST)
        card.body.addWidget(QLabel(f"版本 {__version__}"))
        card.body.addWidget(named_label("本程序以 MIT 许可发布，不连接网络，数据只在本机。", "muted"))
        parts = Card("使用的软件及其许可")
        parts.setMaximumWidth(WIDEST)
        text = QLabel("\n".join(f"{name}：{licence}" for name, licence in COMPONENTS))
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setWordWrap(True)
        parts.body.addWidget(text)
        parts.body.addWidget(named_label("所用部件及其许可见程序文件夹中的 LICENSES.md。", "muted"))
        layout = QVBoxLayout(self)
        layout.addWidget(card)
        layout.addWidget(parts)
        layout.addStretch(1)
