from src.cli import UsageError, parse
from src.{{snake}} import FIELDS, read

SUMMARY = "add a {{label}}: " + " ".join(f"--{name}" for name in FIELDS)
USAGE = "--FIELD VALUE…"


def run(words, store, _commands):
    options, rest = parse(words)
    if rest:
        raise UsageError(f"what is {rest[0]}?")
    values, problems = read(options)
    if problems:
        raise UsageError(", ".join(problems))
    print(f"added {{label}} {store.add(values)['id']}")
