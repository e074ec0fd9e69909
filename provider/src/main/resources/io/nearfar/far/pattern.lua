-- Tells that what a partition holds of a cache is being removed where its key matches a pattern.
--
-- KEYS 1  meta   2  chain   3  tag table, which is left as it is
-- ARGV 4  channel   5  name of the cache and 6 the pattern, as a message carries them
-- Reply   {1, stamp} told
--
-- Atomic, since the chain must name this as the next write, and its message go out, at one instant. Removes no entries: the
-- keys are looked for afterwards. A meta that is missing stays so: all entries are dead then, and nothing is to be left of a
-- cache that was destroyed. Begins with DEL, so that a full server accepts the rest. All keys carry the partition's hash tag.

local last = last_write(KEYS[2])
local stamp = stamp_over(last, state_of(KEYS[1]))
redis.call('DEL', KEYS[2])
record(KEYS[2], ARGV[4], last, stamp, PATTERN, ARGV[5] .. ARGV[6])
return {1, stamp}
