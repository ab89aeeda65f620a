"""What a {{label}} is, and how its values are read from the command line."""

import datetime
import math
import re

FIELDS = {
{{pythonTable}}
}


def _text(text):
    return text if len(text) <= 500 else None


def _integer(text):
    return int(text) if re.fullmatch(r"-?\d{1,15}", text) else None


def _number(text):
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _money(text):
    return float(text) if re.fullmatch(r"\d{1,12}(\.\d{1,2})?", text) else None


def _boolean(text):
    return {"yes": True, "no": False}.get(text)


def _date(text):
    try:
        right = datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return None
    return text if right else None


def _email(text):
    return text if re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", text) else None


_READERS = {
    "text": (_text, "takes a text of at most 500 characters"),
    "integer": (_integer, "takes a whole number"),
    "number": (_number, "takes a number"),
    "money": (_money, "takes an amount from 0 with at most two decimals"),
    "boolean": (_boolean, "takes yes or no"),
    "date": (_date, "takes a date as YYYY-MM-DD"),
    "email": (_email, "takes an e-mail address"),
}


def read(options):
    """Returns (values by name, problems as a list of texts)."""
    values, problems = {}, []
    for name, (kind, required) in FIELDS.items():
        text = options.get(name, "")
        if text == "":
            if required:
                problems.append(f"--{name} is required")
            continue
        reader, wanted = _READERS[kind]
        value = reader(text)
        if value is None:
            problems.append(f"--{name} {wanted}")
        else:
            values[name] = value
    problems += [f"--{name} is unknown" for name in options if name not in FIELDS]
    return values, problems
