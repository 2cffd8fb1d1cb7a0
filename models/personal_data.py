"""Which columns hold personal data of customers, and of every other why it holds none: a new column is placed here."""

from collections.abc import Mapping

PERSONAL: Mapping[str, str] = {
    "message_contents.values": "what a message says: names, addresses, telephone and contract numbers, free words",
    "bulk_files.name": "a file may be called after a customer",
    "bulk_files.problems": "words of a file without a header are those of a customer",
    "bulk_pieces.data": "the bytes of a file",
    "bulk_rows.values": "what a row of a file says",
    "bulk_rows.problems": "the value that is wrong stands in it",
    "form_drafts.values": "what a person typed into a form",
    "form_drafts.file": "the bytes of a file that was to be sent with it",
    "grid_findings.findings": "the grid operator's words may hold anything",
}
"""Encrypted where they are stored, and why. Nothing is searched for in them."""

_NUMBER = "a number or key of the hub: searched for, and tells of nobody without the grid operator's or retailer's book"
_MOMENT = "a moment or a day"
_WORD = "a code, a count, or a mark of the hub's own"
_COMPANY = "a company, or what it is reached by"
_STAFF = "of the companies' own people, not of customers: held by rights"
_OWN_WORDS = "written by the hub's own people or by itself, about areas, rules or failures"
_BY_KEY = "holds keys and codes; what a customer is called stands in message_contents alone"
_ON_RECORD = "append-only, so never encrypted anew; who obtained a consent is of the retailer, no customer"

