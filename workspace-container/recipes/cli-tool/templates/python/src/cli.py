"""Finds the command and runs it.

The commands lie in commands/: each module has SUMMARY, USAGE and run(); its
name is the command's name.
"""

import importlib
import pkgutil
import re
import sys

from src.store import Store


class UsageError(Exception):
    """A mistake of whoever called: one line on stderr, exit code 2."""


def load():
    from src import commands

    names = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    return {
        name: importlib.import_module(f"src.commands.{name}")
        for name in names
    }


def main(words):
    """Returns the exit code: 0 done, 1 it failed, 2 called wrongly."""
    commands = load()
    name, rest = (words[0], words[1:]) if words else ("help", [])
    command = commands.get("help" if name in ("-h", "--help") else name)
    try:
        if command is None:
            raise UsageError(f"there is no command {name}")
        command.run(rest, Store(), commands)
        return 0
    except UsageError as error:
        print(f"{{entities}}: {error}", file=sys.stderr)
        return 2


def parse(words):
    """Reads `--name value` and `--name=value`; returns (options, rest)."""
    options, rest = {}, []
    words = iter(words)
    for word in words:
        found = re.fullmatch(r"--([A-Za-z]\w*)(?:=(.*))?", word, re.DOTALL)
        if not found:
            rest.append(word)
        elif found[2] is not None:
            options[found[1]] = found[2]
        else:
            value = next(words, None)
            if value is None:
                raise UsageError(f"{word} needs a value")
            options[found[1]] = value
    return options, rest
