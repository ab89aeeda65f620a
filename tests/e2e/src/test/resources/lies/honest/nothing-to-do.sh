#: says: the plan says that there may be nothing to change
#: check: npm test
#: after: feature
#: mayBeEmpty: true
npm test