_PLACED: Mapping[str, Mapping[str, str]] = {
    "absent_areas": {"area": _WORD, "since until noted_at": _MOMENT, "reason": _OWN_WORDS},
    "applications": {
        "number case_number point_number": _NUMBER,
        "kind area segment state in_flight meter_work": _WORD,
        "retailer_code filed_under": _COMPANY,
        "effective_date received_at matched_at completed_at changed_at": _MOMENT,
    },
    "bulk_files": {
        "number check_key": _NUMBER,
        "kind segment size state finished_before rows faulty done refused": _WORD,
        "digest": "SHA-256 of the whole file: tells whether it is the same one",
        "summary": "counts by code and retailer",
        "retailer_code": _COMPANY,
        "uploaded_by confirmed_by stopped_by source_address": _STAFF,
        "uploaded_at checked_at confirmed_at running_since ended_at rows_forgotten_at": _MOMENT,
        "stopped_why": _OWN_WORDS,
    },
    "bulk_pieces": {"number place": _NUMBER},
    "bulk_rows": {
        "number line given_number": _NUMBER,
        "outcome tries": _WORD,
        "tried_at": _MOMENT,
        "refusal": "says rules and fields, and no value",
    },
    "business_clock": {"id ahead": _WORD},
    "case_assignments": {"case_number": _NUMBER, "retailer_code": _COMPANY, "user_id given_by": _STAFF},
    "case_history": {
        "case_number step cause": _NUMBER,
        "kind actor": _WORD,
        "details state": _BY_KEY,
        "at": _MOMENT,
    },
    "cases": {
        "case_number point_number content_key decision_key start_number end_number step version": _NUMBER,
        "application_kind segment area phase due_rule new_duty current_duty operator_duty decision rejection_reasons"
        " start_state end_state gives_way": _WORD,
        "state": _BY_KEY,
        "new_retailer current_retailer": _COMPANY,
        "registered_at changed_at ended_at due_at decided_at wished_date effective_date decision_due cut_off": _MOMENT,
    },
    "case_volume_changes": {
        "id cases": _WORD,
        "segment area application_kind phase rejection_reasons decided_in": _WORD,
        "new_retailer current_retailer": _COMPANY,
        "day": _MOMENT,
    },
    "case_volumes": {"book key figure segment area cases": _WORD, "owner": _COMPANY, "day": _MOMENT},
    "certificate_changes": {
        "id use_case": _WORD,
        "issuer serial retailer_code": _COMPANY,
        "by_user source_address": _STAFF,
        "reason details": _OWN_WORDS,
        "at": _MOMENT,
    },
    "client_certificates": {
        "issuer serial certificate_id fingerprint successor_issuer successor_serial": _NUMBER,
        "retailer_code source_addresses": _COMPANY,
        "purpose warned_days": _WORD,
        "device holder": _STAFF,
        "registered_at expires_at revoked_at replaced_until": _MOMENT,
    },
    "data_changes": {
        "id subject message_id batch": _NUMBER,
        "at at_real": _MOMENT,
        "retailer_code": _COMPANY,
        "interface_number purpose": _WORD,
        "source_address user_id": _STAFF,
        "what": _OWN_WORDS,
    },
    "data_reads": {
        "id subject message_id batch": _NUMBER,
        "at at_real": _MOMENT,
        "retailer_code": _COMPANY,
        "interface_number purpose": _WORD,
        "source_address user_id": _STAFF,
        "consent": _ON_RECORD,
    },
    "deadline_rules": {
        "id segment what business_days calendar_days amount": _WORD,
        "citation reason": _OWN_WORDS,
        "valid_from noted_at": _MOMENT,
    },
    "deliveries": {
        "case_number run_id failures": _NUMBER,
        "registered_at_real started_at_real next_try_at_real": _MOMENT,
        "last_error": _OWN_WORDS,
    },
    "form_drafts": {"user_id": _STAFF, "form": _NUMBER, "kept_at": _MOMENT},
    "grid_findings": {"id application_number revision cause": _NUMBER, "noted_at": _MOMENT},
    "login_events": {"id outcome": _WORD, "user_id source_address": _STAFF, "at": _MOMENT},
    "login_guards": {"user_id": _STAFF, "failures": _WORD, "locked_until": _MOMENT},
    "login_sessions": {"token_hash user_id browser source_address": _STAFF, "began_at last_seen_at": _MOMENT},
    "mail_intents": {
        "id case_number step certificate": _NUMBER,
        "kind attempts": _WORD,
        "retailer_code address": _COMPANY,
        "created_at sent_at undeliverable_at next_try_at": _MOMENT,
        "last_error": _OWN_WORDS,
    },
    "message_contents": {"key": _NUMBER, "masked_at": _MOMENT},
    "messages": {
        "key message_id case_number seq": _NUMBER,
        "retailer_code": _COMPANY,
        "interface_number": _WORD,
        "user_id": _STAFF,
        "digest": "an HMAC: nothing can be tried against it without its key",
        "stored_at stored_at_real answered_at": _MOMENT,
        "command answer": _BY_KEY,
    },
    "participants": {
        "code name role area result_mail": _COMPANY,
        "valid_from valid_to api_from certificates_stopped_at": _MOMENT,
    },
    "paused_areas": {"area": _WORD, "since": _MOMENT, "reason": _OWN_WORDS},
    "recent_items": {"user_id": _STAFF, "number": _NUMBER, "seen_at": _MOMENT},
    "record_batches": {"number": _NUMBER, "opened_at": _MOMENT},
    "record_seals": {
        "number batch ends_batch row_ids": _NUMBER,
        "kind reads changes": _WORD,
        "previous root hash leaves": "hashes of records, which hold no more than the records do",
        "opened_at sealed_at": _MOMENT,
    },
    "retailer_roles": {"id name grants retailer_code": _COMPANY},
    "saved_views": {"user_id name query": _STAFF},
    "untold_news": {"id case_number cause": _NUMBER, "kind": _WORD, "news": _BY_KEY, "noted_at_real": _MOMENT},
    "user_mails": {
        "id kind attempts": _WORD,
        "user_id": _STAFF,
        "created_at sent_at given_up_at next_try_at": _MOMENT,
        "last_error": _OWN_WORDS,
    },
    "users": {
        "user_id name email contractor device password_hash": _STAFF,
        "role hub_roles own_role_id enabled must_change_password dense_lists shortcuts": _WORD,
        "retailer_code": _COMPANY,
        "registered_at last_used_at works_until removed_at": _MOMENT,
    },
    "watch_cursors": {"area segment": _WORD, "heard_until caught_up_at": _MOMENT},
}

NOT_OF_CUSTOMERS: Mapping[str, str] = {
    f"{table}.{column}": why
    for table, columns in _PLACED.items()
    for names, why in columns.items()
    for column in names.split()
}
"""Every other column, and why it is not encrypted."""
