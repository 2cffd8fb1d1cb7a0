"""The table of rights, held to what is written here: use case by use case, as what, and in which segments."""

import pytest

from rules.access.function_groups import GROUP_OF, IN_ANY_GROUP, Access, FunctionGroup
from rules.access.rights import RIGHTS, Denial, NotAllowed, demand, denial
from rules.access.roles import Role
from rules.access.standing import EVERY_HUB_ROLE, USUAL, Capacity, Grant, Standing, everywhere
from rules.access.use_cases import UseCase
from schemas.catalogue import SEGMENTS
from schemas.codes import Segment, UserRole

EXPECTED = """
                              whose   segments  in a case         alone
inquire_facility              S R D   L - F -   -                 -
apply_for_usage               S D     L K - -   -                 applicant
inquire_usage                 S R D   L K - -   -                 -
re_energise                   S D     L - F -   -                 applicant
end_supply                    S D     L K F -   -                 applicant
file_start_application        S D     L K F -   new_retailer      applicant
file_end_application          S D     L K F -   current_retailer  applicant
change_customer_details       S D     L K - -   -                 applicant
change_producer_details       S D     - - F -   -                 applicant
change_amperes                S D     L - - -   -                 applicant
ask_status                    S R D   L K F -   -                 -
list_statuses                 S R D   L K F -   -                 -
register_referral             S D     L K F -   new_retailer      -
read_referral_results         S R D   L K F -   -                 -
read_referral_inbox           S R D   L K F -   -                 -
decide_referral               S D     L K F -   current_retailer  -
list_participants             S R D   - - - C   -                 -
bulk_register_referrals       D       L K F -   -                 -
bulk_file_start_applications  D       L K F -   -                 -
bulk_decide_referrals         D       L K F -   -                 -
bulk_file_end_applications    D       L K F -   -                 -
confirm_bulk_file             D       L K F C   -                 -
steer_bulk_file               D P     L K F C   -                 -
see_bulk_files                R D O   L K F C   -                 -
assign_referral               D       L K F C   -                 -
see_cases                     R D O   L K F C   -                 -
see_all_cases                 O       L K F C   -                 -
see_volumes                   R D O   L K F C   -                 -
see_users                     A       L K F C   -                 -
register_user                 A       L K F C   -                 -
register_users                A       L K F C   -                 -
change_user                   A       L K F C   -                 -
remove_user                   A       L K F C   -                 -
unlock_user                   A X     L K F C   -                 -
enable_user                   A       L K F C   -                 -
reissue_password              A X     L K F C   -                 -
set_user_rights               A       L K F C   -                 -
disable_unused_users          P M     L K F C   -                 -
appoint_administrator         X       L K F C   -                 -
suspend                       W       L K F C   hub_operator      hub_operator
resume                        W       L K F C   hub_operator      hub_operator
succeed                       V       L K F C   hub_operator      hub_operator
close                         V       L K F C   hub_operator      hub_operator
record                        W       L K F C   hub_operator      hub_operator
end_participation             V       L K F C   hub_operator      hub_operator
see_areas                     O M     L K F C   -                 -
change_area                   P M     L K F C   -                 -
see_deadline_rules            O M     L K F C   -                 -
set_deadline_rule             V M     L K F C   -                 -
search_records                A X U   L K F C   -                 -
prove_records                 P X U M L K F C   -                 -
see_misuse                    X U     L K F C   -                 -
reconcile                     P M     L K F C   -                 -
rebuild                       P M     L K F C   -                 -
mask                          P M     L K F C   -                 -
see_data_keys                 P M     L K F C   -                 -
encrypt_anew                  P M     L K F C   -                 -
wake                          P M     L K F C   -                 -
move_clock                    P M     L K F C   -                 -
see_certificates              O M     L K F C   -                 -
register_certificate          X       L K F C   -                 -
replace_certificate           X       L K F C   -                 -
change_certificate            X       L K F C   -                 -
revoke_certificate            X       L K F C   -                 -
stop_certificates             X       L K F C   -                 -
allow_certificates            X       L K F C   -                 -
set_api_start                 W       L K F C   -                 -
warn_of_certificates          P M     L K F C   -                 -
"""
CAPACITIES = {
    "S": Capacity.SYSTEM,
    "R": Capacity.READING,
    "D": Capacity.ACTING,
    "A": Capacity.ADMINISTRATOR,
    "W": Capacity.DESK,
    "P": Capacity.OPERATIONS,
    "X": Capacity.SECURITY,
    "V": Capacity.APPROVER,
    "U": Capacity.AUDITOR,
    "M": Capacity.MAINTAINER,
}
EVERY_HUB_LETTER = "W P X V U"
"""What O stands for."""
STANDINGS = {
    Capacity.READING: Standing(grants=everywhere(Access.READ)),
    Capacity.ACTING: Standing(grants=everywhere(Access.ACT)),
}
"""Of a retailer's person; everybody else comes as what they are."""
LETTERS: dict[str, Segment | None] = {
    "L": Segment.LOW_VOLTAGE,
    "K": Segment.HIGH_VOLTAGE,
    "F": Segment.LOW_VOLTAGE_FIT,
    "C": None,
}
ROWS = {line.split()[0]: line[30:] for line in EXPECTED.strip().splitlines()[1:]}
ALL = [(use_case, capacity, segment) for use_case in UseCase for capacity in Capacity for segment in SEGMENTS]


