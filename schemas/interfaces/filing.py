"""What applications to the grid operators have in common: when their elements are needed, and the parts they share."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from schemas import fields
from schemas.codes import ApplicationState, Flag, GenerationKind, PartialSupplyKind, ProcessKind
from schemas.contract import allowed_for, needed_for

CONTENT = needed_for(ProcessKind.REGISTER, ProcessKind.AMEND)
"""Marks what an application says: 登録 and 訂正 carry it whole, 取消 carries numbers alone."""
CONTENT_IF_ANY = allowed_for(ProcessKind.REGISTER, ProcessKind.AMEND)
"""Marks what an application may say."""
LATER = needed_for(ProcessKind.AMEND, ProcessKind.WITHDRAW)
"""Marks the number that the answer to the 登録 gave."""


@dataclass(frozen=True, kw_only=True)
class ApplicationReceipt:
    """The application is stored, and relayed as soon as the grid operator takes it."""

    message_id: Annotated[str, fields.MESSAGE_ID]
    application_number: Annotated[str, fields.APPLICATION_NUMBER]
    application_state: Annotated[ApplicationState, fields.APPLICATION_STATE]
    application_state_name: Annotated[str, fields.APPLICATION_STATE_NAME]
    processed_at: Annotated[datetime, fields.MOMENT.called("処理日時", "処理した業務日時。")]


@dataclass(frozen=True, kw_only=True)
class HighVoltageTerms:
    """What is contracted at a point of high voltage; that a power or kind goes with its flag is a business check."""

    contract_power: Annotated[int, fields.KILOWATTS.called("契約電力", "契約電力（kW）。高圧500kW未満の整数値。")]
    self_generation_backup: Annotated[
        Flag, fields.FLAG.called("自家補有無", "自家発補給電力の契約があるか。「有」のときは自家補電力も指定する。")
    ]
    self_generation_backup_power: Annotated[
        int | None, fields.KILOWATTS.called("自家補電力", "自家発補給電力の契約電力（kW）。")
    ]
    partial_supply: Annotated[
        Flag, fields.FLAG.called("部分供給有無", "部分供給か。「有」のときは部分供給の形態も指定する。")
    ]
    partial_supply_kind: Annotated[PartialSupplyKind | None, fields.PARTIAL_SUPPLY_KIND]


HIGH_VOLTAGE_TERMS = fields.group("高圧契約内容", "契約電力、自家補、部分供給。")


@dataclass(frozen=True, kw_only=True)
class GeneratingFacility:
    """What generates at a point of the feed-in scheme."""

    generation_kind: Annotated[GenerationKind, fields.GENERATION_KIND]
    generation_output: Annotated[int, fields.GENERATION_OUTPUT]


GENERATING_FACILITY = fields.group("発電設備", "発電設備の種別と出力。")


@dataclass(frozen=True, kw_only=True)
class PurchaseContract:
    """特定契約: the retailer that applies buys the energy, for as long as the facility's 調達期間 lasts."""

    facility_id: Annotated[str, fields.FACILITY_ID]
    contracted_on: Annotated[date, fields.DAY.called("特定契約締結日", "発電者と特定契約を結んだ日。")]
    procurement_ends_on: Annotated[date, fields.DAY.called("調達期間終了日", "調達期間の最後の日。")]


PURCHASE_CONTRACT = fields.group("特定契約", "発電者との特定契約の内容。")
