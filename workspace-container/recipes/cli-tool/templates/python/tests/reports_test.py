import unittest

from src.commands.export import as_csv
from src.commands.stats import statistics

RECORDS = [
    {"id": 1, "name": 'Amber, "dark"', "amount": 2.5},
    {"id": 2, "name": "Birch", "amount": 1.5},
    {"id": 3, "name": "Birch"},
]


class ReportsTest(unittest.TestCase):
    def test_numbers_are_added_up_and_texts_are_counted(self):
        self.assertEqual(
            ["{{labels}}: 3", "amount: sum 4.00, mean 2.00", "name: 2 different"],
            statistics(RECORDS),
        )

    def test_no_records_are_no_problem(self):
        self.assertEqual(["{{labels}}: 0"], statistics([]))

    def test_commas_and_quotes_survive_the_csv(self):
        self.assertEqual(
            'id,name,amount\r\n1,"Amber, ""dark""",2.5\r\n2,Birch,1.5\r\n3,Birch,',
            as_csv(RECORDS),
        )


if __name__ == "__main__":
    unittest.main()
