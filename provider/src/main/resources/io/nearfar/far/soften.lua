-- Ends the life of one entry as if its time were over, and leaves what may answer in place of loads that fail.
--
-- KEYS 1  entry   2  meta   3  chain   4  tag table
-- ARGV 4  channel
--      5  name of the cache and 6 text of the key, as a message carries them
--      7  how many microseconds ago it is to have ended, so that it does not answer while its key is loaded anew
-- Reply   {2, 1 if a live entry was there, stamp, 0, 0, nil}
--
-- What a load's placeholder keeps takes the placeholder's place, so that a load which began before stores nothing; what has
-- ended already has ended so long ago at least. What is in no grace goes.
--
-- Atomic, since the chain must name this as the next write, and its message go out, at the one instant at which the entry ends.
-- Begins with DEL, of the chain that is written at the end, so that a full server accepts the rest. All keys carry the
-- partition's hash tag.

local last = last_write(KEYS[3])
if string.sub(last, 9) == ARGV[2] then
  return {2, 1, number(last, 1), 0, 0, false}
end

local state = state_of(KEYS[2])
local before = header(KEYS[1], state, KEYS[4])
local existed = before ~= nil and not is_placeholder(before)
local stamp = stamp_over(last, state)
local ends = now - ARGV[7]
redis.call('DEL', KEYS[3])

if existed then
  local grace = grace_under(KEYS[1], before)
  if ends + grace * 1000 > now then
    redis.call('PEXPIREAT', KEYS[1], kept_until(ends, grace))
    redis.call('SETRANGE', KEYS[1], 2, packed(stamp) .. ARGV[2])
    redis.call('SETRANGE', KEYS[1], 26, packed(ends))
  else
    redis.call('DEL', KEYS[1])
  end
else
  local kept = kept_under(KEYS[1], state, KEYS[4])
  redis.call('DEL', KEYS[1])
  if kept then
    ends = math.min(ends, number(kept, 27))
    local grace = grace_in(kept, kept, 39)
    if ends + grace * 1000 > now then
      redis.call('SET', KEYS[1], ending(kept, ends))
      redis.call('PEXPIREAT', KEYS[1], kept_until(ends, grace))
    end
  end
end

record(KEYS[3], ARGV[4], last, stamp, ENTRIES, ARGV[5] .. ARGV[6])
return {2, existed and 1 or 0, stamp, 0, 0, false}
