"""From facts to what the report says: states of obligations, totals, coverage, provenance."""

from cchc.consolidate.assemble import assemble, earlier
from cchc.consolidate.editions import (
    Edition,
    edition_number,
    editions,
    hold,
    mark_consolidated,
    register_edition,
    replace_files,
    snapshot,
)
from cchc.consolidate.extracts import extracts
from cchc.consolidate.lifecycle import (
    BINDING,
    Plan,
    RefusedError,
    change_log,
    events_of,
    following,
    known,
    mark,
    plan,
    rebuilt,
    replaced,
)
from cchc.consolidate.notes import add_note, notes_of
from cchc.consolidate.picture import Picture, edition_changes, picture, total_changes, version_changes
from cchc.consolidate.status import board, counts, statuses, unidentified
from cchc.consolidate.versions import explanations_of, findings_of, unit_versions

__all__ = [
    "BINDING",
    "Plan",
    "RefusedError",
    "add_note",
    "change_log",
    "events_of",
    "following",
    "hold",
    "known",
    "mark",
    "notes_of",
    "plan",
    "rebuilt",
    "replace_files",
    "replaced",
    "snapshot",
    "Picture",
    "edition_changes",
    "picture",
    "total_changes",
    "version_changes",
    "Edition",
    "assemble",
    "board",
    "counts",
    "earlier",
    "edition_number",
    "editions",
    "explanations_of",
    "extracts",
    "findings_of",
    "mark_consolidated",
    "register_edition",
    "statuses",
    "unidentified",
    "unit_versions",
]
