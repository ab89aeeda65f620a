import json

from src.cli import parse
from src.{{snake}} import FIELDS

SUMMARY = "list all {{labels}}"
USAGE = "[--json yes]"


def run(words, store, _commands):
    options, _ = parse(words)
    records = store.all()
    if options.get("json") == "yes":
        print(json.dumps(records, ensure_ascii=False))
        return
    for record in records:
        values = [str(record.get(name, "-")) for name in FIELDS]
        print("  ".join([f"{record['id']:4}", *values]))
    print(f"{len(records)} {'{{label}}' if len(records) == 1 else '{{labels}}'}")
