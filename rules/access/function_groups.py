"""The functions of the screens in the groups by which a retailer's people have rights (利用者権限設定)."""

from collections.abc import Mapping

from rules.access.use_cases import UseCase
from schemas.codes import Code


class FunctionGroup(Code):
    """Functions that are given to somebody together. To read the inbox and to decide are two."""

    SEARCH = "search", "照会"
    REFERRAL = "referral", "廃止取次(新小売)"
    INBOX = "inbox", "受信箱(現小売)"
    DECISION = "decision", "廃止取次判断(現小売)"
    APPLICATION = "application", "申請"
    FILES = "files", "一括処理"
    VOLUMES = "volumes", "集計"


class Access(Code):
    """How far a right goes. Who may act may read as well."""

    READ = "read", "参照"
    ACT = "act", "実行"


USE_CASES_OF: Mapping[FunctionGroup, frozenset[UseCase]] = {
    FunctionGroup.SEARCH: frozenset(
        {
            UseCase.INQUIRE_FACILITY,
            UseCase.APPLY_FOR_USAGE,
            UseCase.INQUIRE_USAGE,
            UseCase.ASK_STATUS,
            UseCase.LIST_STATUSES,
            UseCase.LIST_PARTICIPANTS,
        }
    ),
    FunctionGroup.REFERRAL: frozenset(
        {UseCase.REGISTER_REFERRAL, UseCase.BULK_REGISTER_REFERRALS, UseCase.READ_REFERRAL_RESULTS}
    ),
    FunctionGroup.INBOX: frozenset({UseCase.READ_REFERRAL_INBOX}),
    FunctionGroup.DECISION: frozenset(
        {UseCase.DECIDE_REFERRAL, UseCase.BULK_DECIDE_REFERRALS, UseCase.ASSIGN_REFERRAL}
    ),
    FunctionGroup.APPLICATION: frozenset(
        {
            UseCase.RE_ENERGISE,
            UseCase.END_SUPPLY,
            UseCase.FILE_START_APPLICATION,
            UseCase.FILE_END_APPLICATION,
            UseCase.CHANGE_CUSTOMER_DETAILS,
            UseCase.CHANGE_PRODUCER_DETAILS,
            UseCase.CHANGE_AMPERES,
            UseCase.BULK_FILE_START_APPLICATIONS,
            UseCase.BULK_FILE_END_APPLICATIONS,
        }
    ),
    FunctionGroup.FILES: frozenset({UseCase.CONFIRM_BULK_FILE, UseCase.STEER_BULK_FILE, UseCase.SEE_BULK_FILES}),
    FunctionGroup.VOLUMES: frozenset({UseCase.SEE_VOLUMES}),
}

IN_ANY_GROUP = frozenset({UseCase.SEE_CASES})
"""What comes with every group. Of which cases it is, the groups say (:func:`usecases.cases.scope_of`)."""

GROUP_OF: Mapping[UseCase, FunctionGroup] = {
    use_case: group for group, use_cases in USE_CASES_OF.items() for use_case in use_cases
}
