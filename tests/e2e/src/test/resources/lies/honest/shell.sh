#: says: what a shell check asks for
#: check: sh test/check.sh
#: after: feature
echo 'CURRENCY=EUR' > src/settings.sh && git commit -qam 'Prices in EUR'
