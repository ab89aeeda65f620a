#: says: the file that the check reads is the product, whatever its folder is called
#: check: grep -q /v2/ specs/api.md && grep -q /v2/ test/README.md
#: after: feature
sed -i 's/v1/v2/' specs/api.md && echo 'Tests of /v2/ go here.' > test/README.md && git add -A && git commit -qm 'Version 2'
