-- Leaves the knowledge that there is nothing to load in the place of the right to load.
--
-- KEYS 1  entry   2  meta   3  tag table
-- ARGV 4  version of the placeholder, 16 bytes   5  milliseconds for which it is known
--      6  the first two bytes of what says so, and 7 what follows the script's part
-- Reply   {1} it is known, {0} the placeholder was gone
--
-- It keeps the placeholder's version: so whatever would have voided the load ends it, and an invalidation of one of its tags
-- that came during the load does too. Atomic, since a write between the look and the change would be lost. No message: nobody
-- held anything. Begins with DEL, so that a full server accepts the rest, and nobody waits there for a load that has ended.
-- All keys carry the partition's hash tag.

local before = header(KEYS[1], state_of(KEYS[2]), KEYS[3])
if not before or not is_placeholder(before) or version_of(before) ~= ARGV[4] then
  return {0}
end
local known = ARGV[6] .. ARGV[4] .. packed(now) .. packed(now + ARGV[5] * 1000)
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[1], known .. ARGV[7], 'PX', ARGV[5])
return {1}
