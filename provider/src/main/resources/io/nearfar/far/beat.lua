-- Reads the clock and the chains of a master, and proves that it is one.
--
-- KEYS 1  a key that is never there   2 and on  chains
-- Reply   {server time, then for each chain: stamp and nonce, 16 bytes, or nil}
--
-- A script, since a server that was made a replica still answers reads, with what its new master had a while ago; that
-- must not pass for a verification. The DEL of nothing is a write that a replica refuses, and changes nothing on a
-- master. Not for clusters, where a demoted server sends its clients away by itself.

redis.call('DEL', KEYS[1])
local reply = {now}
for k = 2, #KEYS do
  local last = last_write(KEYS[k])
  reply[k] = last ~= NOWHERE and last
end
return reply
