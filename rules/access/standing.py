"""As what somebody comes to the hub, and what that gives them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from rules.access.function_groups import GROUP_OF, IN_ANY_GROUP, Access, FunctionGroup
from rules.access.use_cases import UseCase
from schemas.codes import Code, HubRole, Segment, UserRole


class Capacity(Code):
    """As what somebody may do something: a column of the table of rights."""

    SYSTEM = "system", "小売電気事業者のシステム"
    READING = "reading", "小売電気事業者の利用者(参照)"
    ACTING = "acting", "小売電気事業者の利用者(実行)"
    ADMINISTRATOR = "administrator", "小売電気事業者の管理者"
    DESK = "desk", "広域機関(窓口)"
    OPERATIONS = "operations", "広域機関(運用)"
    SECURITY = "security", "広域機関(セキュリティ)"
    APPROVER = "approver", "広域機関(承認)"
    AUDITOR = "auditor", "広域機関(監査)"
    MAINTAINER = "maintainer", "システムの保守担当者"


_COVERED: Mapping[Access, frozenset[Capacity]] = {
    Access.READ: frozenset({Capacity.READING}),
    Access.ACT: frozenset({Capacity.READING, Capacity.ACTING}),
}
HUB_CAPACITY_OF: Mapping[HubRole, Capacity] = {
    HubRole.DESK: Capacity.DESK,
    HubRole.OPERATIONS: Capacity.OPERATIONS,
    HubRole.SECURITY: Capacity.SECURITY,
    HubRole.APPROVER: Capacity.APPROVER,
    HubRole.AUDITOR: Capacity.AUDITOR,
}


@dataclass(frozen=True)
class Grant:
    """The right of a retailer's person to a group of functions in one segment."""

    group: FunctionGroup
    segment: Segment
    access: Access


@dataclass(frozen=True)
class Standing:
    """In which capacities somebody comes; a retailer's person by what was granted, group by group."""

    capacities: frozenset[Capacity] = frozenset()
    """Those that hold whatever is asked for."""
    grants: frozenset[Grant] = frozenset()

    def comes_as_any(self, whose: frozenset[Capacity], *, use_case: UseCase, segment: Segment | None) -> bool:
        """Tell whether a use case that is ``whose`` is this one's, in a segment or, for None, in any."""
        if self.capacities & whose:
            return True
        return any(_COVERED[grant.access] & whose for grant in self._grants_for(use_case, segment))

    def segments_of(self, *groups: FunctionGroup) -> frozenset[Segment]:
        """Give the segments in which some of these groups may at least be read."""
        return frozenset(grant.segment for grant in self.grants if grant.group in groups)

    def _grants_for(self, use_case: UseCase, segment: Segment | None) -> Iterator[Grant]:
        group = GROUP_OF.get(use_case)
        if group is None and use_case not in IN_ANY_GROUP:
            return
        for grant in self.grants:
            if group in (None, grant.group) and segment in (None, grant.segment):
                yield grant


def everywhere(access: Access) -> frozenset[Grant]:
    """Grant all groups in all segments."""
    return frozenset(Grant(group, segment, access) for group, segment in product(FunctionGroup, Segment))


def hub_standing(roles: frozenset[HubRole]) -> Standing:
    """Give the standing of somebody of the hub operator's."""
    return Standing(frozenset(HUB_CAPACITY_OF[role] for role in roles))


EVERY_HUB_ROLE = hub_standing(frozenset(HubRole))
USUAL: Mapping[UserRole, Standing] = {
    UserRole.RETAILER_STAFF: Standing(grants=everywhere(Access.READ)),
    UserRole.RETAILER_DECIDER: Standing(grants=everywhere(Access.ACT)),
    UserRole.RETAILER_ADMINISTRATOR: Standing(frozenset({Capacity.ADMINISTRATOR}), everywhere(Access.READ)),
}
"""What the roles give that every retailer has; what its own give (:attr:`UserRole.RETAILER_OWN`) it defines itself."""
