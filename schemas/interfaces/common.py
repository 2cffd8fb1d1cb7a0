"""What several interfaces share."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from schemas import fields
from schemas.codes import ConsentMethod


@dataclass(frozen=True, kw_only=True)
class Consent:
    """本人同意: without it a new retailer may not register, read or send personal data (terms §9.1)."""

    obtained_on: Annotated[date, fields.CONSENT_OBTAINED_ON]
    method: Annotated[ConsentMethod, fields.CONSENT_METHOD]
    obtained_by: Annotated[str, fields.CONSENT_OBTAINED_BY]


@dataclass(frozen=True, kw_only=True)
class GridFinding:
    """One thing a grid operator found wrong with an application (不備), or why it cancelled it (送配電取消)."""

    field: Annotated[str | None, fields.RULE_NAME.called("項目", "指摘された項目の名前。")]
    rule: Annotated[str, fields.RULE_NAME]
    message: Annotated[str, fields.FINDING_TEXT]


GRID_FINDINGS = fields.group("不備内容", "一般送配電事業者が指摘した不備。送配電取消ではその理由。", max_items=50)
