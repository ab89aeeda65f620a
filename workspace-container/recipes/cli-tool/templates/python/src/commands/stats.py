"""Counts the {{labels}}, and for every field of numbers gives sum and mean."""

SUMMARY = "counts, sums and means"
USAGE = ""


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def statistics(records):
    lines = [f"{{labels}}: {len(records)}"]
    names = {name for record in records for name in record} - {"id"}
    for name in sorted(names):
        given = [record[name] for record in records if name in record]
        numbers = [value for value in given if is_number(value)]
        if not numbers:
            lines.append(f"{name}: {len(set(given))} different")
            continue
        total = sum(numbers)
        lines.append(f"{name}: sum {total:.2f}, mean {total / len(numbers):.2f}")
    return lines


def run(_words, store, _commands):
    print("\n".join(statistics(store.all())))
