"""12110 スイッチング廃止取次登録: 登録, 訂正 and 取消 through the SOAP face's handler."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.clock import business_now, move_clock
from models.database import Database
from models.deadlines.operations import set_deadline_rule
from rules.calendar import add_business_days, day_of, end_of
from rules.deadlines import DeadlineTopic, Period
from schemas.codes import CasePhase, Segment
from schemas.findings import Refused
from schemas.interfaces.referral import ReferralRequest
from schemas.refusal_codes import RefusalCode
from tests.support.callers import CURRENT_RETAILER, NEW_RETAILER, OTHER_RETAILER, ask
from tests.support.cast import SECOND_POINT, consent
from tests.support.database_contents import rows
from tests.support.hub import Hub
from tests.support.moments import soon
from tests.support.referrals import amendment_request, open_case, referral_request, withdrawal_request
from usecases.hub import Hub as Parts
from usecases.referral import register_referral


@pytest.fixture
def wished_date(retailers: Database) -> date:
    with retailers.transaction() as session:
        return soon(session)


@pytest.fixture
def registration(wished_date: date) -> ReferralRequest:
    return referral_request(wished_date=wished_date)


class TestRegistering:
    def test_the_answer_names_the_case_and_its_deadlines(self, parts: Parts, registration: ReferralRequest) -> None:
        response = ask(register_referral, registration, NEW_RETAILER, parts)

        assert response.message_id == registration.message_id
        assert response.case_number.startswith("SW03L")
        assert (response.case_phase, response.case_phase_name) == (CasePhase.AWAITING_DECISION, "判断待ち")
        assert response.version == 1
        assert response.processed_at < response.decision_due < response.application_cut_off
        assert response.wished_date == registration.wished_date

    def test_a_new_case_is_to_be_started_and_a_repeat_starts_nothing(
        self, parts: Parts, registration: ReferralRequest
    ) -> None:
        started: list[str] = []
        starting = replace(parts, start=started.append)

        first = ask(register_referral, registration, NEW_RETAILER, starting)
        second = ask(register_referral, registration, NEW_RETAILER, starting)

        assert second == first
        assert started == [first.case_number]

    def test_a_refusal_is_final_and_starts_nothing(self, parts: Parts) -> None:
        started: list[str] = []
        request = referral_request(wished_date=date(2026, 1, 15))

        refusals = []
        for _ in range(2):
            with pytest.raises(Refused) as refused:
                ask(register_referral, request, NEW_RETAILER, replace(parts, start=started.append))
            refusals.append(refused.value.refusal)

        assert refusals[0] == refusals[1]
        assert refusals[0].code is RefusalCode.BUSINESS
        assert [finding.rule for finding in refusals[0].findings] == ["earliest-effective-date"]
        assert started == []

    def test_another_retailer_hears_of_an_open_procedure_and_nothing_more(
        self, parts: Parts, registration: ReferralRequest, wished_date: date
    ) -> None:
        case_number = ask(register_referral, registration, NEW_RETAILER, parts).case_number

        with pytest.raises(Refused) as refused:
            ask(register_referral, referral_request(wished_date=wished_date), OTHER_RETAILER, parts)

        assert refused.value.refusal.code is RefusalCode.POINT_BUSY
        assert case_number not in str(refused.value.refusal)

    def test_its_deadlines_are_those_of_the_profile_the_hub_is_set_to(
        self, parts: Parts, registration: ReferralRequest
    ) -> None:
        same_day = replace(parts, deadline_profile="demo")

        response = ask(register_referral, registration, NEW_RETAILER, same_day)

        assert response.application_cut_off == end_of(registration.wished_date)  # type: ignore[arg-type]

    def test_a_rule_set_for_tomorrow_holds_for_what_is_registered_from_then_on(
        self, parts: Parts, registration: ReferralRequest, wished_date: date
    ) -> None:
        with parts.database.transaction() as session:
            now = business_now(session)
            set_deadline_rule(
                session,
                segment=Segment.LOW_VOLTAGE,
                topic=DeadlineTopic.DECISION,
                value=Period(4),
                valid_from=day_of(now) + timedelta(days=1),
                citation="規程第3条",
                reason="改定",
            )
        today = ask(register_referral, registration, NEW_RETAILER, parts)
        with parts.database.transaction() as session:
            tomorrow = move_clock(session, by=timedelta(days=1))
        another = referral_request(wished_date=wished_date, point_number=SECOND_POINT)

        response = ask(register_referral, another, NEW_RETAILER, parts)

        assert today.decision_due == end_of(add_business_days(day_of(now), 2, parts.calendar))
        assert response.decision_due == end_of(add_business_days(day_of(tomorrow), 4, parts.calendar))


class TestAmending:
    def test_the_version_rises(self, working_parts: Parts, hub: Hub, wished_date: date) -> None:
        case_number, later = hub.open(), wished_date + timedelta(days=7)

        response = ask(
            register_referral, amendment_request(case_number, wished_date=later), NEW_RETAILER, working_parts
        )

        assert (response.version, response.wished_date) == (2, later)

    def test_its_deadlines_are_counted_by_the_rules_of_the_day_it_was_registered_on(
        self, working_parts: Parts, hub: Hub, wished_date: date
    ) -> None:
        case_number = hub.open()
        with hub.database.transaction() as session:
            set_deadline_rule(
                session,
                segment=Segment.LOW_VOLTAGE,
                topic=DeadlineTopic.DECISION,
                value=Period(9),
                valid_from=day_of(business_now(session)) + timedelta(days=1),
                citation="規程第3条",
                reason="改定",
            )
        hub.move_clock_to(hub.state(case_number).decision_due - timedelta(hours=1))

        response = ask(
            register_referral, amendment_request(case_number, wished_date=wished_date), NEW_RETAILER, working_parts
        )

        restarted = add_business_days(day_of(response.processed_at), 2, working_parts.calendar)
        assert response.decision_due == end_of(restarted)

    def test_a_consent_of_tomorrow_is_refused_for_good_as_at_the_registration(
        self, parts: Parts, retailers: Database, wished_date: date
    ) -> None:
        case_number = open_case(retailers)
        before = rows(retailers, "SELECT state FROM cases")
        future = replace(consent(), obtained_on=wished_date)
        request = amendment_request(case_number, wished_date=wished_date, consent=future)

        for _ in range(2):  # the answer is kept, also once that day has come
            with pytest.raises(Refused) as refused:
                ask(register_referral, request, NEW_RETAILER, parts)
            assert refused.value.refusal.code is RefusalCode.BUSINESS
            assert [finding.field for finding in refused.value.refusal.findings] == ["consent/obtainedOn"]
            with retailers.transaction() as session:
                move_clock(session, by=timedelta(days=60))
        with pytest.raises(Refused) as other:
            ask(register_referral, replace(request, consent=consent()), NEW_RETAILER, parts)
        assert other.value.refusal.code is RefusalCode.SAME_ID_OTHER_CONTENT
        assert rows(retailers, "SELECT state FROM cases") == before


class TestWithdrawing:
    def test_a_case_without_decision_ends_at_once(self, working_parts: Parts, hub: Hub) -> None:
        response = ask(register_referral, withdrawal_request(hub.open()), NEW_RETAILER, working_parts)

        assert response.case_phase is CasePhase.WITHDRAWN

    def test_only_the_new_retailer_may(self, parts: Parts, retailers: Database) -> None:
        case_number = open_case(retailers)

        for caller in (CURRENT_RETAILER, OTHER_RETAILER):
            with pytest.raises(Refused) as refused:
                ask(register_referral, withdrawal_request(case_number), caller, parts)
            assert refused.value.refusal.code is RefusalCode.NO_SUCH_CASE
