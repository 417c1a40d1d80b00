"""One audience picked from a kit."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.errors import At, ExitCode, Problem, WorkshopError, did_you_mean
from workshop.model.meta import EVERYBODY, AudienceMeta
from workshop.model.source import AudienceSource, Content


# The audience that a kit is planned for, and the keys of its file that replace the kit's.
def pick_audience(content: Content, asked: str) -> AudienceSource:
    """Return the audience asked for by id, or the kit's default for "".

    Raises:
        WorkshopError: for an id that no audience of the kit has.
    """
    known = {audience.id: audience for audience in content.audiences}
    name = asked or content.meta.audience
    if name in known:
        return known[name]
    if asked and known:
        problem = Problem(
            f"there is no audience '{asked}'", None, hint=did_you_mean(asked, known), code="unknown-audience"
        )
        raise WorkshopError(problem, ExitCode.CONTENT)
    if known and name != EVERYBODY:
        return content.audiences[0]  # the file names an unknown audience, which was reported
    return AudienceSource(name, AudienceMeta(), At(""))


def for_audience(content: Content, audience: AudienceSource) -> Content:
    """Return the content with the audience's own subtitle, occasion, clock, people and look.

    A single file is left unchanged: the audiences that it borrows belong to another workshop.
    """
    if not content.is_kit:
        return content
    shared = {name for name, _ in content.meta} - {"title", "blocks", "minutes"}
    said = {name: value for name, value in audience.meta if name in shared}
    said |= {"minutes": audience.meta.slot}
    return replace(content, meta=content.meta.but(**{key: own for key, own in said.items() if own is not None}))
