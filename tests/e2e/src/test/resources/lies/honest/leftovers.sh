#: says: commits nothing itself
#: check: node src/version.mjs | grep -x 1.0.0
#: after: feature
echo 'console.log("1.0.0");' > src/version.mjs
