"""CSV as in RFC 4180: quotes doubled, fields with commas or quotes quoted."""

import csv
import io

SUMMARY = "all {{labels}} as CSV"
USAGE = ""


def as_csv(records):
    names = list(dict.fromkeys(name for record in records for name in record))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([record.get(name, "") for name in names] for record in records)
    return out.getvalue().removesuffix("\r\n")


def run(_words, store, _commands):
    print(as_csv(store.all()))
