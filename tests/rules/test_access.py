"""The table of rights, held to what is written here: use case by use case, as what, and in which segments."""

import pytest

from rules.access.rights import RIGHTS, Capacity, Denial, NotAllowed, demand, denial
from rules.access.roles import Role
from rules.access.use_cases import UseCase
from schemas.catalogue import SEGMENTS
from schemas.codes import Segment

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
steer_bulk_file               D O     L K F C   -                 -
see_bulk_files                R D O   L K F C   -                 -
assign_referral               D       L K F C   -                 -
see_cases                     R D O   L K F C   -                 -
see_all_cases                 O       L K F C   -                 -
see_volumes                   R D O   L K F C   -                 -
suspend                       O       L K F C   hub_operator      hub_operator
resume                        O       L K F C   hub_operator      hub_operator
succeed                       O       L K F C   hub_operator      hub_operator
close                         O       L K F C   hub_operator      hub_operator
record                        O       L K F C   hub_operator      hub_operator
end_participation             O       L K F C   hub_operator      hub_operator
see_areas                     O M     L K F C   -                 -
change_area                   O M     L K F C   -                 -
see_deadline_rules            O M     L K F C   -                 -
set_deadline_rule             O M     L K F C   -                 -
reconcile                     O M     L K F C   -                 -
rebuild                       O M     L K F C   -                 -
mask                          O M     L K F C   -                 -
see_data_keys                 O M     L K F C   -                 -
encrypt_anew                  O M     L K F C   -                 -
wake                          O M     L K F C   -                 -
move_clock                    O M     L K F C   -                 -
"""
CAPACITIES = {
    "S": Capacity.SYSTEM,
    "R": Capacity.STAFF,
    "D": Capacity.DECIDER,
    "O": Capacity.OPERATOR,
    "M": Capacity.MAINTAINER,
}
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
    whose, segments, roles = row[:8].split(), row[8:18].split(), row[18:].split()
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

    assert denial(use_case, capacity=capacity, segment=segment) is why


@pytest.mark.parametrize("use_case", UseCase)
def test_from_which_side_it_acts(use_case: UseCase) -> None:
    _, _, in_case, alone = expected(use_case)

    assert (RIGHTS[use_case].role, RIGHTS[use_case].role_alone) == (in_case, alone)


def test_who_is_denied_is_told_what_and_why() -> None:
    with pytest.raises(NotAllowed) as denied:
        demand(UseCase.CLOSE, capacity=Capacity.DECIDER, segment=None)

    assert str(denied.value) == "広域機関による終了: この操作の権限がありません。"
