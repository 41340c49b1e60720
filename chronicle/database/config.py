"""The three connections of a chronicle, from the environment.

`owner` migrates, `default` is the curators' desk, `published` is all that public pages may use. Each has its own
login, and the settings of that login are sent by the client too: a role may change its own for good.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dj_database_url
from psycopg import IsolationLevel

from chronicle.database.embedded import Server
from chronicle.database.roles import DESK, OWNER, READER, SESSION_SETTINGS

ENVIRONMENT = {"owner": "OWNER_DATABASE_URL", "default": "DATABASE_URL", "published": "PUBLISHED_DATABASE_URL"}
LOGINS = {"owner": OWNER, "default": DESK, "published": READER}
DATABASE = "chronicle"


class ConfigurationError(Exception):
    """The environment names some databases and not others; the message says which setting to add."""


def databases(environment: Mapping[str, str], *, data_dir: Path, site: str) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES: the embedded server's when no URL is set, otherwise those that the URLs name.

    With TRANSACTION_POOLING=1 the desk uses no cursors of the server, which outlive a transaction; public pages read in
    one transaction as it is. `site` is *both*, *desk* or *public*; a public site has no desk, and gets Django's empty
    `default`.
    """
    aliases = ("published",) if site == "public" else tuple(LOGINS)
    if not any(environment.get(variable) for variable in ENVIRONMENT.values()):
        found = {alias: _embedded(alias, data_dir=data_dir) for alias in aliases}
    else:
        found = _from_urls(environment, aliases=aliases)
    return {"default": {}, **found}


def is_embedded(found: Mapping[str, Mapping[str, Any]]) -> bool:
    """Return whether the databases are the embedded server's: a chronicle for trying, on one machine."""
    return all("DATA_DIR" in settings for settings in found.values() if settings)


def _embedded(alias: str, *, data_dir: Path) -> dict[str, Any]:
    cluster = data_dir / "postgres"
    return _connection(
        alias,
        {
            "ENGINE": "chronicle.database.engine",
            "NAME": DATABASE,
            "USER": LOGINS[alias],
            "HOST": str(Server(cluster).socket_dir),
            "DATA_DIR": str(cluster),
        },
    )


def _from_urls(environment: Mapping[str, str], *, aliases: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    found = {}
    pooled = environment.get("TRANSACTION_POOLING") == "1"
    for alias in aliases:
        url = environment.get(ENVIRONMENT[alias])
        if url:
            found[alias] = _connection(alias, dict(dj_database_url.parse(url)))
            found[alias]["DISABLE_SERVER_SIDE_CURSORS"] = pooled and alias == "default"
        elif alias != "owner":
            raise ConfigurationError(
                f"{ENVIRONMENT[alias]} is not set, though another database address is: set it to "
                f"postgresql://{LOGINS[alias]}:…@host/{DATABASE}"
            )
    return found


def _connection(alias: str, settings: dict[str, Any]) -> dict[str, Any]:
    options = dict(settings.get("OPTIONS") or {})
    sent = " ".join(f"-c {name}={value}" for name, value in SESSION_SETTINGS[LOGINS[alias]].items())
    options["options"] = f"{options.get('options', '')} {sent}".strip()
    if alias == "published":
        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    return {**settings, "OPTIONS": options, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}
