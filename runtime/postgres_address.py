"""``DATABASE_URL`` as PostgreSQL's own library reads it, so that whatever the operator writes in it holds."""

import re
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

import psycopg2
from psycopg2.extensions import parse_dsn

_SCHEME = re.compile(r"^postgres(?:ql)?(?:\+psycopg2)?://")


def address_parts(url: str) -> dict[str, str]:
    """Split an address into libpq's parameters: hosts, ``options``, ``sslmode``, ``target_session_attrs`` and all.

    :raises ValueError: where it is none; its text quotes nothing, for an address holds a password.
    """
    if not _SCHEME.match(url):
        raise ValueError("must be postgresql://user:password@host/database")
    plain = _SCHEME.sub("postgresql://", url)
    try:
        parts = parse_dsn(plain)
        counts = Counter(name for name, _ in parse_qsl(urlsplit(plain).query, keep_blank_values=True))
    except (psycopg2.ProgrammingError, ValueError):
        raise ValueError("cannot be read as an address of PostgreSQL: an unknown parameter, or a wrong %?") from None
    twice = sorted(name for name, times in counts.items() if times > 1)
    if twice:
        raise ValueError(f"says more than once: {', '.join(twice)} (several hosts stand as host1:5432,host2:5432)")
    return dict(parts)
