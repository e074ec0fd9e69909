-- Prolongs the right to load.
--
-- KEYS 1  entry   2  meta   3  tag table
-- ARGV 4  version of the placeholder, 16 bytes   5  milliseconds from now
-- Reply   {1} prolonged, {0} the placeholder is gone
--
-- Atomic, since a write between the look and the change would be given the placeholder's lifetime. PEXPIRE comes
-- before SETRANGE, so that a full server accepts it. What the placeholder keeps may be kept longer than that. All keys
-- carry the partition's hash tag.

local before = header(KEYS[1], state_of(KEYS[2]), KEYS[3])
if not before or not is_placeholder(before) or is_absence(before) or version_of(before) ~= ARGV[4] then
  return {0}
end
redis.call('PEXPIRE', KEYS[1], is_keeping(before) and math.max(ARGV[5], redis.call('PTTL', KEYS[1])) or ARGV[5])
redis.call('SETRANGE', KEYS[1], 26, packed(now + ARGV[5] * 1000))
return {1}
