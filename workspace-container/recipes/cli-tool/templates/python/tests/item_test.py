import unittest

from src.{{snake}} import read

OPTIONS = {{pythonOptions}}


class ReadTest(unittest.TestCase):
    def test_the_values_are_read_from_text(self):
        values, problems = read(OPTIONS)
        self.assertEqual([], problems)
        self.assertEqual({{pythonSample}}, values)

    def test_what_is_required_is_asked_for(self):
        self.assertEqual({{pythonRequired}}, read({})[1])

    def test_an_unknown_option_is_named(self):
        _, problems = read({**OPTIONS, "wrong": "x"})
        self.assertEqual(["--wrong is unknown"], problems)
{{pythonTests}}

if __name__ == "__main__":
    unittest.main()
