# ruff: noqa: E501 - drawings have long lines
"""Line icons of one family, 24 × 24, drawn for Allmenning: always beside a word, so hidden from screen readers."""

from __future__ import annotations

_PATHS = {
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "book": '<path d="M12 6.5C10 5 7 4.5 3.5 4.7v13.6C7 18 10 18.6 12 20c2-1.4 5-2 8.5-1.7V4.7C17 4.5 14 5 12 6.5ZM12 6.5V20"/>',
    "ebook": '<rect x="5" y="3" width="14" height="18" rx="2"/><path d="M9 7.5h6M9 11h6M9 14.5h3.5"/>',
    "audiobook": '<path d="M4 15v-2.5a8 8 0 0 1 16 0V15"/><rect x="3" y="14" width="4.5" height="6.5" rx="1.8"/>'
    '<rect x="16.5" y="14" width="4.5" height="6.5" rx="1.8"/>',
    "film": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m10 9 5 3-5 3z"/>',
    "music": '<path d="M9 17.5V5.5l10-2v12"/><circle cx="6.5" cy="17.5" r="2.5"/><circle cx="16.5" cy="15.5" r="2.5"/>',
    "map": '<path d="m3.5 6.5 5.5-2 6 2 5.5-2v13l-5.5 2-6-2-5.5 2zM9 4.5v13M15 6.5v13"/>',
    "journal": '<rect x="4" y="4" width="16" height="16" rx="1.5"/><path d="M8 8h8M8 12h3M8 16h3M14 12h2.5v4H14z"/>',
    "game": '<rect x="2.5" y="7.5" width="19" height="10" rx="5"/><path d="M7.5 10.5v4M5.5 12.5h4M15.5 11.5v.01M17.5 13.5v.01"/>',
    "image": '<rect x="3.5" y="4.5" width="17" height="15" rx="2"/><circle cx="9" cy="10" r="1.5"/><path d="m4 17 5-4 3.5 3 3-2.5 5 4"/>',
    "other": '<path d="m12 3 8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>',
    "place": '<path d="M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21Z"/><circle cx="12" cy="9.5" r="2.5"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5.5 5 11.5 0 17M12 3.5c-5 5.5-5 11.5 0 17"/>',
    "phone": '<path d="M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2 2A15.5 15.5 0 0 1 4 5.5a2 2 0 0 1 2-2Z"/>',
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m4 7 8 6 8-6"/>',
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "filter": '<path d="M3.5 6h17M6.5 12h11M10 18h4"/>',
    "shelf": '<path d="M4 4v16M20 4v16M4 11h16M4 20h16M7 11V6M10 11V5M13 11V7M8 20v-5M12 20v-6M15 20l2-5.5"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c1-4.5 4-6 7.5-6s6.5 1.5 7.5 6"/>',
    "tag": '<path d="M3.5 4.5v7l9 9 7.5-7.5-9-9z"/><circle cx="8" cy="9" r="1.3"/>',
    "down": '<path d="m6 9 6 6 6-6"/>',
}


def icon(name: str) -> str:
    """One ``<svg class="icon">``. An unknown name is a mistake in a template and says so."""
    return (
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" '
        f'stroke-linejoin="round" aria-hidden="true" focusable="false">{_PATHS[name]}</svg>'
    )
