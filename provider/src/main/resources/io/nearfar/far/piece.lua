-- Keeps a piece of a large value until a write takes it.
--
-- KEYS 1  where the value gathers
-- ARGV 4  offset in it   5  the piece   6  milliseconds until it expires unless another piece comes
-- Reply   {1}
--
-- Atomic, since a piece without an expiration, of a writer that has died, would stay for ever.

redis.call('SETRANGE', KEYS[1], ARGV[4], ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return {1}
