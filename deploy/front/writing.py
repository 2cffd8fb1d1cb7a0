"""The configuration as files: JSON for Envoy, which would take ten times the memory and time for as much YAML, and YAML
that people can read."""

import json
from collections.abc import Mapping
from pathlib import Path

import yaml

from deploy.front.envoy_types import Config

_HEAD = "# make docs が deploy/front から書きます / written by deploy/front\n"


class _Dumper(yaml.SafeDumper):
    """Writes long texts as blocks; what several chains share, once."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)


def written(name: str, content: Config) -> str:
    """Write a file's content in the way that its name promises."""
    if name.endswith(".json"):
        return json.dumps(content, separators=(",", ":"))
    return _HEAD + yaml.dump(
        content, Dumper=_Dumper, sort_keys=False, default_flow_style=None, allow_unicode=True, width=120
    )


def write(files: Mapping[str, Config], folder: Path) -> None:
    """Write them where only their owner reads them, each whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in files.items():
        draft = folder / f".{name}.new"
        draft.write_text(written(name, content), encoding="utf-8")
        draft.replace(folder / name)
