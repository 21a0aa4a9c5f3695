"""Icons of the screens; the icon font is loaded at the first one, after the window has been painted."""

from PySide6.QtGui import QIcon

from socialwork_app.ui.theme import INK

NAMES = {
    "desk": "fa6s.house",
    "people": "fa6s.user",
    "certificates": "fa6s.id-card",
    "exams": "fa6s.file-pen",
    "training": "fa6s.graduation-cap",
    "talents": "fa6s.award",
    "organisations": "fa6s.building",
    "places": "fa6s.map-location-dot",
    "imports": "fa6s.file-import",
    "exports": "fa6s.file-export",
    "system": "fa6s.gear",
}


def icon(name: str, color: str = INK, disabled: str = "#a9b4c2") -> QIcon:
    import qtawesome

    return qtawesome.icon(NAMES[name], color=color, color_disabled=disabled)
