-- Gives an entry another lifetime from now on, unless the key has changed since it was read.
--
-- KEYS 1  entry   2  meta   3  chain   4  tag table
-- ARGV 4  channel
--      5  name of the cache and 6 text of the key, as a message carries them
--      7  the version that was read, 16 bytes
--      8  lifetime: milliseconds, -1 eternal, 0 none
-- Reply   {1 touched | 2 removed, stamp, expires} or {0} if the key has changed
--
-- Atomic, since another write between the look and the change would be given a lifetime that is not its own. An
-- expiration moved back is nobody else's concern; one brought forward makes the entry a new write, with stamp and
-- message, for other nodes would serve their copies too long. PEXPIREAT and PERSIST come before SETRANGE, so that a
-- full server accepts it. All keys carry the partition's hash tag.

local state = state_of(KEYS[2])
local before = header(KEYS[1], state, KEYS[4])
if not before or is_placeholder(before) or version_of(before) ~= ARGV[7] then
  return {0}
end

local ends = number(before, 27)
local expires = ARGV[8] == '-1' and 0 or now + ARGV[8] * 1000
local telling = ARGV[8] == '0' and audience and expecting and expecting.others
local gone = telling and heard_before(KEYS[1], before, true)

if expires == 0 then
  redis.call('PERSIST', KEYS[1])
elseif ARGV[8] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('PEXPIREAT', KEYS[1], kept_until(expires, rest_of(before, grace_under(KEYS[1], before))))
  announce(KEYS[1], before, expires)
end

if expires == 0 or (ends ~= 0 and expires >= ends) then
  redis.call('SETRANGE', KEYS[1], 26, packed(expires))
  return {1, number(before, 3), expires}
end

local last = last_write(KEYS[3])
local stamp = stamp_over(last, state)
if ARGV[8] ~= '0' then
  redis.call('SETRANGE', KEYS[1], 2, packed(stamp) .. ARGV[2])
  redis.call('SETRANGE', KEYS[1], 26, packed(expires))
end
record(KEYS[3], ARGV[4], last, stamp, ENTRIES, ARGV[5] .. ARGV[6])
if telling then
  tell_audience(ARGV[4], EXPIRED, stamp, ARGV[5] .. ARGV[6], nil, gone)
end
return {ARGV[8] == '0' and 2 or 1, stamp, expires}
