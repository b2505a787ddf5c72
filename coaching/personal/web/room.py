"""What the panel of one's own data says, in whichever portal: the archive, what is kept, what was asked."""

from coaching.jobs.access import job_of
from coaching.kernel.viewer import Portal, Viewer
from coaching.vault.access import pair_of

from .. import access
from ..limits import left_out
from ..services.exporting import JOB

ASKING = (Portal.COACHEE, Portal.ORGANISATION)  # those of whom coaches keep a row


def panel(viewer: Viewer) -> dict:
    """For a page « Mes données »: the same in every portal, with what that portal has."""
    export = access.export_of(viewer)
    asking = viewer.portal in ASKING
    return {
        "export": export,
        "job": job_of(JOB, export.ref) if export else None,
        "kept": access.kept_of(viewer),
        "corrections": list(access.corrections_for(viewer)[:20]) if asking else [],
        "erasures": list(access.erasures_for(viewer)[:20]) if asking else [],
        "left_out": left_out(viewer.portal),
        "urls": urls_of(viewer.portal),
        "asking": asking,
        "pair": pair_of(viewer.user_id),
    }


def urls_of(portal: Portal) -> dict[str, str]:
    """The names of the portal's own addresses, for templates that all portals share."""
    names = [
        "data",
        "name",
        "export",
        "export_progress",
        "export_download",
        "correct",
        "correction_withdraw",
        "erase",
        "erasure_withdraw",
    ]
    return {name: f"{portal.value}_{name}" for name in names}
