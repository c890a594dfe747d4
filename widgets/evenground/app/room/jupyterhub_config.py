"""The file that JupyterHub reads when `evenground group room` starts it."""

from __future__ import annotations

from evenground.app.room import settings

settings.from_environment(get_config())  # type: ignore[name-defined]  # noqa: F821 - JupyterHub's
