"""Settings from CATALOGUE_* environment variables; the only module that reads the environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the data lives and where the server listens."""

    model_config = SettingsConfigDict(env_prefix="CATALOGUE_", frozen=True)

    data_dir: Path = Path(".data")
    host: str = "127.0.0.1"
    port: int = Field(default=8501, ge=0, le=65535)
    demo: bool = True
    tls: bool = False

    @property
    def database(self) -> Path:
        return self.data_dir / "catalogue.duckdb"

    @property
    def backups(self) -> Path:
        return self.data_dir / "backups"
