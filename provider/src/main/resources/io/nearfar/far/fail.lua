-- Gives the right to load back after the load has failed, and leaves what its placeholder keeps.
--
-- KEYS 1  entry   2  meta   3  tag table
-- ARGV 4  version of the placeholder, 16 bytes; with a stamp of 0 its nonce counts alone
--      5  milliseconds for which nobody is to load
-- Reply   {1} what it keeps is still there, and may answer in place of the load
--         {0} the placeholder was gone, or keeps nothing any more and has gone with it
--
-- It keeps the placeholder's version: so whatever would have voided the load ends what it keeps. Atomic, since a write
-- between the look and the change would be lost. No message: nobody held anything. PEXPIREAT comes before SETRANGE, so that
-- a full server accepts it. All keys carry the partition's hash tag.

local state = state_of(KEYS[2])
local before = header(KEYS[1], state, KEYS[3])
if not before or not is_placeholder(before) or is_absence(before) or not is_of(before, ARGV[4]) then
  return {0}
end
local kept, kept_until_millis = kept_under(KEYS[1], state, KEYS[3])
if not kept then
  redis.call('DEL', KEYS[1])
  return {0}
end
redis.call('PEXPIREAT', KEYS[1], kept_until_millis)
redis.call('SETRANGE', KEYS[1], 1, string.char(string.byte(before, 2) + 64))
redis.call('SETRANGE', KEYS[1], 26, packed(now + ARGV[5] * 1000))
return {1}
