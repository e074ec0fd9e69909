-- Asks for the right to load a missing entry.
--
-- KEYS 1  entry   2  meta   3  chain
-- ARGV 4  channel   5  name of the cache, as a message carries it
--      6  milliseconds until the right ends
--      7  the placeholder's first two bytes and 8 what follows the script's part
--      9  16 bytes of the version of an entry that counts as missing, for the caller cannot read it, or empty
-- Reply   {1, stamp} granted: a placeholder with that stamp and the caller's nonce stands in the entry's place
--         {0, milliseconds until that ends, 16 bytes of the placeholder's version} somebody else loads
--         {2, envelope} a live entry is there
--
-- Atomic, since of two that find nothing one alone may load. The placeholder's stamp is above every write so far but
-- does not move the chain, for nothing was written; any later write, removal or clear voids it. All keys carry the
-- partition's hash tag.

local cleared = cleared_at(KEYS[2])
local before = header(KEYS[1], cleared)
if before and is_placeholder(before) then
  if nonce_of(before) == ARGV[2] then
    return {1, number(before, 3)}
  end
  return {0, math.ceil((number(before, 27) - now) / 1000), version_of(before)}
end
if before and version_of(before) ~= ARGV[9] then
  return {2, redis.call('GET', KEYS[1])}
end

if not cleared then
  recreate(KEYS[2], KEYS[3], ARGV[4], ARGV[5])
end
local stamp = stamp_after(last_write(KEYS[3]))
store(KEYS[1], ARGV[7], stamp, ARGV[6], nil, ARGV[8])
return {1, stamp}
