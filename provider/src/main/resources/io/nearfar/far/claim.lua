-- Takes, keeps or gives back a right that one node alone may have.
--
-- KEYS 1  the right
-- ARGV 4  token of the claimant   5  milliseconds until the right ends, 0 to give it back
-- Reply   {1} the claimant has it, {0} it has not
--
-- Atomic, since between the look and the change somebody else could have taken it. Begins with DEL, so that a full server
-- accepts the rest.

local owner = holder(KEYS[1])
if owner and owner ~= ARGV[4] then
  return {0}
end
redis.call('DEL', KEYS[1])
if ARGV[5] == '0' then
  return {0}
end
redis.call('SET', KEYS[1], ARGV[4], 'PX', ARGV[5])
return {1}