def expected(use_case: UseCase) -> tuple[set[Capacity], set[Segment | None], Role | None, Role | None]:
    row = ROWS[use_case.value]
    whose, segments, roles = row[:8].replace("O", EVERY_HUB_LETTER).split(), row[8:18].split(), row[18:].split()
    in_case, alone = (None if role == "-" else Role(role) for role in roles)
    return (
        {CAPACITIES[letter] for letter in whose},
        {LETTERS[letter] for letter in segments if letter != "-"},
        in_case,
        alone,
    )


def test_no_use_case_is_without_a_row() -> None:
    assert set(RIGHTS) == set(UseCase)
    assert set(ROWS) == {use_case.value for use_case in UseCase}


@pytest.mark.parametrize(("use_case", "capacity", "segment"), ALL)
def test_who_may_do_what_and_how_the_others_are_denied(
    use_case: UseCase, capacity: Capacity, segment: Segment | None
) -> None:
    whose, segments, _, _ = expected(use_case)
    why = Denial.RIGHT if capacity not in whose else None if segment in segments else Denial.SEGMENT

    standing = STANDINGS.get(capacity, Standing(frozenset({capacity})))

    assert denial(use_case, capacity=standing, segment=segment) is why


@pytest.mark.parametrize("use_case", UseCase)
def test_from_which_side_it_acts(use_case: UseCase) -> None:
    _, _, in_case, alone = expected(use_case)

    assert (RIGHTS[use_case].role, RIGHTS[use_case].role_alone) == (in_case, alone)


def test_who_is_denied_is_told_what_and_why() -> None:
    with pytest.raises(NotAllowed) as denied:
        demand(UseCase.CLOSE, capacity=USUAL[UserRole.RETAILER_DECIDER], segment=None)

    assert str(denied.value) == "広域機関による終了: この操作の権限がありません。"


def granted(group: FunctionGroup, access: Access, *segments: Segment) -> Standing:
    return Standing(grants=frozenset(Grant(group, segment, access) for segment in segments))


@pytest.mark.parametrize("group", FunctionGroup)
@pytest.mark.parametrize("access", Access)
def test_a_right_to_a_group_gives_what_is_of_the_group_in_its_segment_and_nothing_else(
    group: FunctionGroup, access: Access
) -> None:
    standing = granted(group, access, Segment.LOW_VOLTAGE)
    covered = {Capacity.READING} if access is Access.READ else {Capacity.READING, Capacity.ACTING}

    for use_case, right in RIGHTS.items():
        of_group = GROUP_OF.get(use_case) is group or use_case in IN_ANY_GROUP
        theirs = bool(right.whose & covered) and of_group
        for segment in right.segments:
            here = theirs and segment in (Segment.LOW_VOLTAGE, None)
            assert (denial(use_case, capacity=standing, segment=segment) is None) == here, (use_case, segment)


def test_who_may_read_the_inbox_may_not_decide_by_that() -> None:
    reader = granted(FunctionGroup.INBOX, Access.ACT, Segment.LOW_VOLTAGE)

    assert denial(UseCase.READ_REFERRAL_INBOX, capacity=reader, segment=Segment.LOW_VOLTAGE) is None
    assert denial(UseCase.DECIDE_REFERRAL, capacity=reader, segment=Segment.LOW_VOLTAGE) is Denial.RIGHT


def test_who_has_the_right_in_another_segment_alone_is_told_so() -> None:
    low = granted(FunctionGroup.DECISION, Access.ACT, Segment.LOW_VOLTAGE)

    denied = denial(UseCase.DECIDE_REFERRAL, capacity=low, segment=Segment.HIGH_VOLTAGE)

    assert (denied, denied and denied.value) == (Denial.RIGHT_HERE, "この区分での権限がありません。")


def test_nobody_may_anything_without_a_grant() -> None:
    assert not any(denial(use_case, capacity=Standing(), segment=None) is None for use_case in UseCase)


def test_what_people_of_retailers_may_is_in_one_group() -> None:
    of_people = {use_case for use_case, right in RIGHTS.items() if right.whose & {Capacity.READING, Capacity.ACTING}}

    assert set(GROUP_OF) | IN_ANY_GROUP == of_people


@pytest.mark.parametrize("use_case", UseCase)
def test_the_hub_operators_people_have_among_them_what_the_hub_operator_may(use_case: UseCase) -> None:
    theirs = RIGHTS[use_case].whose & EVERY_HUB_ROLE.capacities

    assert bool(theirs) == (denial(use_case, capacity=EVERY_HUB_ROLE, segment=None) is not Denial.RIGHT)
