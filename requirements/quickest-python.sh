#!/bin/sh
# Prints the command of the quickest Python 3.11 here that can make an environment. Distributions build theirs with the
# compiler's optimisations, other builds often go without, and everything then takes half as long again.
probe='import ensurepip, sys, time
if sys.version_info[:2] != (3, 11): sys.exit(1)
def once():
    start, seen = time.process_time(), {}
    for number in range(30_000):
        word = "a%d" % (number & 1023)
        seen[word] = seen.get(word, 0) + len(word.split("1"))
    return time.process_time() - start
print(round(min(once() for _ in range(9)) * 1e6))'
for each in python3.11 /usr/bin/python3.11; do
  took=$("$each" -c "$probe" 2>/dev/null) && echo "$took $each"
done | sort -n | head -n 1 | cut -d' ' -f2-
