-- Gives the right to load back without a result.
--
-- KEYS 1  entry   2  meta   3  tag table
-- ARGV 4  version of the placeholder, 16 bytes; with a stamp of 0 its nonce counts alone, for who has got no answer knows no more
-- Reply   {1} given back, {0} the placeholder was gone
--
-- Atomic, since a write between the look and the removal would be lost. No message: nobody held anything. All keys
-- carry the partition's hash tag.

local before = header(KEYS[1], state_of(KEYS[2]), KEYS[3])
if not before or not is_placeholder(before) or is_absence(before) or not is_of(before, ARGV[4]) then
  return {0}
end
redis.call('DEL', KEYS[1])
return {1}
