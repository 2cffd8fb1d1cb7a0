"""The customer's consent (本人同意), without which no personal data are sent or read (terms §9.1).

That it is declared the catalogue sees to; here is what the business time decides.
"""

from models.clock import business_now
from rules.procedure.consent import consent_findings
from rules.procedure.refusals import business
from schemas.findings import Finding, Refused
from schemas.interfaces.common import Consent
from usecases.hub import Hub


def check_consent(consent: Consent, *, message_id: str, hub: Hub, also: tuple[Finding, ...] = ()) -> None:
    """Refuse a consent that was not obtained yet. The message id is not taken by it.

    :param also: what else was found to speak against the request; it is told together with the consent.
    :raises Refused: HUB-B001.
    """
    with hub.database.transaction() as session:
        now = business_now(session)
    findings = (*consent_findings(obtained_on=consent.obtained_on, at=now), *also)
    if findings:
        raise Refused(business(*findings), message_id)
