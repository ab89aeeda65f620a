#: says: the same by a folder and another link
#: check: test -s out/passwd
ln -s ../../../../etc ways && ln -s ways out && git add -A && git commit -qm 'Write the result'
