"""What a participant or the hub operator can do with the hub."""

from schemas.codes import Code


class UseCase(Code):
    """One thing that somebody can do, whichever face they come in by."""

    INQUIRE_FACILITY = "inquire_facility", "設備情報照会"
    APPLY_FOR_USAGE = "apply_for_usage", "使用量情報照会申請"
    INQUIRE_USAGE = "inquire_usage", "使用量情報照会"
    RE_ENERGISE = "re_energise", "再点"
    END_SUPPLY = "end_supply", "廃止・撤去"
    FILE_START_APPLICATION = "file_start_application", "スイッチング開始申請"
    FILE_END_APPLICATION = "file_end_application", "スイッチング廃止申請"
    CHANGE_CUSTOMER_DETAILS = "change_customer_details", "需要者情報変更"
    CHANGE_PRODUCER_DETAILS = "change_producer_details", "発電者情報変更"
    CHANGE_AMPERES = "change_amperes", "アンペア変更"
    ASK_STATUS = "ask_status", "業務処理状況確認"
    LIST_STATUSES = "list_statuses", "業務処理状況確認(複数件)"
    REGISTER_REFERRAL = "register_referral", "スイッチング廃止取次登録"
    READ_REFERRAL_RESULTS = "read_referral_results", "スイッチング廃止取次結果照会"
    READ_REFERRAL_INBOX = "read_referral_inbox", "スイッチング廃止取次照会"
    DECIDE_REFERRAL = "decide_referral", "スイッチング廃止取次判断"
    LIST_PARTICIPANTS = "list_participants", "事業者一覧取得"

    ASSIGN_REFERRAL = "assign_referral", "取次の担当決め"
    BULK_REGISTER_REFERRALS = "bulk_register_referrals", "スイッチング廃止取次一括登録"
    BULK_FILE_START_APPLICATIONS = "bulk_file_start_applications", "スイッチング開始一括申請"
    BULK_DECIDE_REFERRALS = "bulk_decide_referrals", "スイッチング廃止取次一括判断"
    BULK_FILE_END_APPLICATIONS = "bulk_file_end_applications", "スイッチング廃止一括申請"
    CONFIRM_BULK_FILE = "confirm_bulk_file", "一括処理の実行"
    STEER_BULK_FILE = "steer_bulk_file", "一括処理の中断・再開・中止"
    SEE_BULK_FILES = "see_bulk_files", "一括処理を画面で見る"

    SEE_CASES = "see_cases", "案件を画面で見る"
    SEE_ALL_CASES = "see_all_cases", "すべての事業者の案件を見る"
    SEE_VOLUMES = "see_volumes", "集計を見る"

    SUSPEND = "suspend", "期限の停止"
    RESUME = "resume", "期限の再開"
    SUCCEED = "succeed", "承継"
    CLOSE = "close", "広域機関による終了"
    RECORD = "record", "連絡の記録"
    END_PARTICIPATION = "end_participation", "小売電気事業者の退出"

    SEE_AREAS = "see_areas", "エリアごとの呼び出し方を見る"
    CHANGE_AREA = "change_area", "エリアの呼び出し方を変える"
    SEE_DEADLINE_RULES = "see_deadline_rules", "期限の規則を見る"
    SET_DEADLINE_RULE = "set_deadline_rule", "期限の規則を定める"
    RECONCILE = "reconcile", "記録の突き合わせ"
    REBUILD = "rebuild", "読み取り用の記録の書き直し"
    WAKE = "wake", "終わっていない案件の見直し"
    MOVE_CLOCK = "move_clock", "業務日時を進める"
