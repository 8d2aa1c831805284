"""Settings from CATALOGUE_* environment variables; the only module that reads the environment."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_changing = threading.Lock()


class Settings(BaseSettings):
    """Where the data lives, where the server listens, who carries its mail."""

    model_config = SettingsConfigDict(env_prefix="CATALOGUE_", frozen=True)

    data_dir: Path = Path(".data")
    host: str = "127.0.0.1"
    port: int = Field(default=8501, ge=0, le=65535)
    demo: bool = True
    tls: bool = False
    smtp_host: str | None = None  # without host and sender no digest is sent
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_from: str | None = None
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_starttls: bool = True
    log: Literal["json", "text"] | None = None  # text to a terminal, JSON elsewhere
    metrics_token: SecretStr | None = None  # without one only this machine reads /metrics

    @property
    def database(self) -> Path:
        return self.data_dir / "catalogue.duckdb"

    @property
    def can_mail(self) -> bool:
        """Whether a mail server and a sender are named."""
        return bool(self.smtp_host and self.smtp_from)

    @property
    def backups(self) -> Path:
        return self.data_dir / "backups"


@contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """The process's environment with one variable changed, while a library that can be told in no other way reads it.

    One at a time: of two that overlap, the second would put back what the first had set.
    """
    with _changing:
        before = os.environ.get(name)
        os.environ[name] = value
        try:
            yield
        finally:
            os.environ.pop(name)
            if before is not None:
                os.environ[name] = before
