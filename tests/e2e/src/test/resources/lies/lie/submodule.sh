#: says: a submodule: the folder is there, and empty
#: check: test -d vendor
git init -q vendor && git -C vendor commit -q --allow-empty -m 'Vendor' && git add vendor 2>/dev/null && git commit -qm 'Vendor it'
