-- Asks for the right to load an entry again that is there and goes on being served.
--
-- KEYS 1  entry   2  meta   3  chain   4  tag table   5  the right
-- ARGV 4  the version that was read, 16 bytes   5  8 bytes that tell the caller from others
--      6  milliseconds until the right ends; whoever has it and asks again prolongs it
-- Reply   {1, stamp} granted; every invalidation of tags so far is below the stamp, every later one is not
--         {0} somebody else loads it again, or it is not there any more
--
-- A right over one write hinders nobody at the next: so it need not be given back. Atomic, since of two that ask one alone
-- may load. All keys carry the partition's hash tag.

local state = state_of(KEYS[2])
local before = header(KEYS[1], state, KEYS[4])
if not before or is_placeholder(before) or version_of(before) ~= ARGV[4] then
  return {0}
end
local mine = ARGV[4] .. ARGV[5]
local right = holder(KEYS[5])
if right and right ~= mine and string.sub(right, 1, 16) == ARGV[4] then
  return {0}
end
redis.call('SET', KEYS[5], mine, 'PX', ARGV[6])
return {1, math.max(number(last_write(KEYS[3]), 1), state.tagged) + 1}
