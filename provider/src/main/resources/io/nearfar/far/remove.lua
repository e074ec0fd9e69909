-- Removes one entry if a condition holds of its key.
--
-- KEYS 1  entry   2  meta   3  chain   4  lock on the key   5  tag table
-- ARGV 4  channel
--      5  name of the cache and 6 text of the key, as a message carries them
--      7  condition: always, absent, present, or 16 bytes of a version
--      8  1 if the entry that was met is wanted
--      9  the caller's token for the lock on the key, or empty
--     10  milliseconds for which to take that lock if the condition does not hold, or 0
--     11  16 bytes of the version of an entry that the caller has read, 'any' if it takes one of any length, or empty
-- Reply   {2 removed | 0 condition did not hold,
--          1 if a live entry was there, stamp, 0, 0, the entry met, its version if that is known, or nil, an entry that has
--          ended and is told now, if the caller's node listens for that}
--         {-2, milliseconds} if the condition holds and somebody else has the lock on the key
--         {-4} if the entry met would be told, is longer than 1 MiB and is not the one that is known: nothing has changed
--
-- Atomic, since the condition must still hold, the chain name this removal as the next, and its message go out, at
-- the one instant at which the entry goes. Nothing may be there and the message still matters: other nodes can hold
-- what the server has evicted. Begins with DEL, so that a full server accepts the rest. All keys carry the
-- partition's hash tag.

local condition = ARGV[7]
local last = last_write(KEYS[3])
if string.sub(last, 9) == ARGV[2] then
  return {2, 1, number(last, 1), 0, 0, false}
end

local state = state_of(KEYS[2])
local before, over = header(KEYS[1], state, KEYS[5])
local existed = before ~= nil and not is_placeholder(before)

if not holds(condition, before) then
  local telling = existed and condition ~= 'present'
  if telling and is_withheld(KEYS[1], before, ARGV[11]) then
    return {-4}
  end
  if ARGV[10] ~= '0' then
    redis.call('SET', KEYS[4], ARGV[9], 'NX', 'PX', ARGV[10])
  end
  local met = telling and told(KEYS[1], before, ARGV[11])
  return {0, existed and 1 or 0, 0, 0, 0, met, (bury(KEYS[1], over, state, KEYS[5], ARGV[4], ARGV[5] .. ARGV[6]))}
end

local owner = condition ~= 'always' and holder(KEYS[4])
if owner and owner ~= ARGV[9] then
  return {-2, redis.call('PTTL', KEYS[4])}
end

local wanted = existed and ARGV[8] == '1'
if wanted and is_withheld(KEYS[1], before, ARGV[11]) then
  return {-4}
end

local met = wanted and told(KEYS[1], before, ARGV[11])
local ended = bury_before(KEYS[1], over, state, KEYS[5], ARGV[4], ARGV[5] .. ARGV[6])
local stamp = stamp_over(last, state)
local gone = heard_before(KEYS[1], existed and before, true)
redis.call('DEL', KEYS[1])
record(KEYS[3], ARGV[4], last, stamp, ENTRIES, ARGV[5] .. ARGV[6])
if audience and existed then
  tell_audience(ARGV[4], REMOVED, stamp, ARGV[5] .. ARGV[6], nil, gone)
end
if owner then
  redis.call('DEL', KEYS[4])
end
return {2, existed and 1 or 0, stamp, 0, 0, met, ended}
