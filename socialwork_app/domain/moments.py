"""Moments as people read them; they are stored in ISO with seconds and zone."""


def to_the_minute(at: str) -> str:
    """2026-11-23 21:36; "" stays so."""
    return at[:16].replace("T", " ")
