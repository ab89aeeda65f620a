"""The {{labels}} in one JSON file.

{{ENV}} names the file, otherwise it is {{entities}}.json in the current
folder. It is written beside the old one, which it then replaces.
"""

import json
import os


class Store:
    def __init__(self, file=None):
        self._file = file or os.environ.get("{{ENV}}", "{{entities}}.json")

    def all(self):
        if not os.path.exists(self._file):
            return []
        with open(self._file, encoding="utf-8") as stream:
            return json.load(stream)

    def add(self, values):
        records = self.all()
        last = max((record["id"] for record in records), default=0)
        record = {"id": last + 1, **values}
        self._save([*records, record])
        return record

    def remove(self, number):
        """Returns False when there is none with this id."""
        records = self.all()
        rest = [record for record in records if str(record["id"]) != str(number)]
        if len(rest) < len(records):
            self._save(rest)
        return len(rest) < len(records)

    def _save(self, records):
        following = f"{self._file}.next"
        with open(following, "w", encoding="utf-8") as stream:
            json.dump(records, stream, indent=2, ensure_ascii=False)
        os.replace(following, self._file)
