"""The program as a person at a terminal meets it."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = pathlib.Path(__file__).resolve().parent.parent / "bin" / "{{entities}}"
OPTIONS = {{pythonOptions}}
WORDS = [f"--{name}={value}" for name, value in OPTIONS.items()]


class CliTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.env = {**os.environ, "{{ENV}}": os.path.join(folder.name, "data.json")}

    def call(self, *words):
        command = [sys.executable, str(PROGRAM), *words]
        return subprocess.run(command, env=self.env, capture_output=True, text=True)

    def test_help_names_every_command(self):
        done = self.call("--help")
        self.assertEqual(0, done.returncode)
        for name in ("add", "list", "remove", "stats", "export"):
            self.assertRegex(done.stdout, f"(?m)^  {name} ")

    def test_what_is_added_is_there_at_the_next_call(self):
        self.assertEqual("added {{label}} 1\n", self.call("add", *WORDS).stdout)
        first, *_ = json.loads(self.call("list", "--json", "yes").stdout)
        self.assertEqual({"id": 1, **{{pythonSample}}}, first)
        self.assertRegex(self.call("stats").stdout, "(?m)^{{labels}}: 1$")
        self.assertRegex(self.call("export").stdout, "^id,")

    def test_what_is_missing_is_named_and_nothing_is_kept(self):
        done = self.call("add")
        self.assertEqual((2, ""), (done.returncode, done.stdout))
        self.assertIn("--{{firstRequired}} is required", done.stderr)
        self.assertRegex(self.call("list").stdout, "^0 {{labels}}")

    def test_it_is_removed_once(self):
        self.call("add", *WORDS)
        self.assertEqual("removed {{label}} 1\n", self.call("remove", "1").stdout)
        again = self.call("remove", "1")
        self.assertEqual(2, again.returncode)
        self.assertIn("there is no {{label}} 1", again.stderr)

    def test_an_unknown_command_is_a_mistake(self):
        self.assertEqual(2, self.call("dance").returncode)


if __name__ == "__main__":
    unittest.main()
