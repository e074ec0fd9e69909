-- What scripts begin with; it is put before the text of each, and before prelude.lua where a script needs that.
--
-- ARGV 1  not-after: server time in microseconds; run later than that, a script changes nothing
--      2  nonce of the writer, 8 bytes
--      3  the command that publishes: PUBLISH, or SPUBLISH on a cluster of version 7 or later
-- Reply   {-1, server time} if it is too late

local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
if now > tonumber(ARGV[1]) then
  return {-1, now}
end
