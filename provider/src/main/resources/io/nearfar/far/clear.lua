-- Declares all entries that a partition holds of a cache dead.
--
-- KEYS 1  meta   2  chain
-- ARGV 4  channel   5  name of the cache, as a message carries it
--      6  1 to keep the cache's meta, 0 to leave nothing of it: then everything is dead until a write recreates it
--      7  microseconds: a cache that was cleared since then is left as it is; or empty
-- Reply   {1, stamp} cleared, {0, stamp} it was cleared then
--
-- Atomic, since a write between the stamp and the meta would be cleared although it came later. Begins with DEL, so
-- that a full server accepts the rest. Both keys carry the partition's hash tag.

local within = tonumber(ARGV[7])
local before = cleared_at(KEYS[1])
if within and before and before <= now and before > now - within then
  return {0, before}
end

local meta = redis.pcall('GET', KEYS[1])
local tags = type(meta) == 'string' and #meta == 25 and string.sub(meta, 10) or NOWHERE
redis.call('DEL', KEYS[1])
local last = last_write(KEYS[2])
local stamp = math.max(stamp_after(last), (before or 0) + 1)
if ARGV[6] == '1' then
  redis.call('SET', KEYS[1], '\1' .. packed(stamp) .. tags)
end
record(KEYS[2], ARGV[4], last, stamp, CLEAR, ARGV[5])
return {1, stamp}
