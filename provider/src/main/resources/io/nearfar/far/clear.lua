-- Declares all entries that a partition holds of a cache dead.
--
-- KEYS 1  meta   2  chain   3  tag table
-- ARGV 4  channel   5  name of the cache, as a message carries it
--      6  1 to keep the cache's meta, 0 to leave nothing of it: then everything is dead until a write recreates it
--      7  microseconds: a cache that was cleared since then is left as it is; or empty
-- Reply   {1, stamp} cleared, {0, stamp} it was cleared then
--
-- Atomic, since a write between the stamp and the meta would be cleared although it came later. Begins with DEL, so
-- that a full server accepts the rest. All keys carry the partition's hash tag.

local state = state_of(KEYS[1])
local within = tonumber(ARGV[7])
if within and state and state.cleared <= now and state.cleared > now - within then
  return {0, state.cleared}
end

redis.call('DEL', KEYS[1])
local last = last_write(KEYS[2])
local stamp = stamp_over(last, state)
if ARGV[6] == '1' then
  local tags = state and packed(state.tagged) .. packed(state.floor) or NOWHERE
  redis.call('SET', KEYS[1], '\1' .. packed(stamp) .. tags)
else
  redis.call('DEL', KEYS[3])
end
record(KEYS[2], ARGV[4], last, stamp, CLEAR, ARGV[5])
return {1, stamp}
