-- Counts a request in a fixed window and returns how many there were in it.
-- KEYS[1] the counter; ARGV[1] the window in milliseconds
-- Atomic, so that no counter stays without an expiry.
local count = redis.call('INCR', KEYS[1])
if count == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return count
