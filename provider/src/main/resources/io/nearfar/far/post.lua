-- Puts up on what terms a node has opened caches, and returns on what terms others have; or takes down what it put up.
--
-- KEYS n  the terms of a cache
-- ARGV 4  token of the node, of 16 characters
--      5  milliseconds until what it puts up is forgotten, 0 to take it down
--      5 + n  its terms of the cache, nothing when it takes them down
-- Reply   {0, then for each cache the token and terms that another node had put up, empty if none}
--
-- Atomic, so that of two nodes that open a cache at the same time one sees the other.

local reply = {0}
for i, key in ipairs(KEYS) do
  local found = redis.pcall('GET', key)
  local others = type(found) == 'string' and string.sub(found, 1, #ARGV[4]) ~= ARGV[4]
  reply[i + 1] = others and found or ''
  if ARGV[5] ~= '0' then
    redis.call('SET', key, ARGV[4] .. ARGV[5 + i], 'PX', ARGV[5])
  elseif not others then
    redis.call('DEL', key)
  end
end
return reply
