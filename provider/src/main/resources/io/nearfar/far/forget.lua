-- Forgets what was counted for some limits.
--
-- KEYS    the window of each limit
-- Reply   {1}
--
-- A script, since one that comes too late must not forget what was counted since.

for k = 1, #KEYS do
  redis.call('DEL', KEYS[k])
end
return {1}
