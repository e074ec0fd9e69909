-- Writes one entry if a condition holds of its key.
--
-- KEYS 1  entry   2  meta   3  chain   4  lock on the key   5  tag table
--      6  where a large value was uploaded to, if it was
-- ARGV 4  channel
--      5  name of the cache and 6 text of the key, as a message carries them
--      7  condition: always, absent, present, or 16 bytes of a version
--      8  lifetime if no live entry is there and 9 if one is: milliseconds, -1 eternal, -2 unchanged, 0 none
--     10  1 if the entry that was met is wanted
--     11  the caller's token for the lock on the key, or empty
--     12  milliseconds for which to take that lock if the condition does not hold, or 0
--     13  the envelope's first two bytes and 14 what follows the script's part, or, of a large value,
--         how long the upload is
--     15  the stamp from which on a tag of the entry must not have been invalidated, or nothing is stored; 0 for any time
--     16  16 bytes of the version of an entry that the caller has read, 'any' if it takes one of any length, or empty
-- Reply   {1 written | 2 nothing stands there now, for want of a lifetime or because of a tag | 0 condition did not hold,
--          1 if a live entry was there, stamp, created, expires, the entry met, its version if that is known, or nil, an entry
--          that has ended and is told now, if the caller's node listens for that}
--         {-2, milliseconds} if the condition holds and somebody else has the lock on the key
--         {-3} if the upload is not there any more
--         {-4} if the entry met would be told, is longer than 1 MiB and is not the one that is known: nothing has changed
--
-- Atomic, since the condition must still hold, the chain name this write as the next, and its message go out, at the
-- one instant at which the entry changes. All keys carry the partition's hash tag.

local condition = ARGV[7]
local state = state_of(KEYS[2])
local before, over = header(KEYS[1], state, KEYS[5])
local existed = before ~= nil and not is_placeholder(before)

if existed and nonce_of(before) == ARGV[2] then
  return {1, condition == 'absent' and 0 or 1, number(before, 3), number(before, 19), number(before, 27), false}
end

if not holds(condition, before) then
  local telling = existed and condition ~= 'present'
  if telling and is_withheld(KEYS[1], before, ARGV[16]) then
    return {-4}
  end
  if ARGV[12] ~= '0' then
    redis.call('SET', KEYS[4], ARGV[11], 'NX', 'PX', ARGV[12])
  end
  local met = telling and told(KEYS[1], before, ARGV[16])
  return {0, existed and 1 or 0, 0, 0, 0, met, (bury(KEYS[1], over, state, KEYS[5], ARGV[4], ARGV[5] .. ARGV[6]))}
end

local owner = condition ~= 'always' and holder(KEYS[4])
if owner and owner ~= ARGV[11] then
  return {-2, redis.call('PTTL', KEYS[4])}
end

if KEYS[6] and redis.call('STRLEN', KEYS[6]) ~= tonumber(ARGV[14]) then
  return {-3}
end

local wanted = existed and ARGV[10] == '1'
if wanted and is_withheld(KEYS[1], before, ARGV[16]) then
  return {-4}
end

local met = wanted and told(KEYS[1], before, ARGV[16])
local ended = bury_before(KEYS[1], over, state, KEYS[5], ARGV[4], ARGV[5] .. ARGV[6])
local replaced = heard_before(KEYS[1], existed and before, false)
local given = existed and ARGV[9] or ARGV[8]
local lifetime = lifetime_since(ARGV[15], given, ARGV[13], ARGV[14], KEYS[6], state, KEYS[5])
local status, created, expires = 2, 0, 0
local last, stamp

if lifetime == '0' then
  last = last_write(KEYS[3])
  stamp = stamp_over(last, state)
  drop(KEYS[1], lifetime ~= given, state, KEYS[5])
else
  if not state then
    recreate(KEYS[2], KEYS[3], ARGV[4], ARGV[5])
  end
  last = last_write(KEYS[3])
  stamp = stamp_over(last, state)
  expires = store(KEYS[1], ARGV[13], stamp, lifetime, before, ARGV[14], KEYS[6])
  status, created = 1, now
end

record(KEYS[3], ARGV[4], last, stamp, ENTRIES, ARGV[5] .. ARGV[6])
if audience and lifetime == given and (existed or status == 1) then
  local kind = existed and (status == 1 and UPDATED or UPDATED_AND_EXPIRED) or CREATED
  local after = heard_after(ARGV[13], stamp, created, expires, ARGV[14], KEYS[6])
  tell_audience(ARGV[4], kind, stamp, ARGV[5] .. ARGV[6], after, replaced)
end
if owner then
  redis.call('DEL', KEYS[4])
end
return {status, existed and 1 or 0, stamp, created, expires, met, ended}
