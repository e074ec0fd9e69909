-- Takes back what a request was charged that others have denied, and credits that were leased and will not be spent.
--
-- KEYS         the window of each limit
-- ARGV 4       permits that it was charged to each
--      5       when, by the server time of the reply to that
--      6 and on, for each limit: the base of its window, by that reply
-- Reply {1, then for each limit: 1 taken back | 0 not, since the window is another one by now, or counts from another base}
--
-- What was charged is known by its instant. If the server's clock was set back since, the base is another, and it stays
-- charged: better too long than permits of others too short. Atomic, since a window is read and written. Begins with an
-- expiry, which stays what it was, so that a full server accepts the rest; a window that has none, or that goes this very
-- millisecond, is left alone. All keys carry one hash tag on a cluster.
--
-- The layouts are those of decide.lua.

local LEASED = 2
local RING, COUNTS, RING_HEAD, COUNTS_HEAD, STAMP, CELL, CELLS = 1, 2, 24, 21, 6, 5, 101

local cost, charged = tonumber(ARGV[4]), tonumber(ARGV[5])

-- The bytes of some stamps, which stand side by side or go on at the beginning of the ring.
local function stamps(w, from, count)
  local bytes = {}
  while count > 0 do
    local run = math.min(count, w.slots - from % w.slots)
    local at = RING_HEAD + from % w.slots * STAMP
    bytes[#bytes + 1] = redis.call('GETRANGE', w.key, at, at + run * STAMP - 1)
    from = from + run
    count = count - run
  end
  return table.concat(bytes)
end

local function put_stamps(w, from, bytes)
  while #bytes > 0 do
    local run = math.min(#bytes / STAMP, w.slots - from % w.slots)
    redis.call('SETRANGE', w.key, RING_HEAD + from % w.slots * STAMP, string.sub(bytes, 1, run * STAMP))
    from = from + run
    bytes = string.sub(bytes, run * STAMP + 1)
  end
end

local function stamp(w, n)
  return (struct.unpack('>I6', stamps(w, n, 1)))
end

-- The number of the first permit that was taken at that instant or later.
local function first_at(w, instant)
  local low, high = w.tail, w.head
  while low < high do
    local middle = math.floor((low + high) / 2)
    if stamp(w, middle) < instant then
      low = middle + 1
    else
      high = middle
    end
  end
  return low
end

-- Sets the expiry that a window has; tells whether it has one, and time left.
local function keep_expiry(w)
  local left = redis.call('PTTL', w.key)
  return left > 0 and redis.call('PEXPIRE', w.key, left) == 1
end

local function refund_ring(w)
  local instant = charged - w.base
  local n = first_at(w, instant)
  if n + cost > w.head or stamp(w, n) ~= instant or stamp(w, n + cost - 1) ~= instant then
    return 0
  end
  if w.head - w.tail == cost then
    redis.call('DEL', w.key)
    return 1
  end
  if not keep_expiry(w) then
    return 0
  end
  put_stamps(w, n, stamps(w, n + cost, w.head - n - cost))
  redis.call('SETRANGE', w.key, 11, struct.pack('>I6', w.head - cost))
  return 1
end

local function refund_counts(w)
  local part = math.floor((charged - w.base) / w.width)
  local at = COUNTS_HEAD + part % CELLS * CELL
  local count = struct.unpack('>I5', redis.call('GETRANGE', w.key, at, at + CELL - 1))
  if part > w.newest or part <= w.newest - CELLS or count < cost or not keep_expiry(w) then
    return 0
  end
  redis.call('SETRANGE', w.key, at, struct.pack('>I5', count - cost))
  return 1
end

local function refund(key, base)
  local w = {key = key}
  local bytes = redis.pcall('GETRANGE', key, 0, RING_HEAD)
  local kind = type(bytes) == 'string' and #bytes > RING_HEAD and string.byte(bytes)
  local length = kind and redis.call('STRLEN', key)
  if kind == RING or kind == RING + LEASED then
    w.slots, w.tail, w.head, w.base = struct.unpack('>I4I6I6I7', bytes, 2)
    if w.base == base and w.slots > 0 and length == RING_HEAD + w.slots * STAMP then
      return refund_ring(w)
    end
  elseif (kind == COUNTS or kind == COUNTS + LEASED) and length == COUNTS_HEAD + CELLS * CELL then
    w.width, w.base, w.newest = struct.unpack('>I7I7I6', bytes, 2)
    if w.base == base and w.width > 0 then
      return refund_counts(w)
    end
  end
  return 0
end

local reply = {1}
for k = 1, #KEYS do
  reply[k + 1] = refund(KEYS[k], tonumber(ARGV[5 + k]))
end
return reply
