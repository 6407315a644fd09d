"""Settings from the environment; nothing is read when this module is imported."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import RefusedInput

PREFIX = "POLICYGRAPH_"


class Settings(BaseSettings):
    """What the environment says; an option of a command counts before it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    store: Annotated[str, Field(description="file or address of the store of a command without `--store`")] = (
        "policygraph.db"
    )
    host: Annotated[str, Field(description="address that `serve` listens on")] = "127.0.0.1"
    port: Annotated[
        int, Field(ge=0, le=65535, description="port that `serve` listens on; 0 takes one that is free")
    ] = 8000
    log: Annotated[Literal["json", "text", "off"], Field(description="form of the log that `serve` writes")] = "json"
    cors_origins: Annotated[str, Field(description="sites whose pages may read the answers, separated by commas")] = ""
    time_limit_s: Annotated[float, Field(gt=0, le=3600, description="seconds that a question may take")] = 30.0
    api_key: Annotated[SecretStr | None, Field(description="key that a server asks of whoever writes")] = None
    upload_limit_mb: Annotated[
        int, Field(ge=1, le=10_000, description="megabytes that one request may send to a writable server")
    ] = 100
    reviewer: Annotated[str | None, Field(description="name of who reviews, without `--by`")] = None
    neo4j_user: Annotated[str, Field(description="user of a Neo4j store")] = "neo4j"
    neo4j_password: Annotated[SecretStr | None, Field(description="password of a Neo4j store")] = None
    neo4j_database: Annotated[str, Field(description="database of a Neo4j store")] = "neo4j"
    neo4j_label: Annotated[
        str, Field(pattern="^[A-Za-z][A-Za-z0-9]{0,59}$", description="label of all nodes of a Neo4j store")
    ] = "PolicyGraph"

    @property
    def origins(self) -> tuple[str, ...]:
        """The sites of `cors_origins`."""
        return tuple(origin for part in self.cors_origins.split(",") if (origin := part.strip()))


def load_settings() -> Settings:
    """The settings of the environment as it is now; raises RefusedInput that names a variable with a bad value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        variable = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise RefusedInput(f"{variable}: {first['msg']}; change or unset it in the environment") from error
