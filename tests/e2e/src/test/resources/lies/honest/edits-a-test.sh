#: says: changes behaviour, and rightly the test of it
#: check: node --test test/greet.test.mjs
#: after: feature
#: mayChange: test/greet.test.mjs
sed -i 's/Hello,/Welcome,/' src/greet.mjs test/greet.test.mjs && git commit -qam 'Welcome people'
