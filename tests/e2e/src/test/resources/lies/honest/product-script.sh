#: says: the script that the check runs is the product
#: check: sh bin/shop.sh | grep -x "shop 2"
#: after: feature
echo 'echo "shop 2"' > bin/shop.sh && git commit -qam 'Version 2'
