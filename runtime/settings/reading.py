"""Read the settings of a process from its environment, and name all that are missing or wrong."""

from collections.abc import Iterable
from typing import Self

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from runtime.local_settings import take_settings


class UnusableSettings(SystemExit):
    """Settings are missing or wrong; ends a process with the text, which names every one of them, and no secret."""

    @classmethod
    def naming(cls, lines: Iterable[str]) -> Self:
        """Say it of some settings, a line for each."""
        return cls(
            "\n".join(
                [
                    "設定が足りないか、誤っています。 / Settings are missing or wrong:",
                    *(f"  {line}" for line in lines),
                    "手元では make up を実行すればその設定を使います。本番では各プロセスと同じ環境変数が要ります。",
                ]
            )
        )


class ProcessSettings(BaseSettings):
    """One environment variable each, with ``HUB_`` in front, except ``DATABASE_URL``.

    The Temporal server is named by Temporal's own variables and profiles (``TEMPORAL_ADDRESS``,
    ``TEMPORAL_NAMESPACE``, ``TEMPORAL_PROFILE``, ``TEMPORAL_TLS_*``).
    """

    model_config = SettingsConfigDict(
        env_prefix="HUB_",
        extra="ignore",  # the environment names those of the other processes too
        hide_input_in_errors=True,  # it holds secrets
        use_attribute_docstrings=True,  # docs/settings.md is made from them, so they are in Japanese
    )

    @classmethod
    def from_environment(cls) -> Self:
        """Read them, those of the local stack where the environment has none.

        :raises UnusableSettings: naming all that are missing or wrong.
        """
        take_settings()
        try:
            return cls()
        except ValidationError as problem:
            raise UnusableSettings.naming(cls.wrong_ones(problem)) from None

    @classmethod
    def variables(cls) -> dict[str, str]:
        """Give the environment variable of each setting."""
        return {name: str(field.validation_alias or f"HUB_{name.upper()}") for name, field in cls.model_fields.items()}

    @classmethod
    def looks_otherwise(cls, name: str, value: str) -> str:
        """Say of a setting, which is no secret, what cannot be read and how it has to look."""
        description = " ".join((cls.model_fields[name].description or "").split())
        return f"{cls.variables()[name]}: 「{value}」を読み取れません / cannot be read。{description}"

    @classmethod
    def wrong_ones(cls, problem: ValidationError) -> list[str]:
        """Name each setting that is wrong by its environment variable, with what is wrong."""
        variables = cls.variables()
        errors = problem.errors(include_input=False, include_url=False)
        words = {str(error["loc"][0]): _words(error["type"], error["msg"]) for error in errors}
        return [f"{variables.get(name, name)}: {problem_words}" for name, problem_words in words.items()]


def _words(kind: str, message: str) -> str:
    return "ありません / missing" if kind == "missing" else message
