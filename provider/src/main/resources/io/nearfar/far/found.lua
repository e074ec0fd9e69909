-- Begins the chain of a partition that has none, so that the next write has one before it.
--
-- KEYS 1  chain
-- ARGV 4  channel
-- Reply   {1 begun | 0 it was there, stamp and nonce of the chain, 16 bytes}
--
-- Atomic, since of two that find it missing one alone may begin it, and a write in between must stay in it. Its message
-- names no cache and no key: whoever had seen another chain learns that it is gone. Begins with DEL, so that a full
-- server accepts it, and whatever lies there that is no chain gives way.

local last = last_write(KEYS[1])
if last ~= NOWHERE then
  return {0, last}
end
redis.call('DEL', KEYS[1])
record(KEYS[1], ARGV[4], last, now, ENTRIES, string.rep('\0', 4))
return {1, packed(now) .. ARGV[2]}
