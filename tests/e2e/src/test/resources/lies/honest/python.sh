#: says: a feature in Python, with more of its test
#: check: ! command -v python3 || python3 -m unittest discover -s tests
#: after: feature
echo 'def rate(): return 7' > lib/rate.py && git commit -qam 'A rate'
