"""What the requests of the grid operators' interfaces have; their classes are derived from the catalogue as it runs."""

from datetime import date, datetime
from typing import Protocol

from schemas.codes import ApplicationKind, ApplicationState, Area, ProcessKind


class GridRequest(Protocol):
    """Of every interface."""

    @property
    def message_id(self) -> str: ...

    @property
    def retailer_code(self) -> str:
        """In whose name the hub asks."""
        ...


class FilingRequest(GridRequest, Protocol):
    """Of an application: 登録, 訂正 and 取消."""

    @property
    def application_number(self) -> str: ...

    @property
    def process_kind(self) -> ProcessKind: ...

    @property
    def filed_on(self) -> date | None: ...


class StatusRequest(GridRequest, Protocol):
    """Of 業務処理状況確認."""

    @property
    def application_number(self) -> str: ...


class StatusListRequest(GridRequest, Protocol):
    """Of 11110."""

    @property
    def area(self) -> Area: ...

    @property
    def changed_since(self) -> datetime | None: ...

    @property
    def changed_before(self) -> datetime | None: ...

    @property
    def application_kind(self) -> ApplicationKind | None: ...

    @property
    def application_state(self) -> ApplicationState | None: ...

    @property
    def cursor(self) -> str | None: ...


class PointRequest(GridRequest, Protocol):
    """Of 10110."""

    @property
    def point_number(self) -> str: ...


class UsageRequest(PointRequest, Protocol):
    """Of 10310."""

    @property
    def usage_password(self) -> str: ...

    @property
    def half_hourly_from(self) -> date | None: ...

    @property
    def half_hourly_to(self) -> date | None: ...
