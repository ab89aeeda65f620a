from src.cli import UsageError

SUMMARY = "remove a {{label}}"
USAGE = "ID"


def run(words, store, _commands):
    number = words[0] if words else ""
    if not store.remove(number):
        raise UsageError(f"there is no {{label}} {number}")
    print(f"removed {{label}} {number}")
