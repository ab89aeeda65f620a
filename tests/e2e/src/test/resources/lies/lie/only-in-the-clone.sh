#: says: the result is there, but git does not know it
#: check: test -s build/result.txt
mkdir build && echo 6 > build/result.txt && echo 'export const done = true;' > src/done.mjs
