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

local LIST, RING, COUNTS, LEASED = 5, 9, 2, 2
local BLOCK, MOST, LIST_HEAD, NUMBERS = 16, 192, 8, 16
local FRESH, OLD, AREA = 26, 122, 217
local COUNTS_HEAD, CELL, CELLS = 21, 5, 101

local cost, charged = tonumber(ARGV[4]), tonumber(ARGV[5])

-- Sets the expiry that a window has; tells how many milliseconds that is away, or nothing.
local function keep_expiry(w)
  local left = redis.call('PTTL', w.key)
  return left > 0 and redis.call('PEXPIRE', w.key, left) == 1 and left
end

-- The number of the first permit that was taken at that instant or later, if so many from there on were taken then.
local function find(w, instant, stamp)
  local low, high = w.tail, w.head
  while low < high do
    local middle = math.floor((low + high) / 2)
    if stamp(middle) < instant then
      low = middle + 1
    else
      high = middle
    end
  end
  return low + cost <= w.head and stamp(low) == instant and stamp(low + cost - 1) == instant and low
end

local function refund_list(w)
  w.tail, w.head = 0, (#w.bytes - LIST_HEAD) / 6
  local n = find(w, charged - w.base, function(permit)
    return (struct.unpack('>I6', w.bytes, #w.bytes - 5 - 6 * permit))
  end)
  if not n then
    return 0
  end
  if w.head == cost then
    redis.call('DEL', w.key)
    return 1
  end
  local left = keep_expiry(w)
  if not left then
    return 0
  end
  local others = string.sub(w.bytes, 1, #w.bytes - 6 * (n + cost)) .. string.sub(w.bytes, #w.bytes - 6 * n + 1)
  redis.call('SET', w.key, others, 'PX', left)
  return 1
end

-- The bytes of a block, as far as it is filled.
local function block(w, n)
  if n == w.last then
    return string.sub(w.bytes, FRESH, FRESH + 6 * ((w.head - 1) % BLOCK) + 5)
  elseif n == w.first then
    return string.sub(w.bytes, OLD, AREA)
  end
  local at = AREA + -n % w.blocks * 96
  return redis.call('GETRANGE', w.key, at, at + 95)
end

local function padded(bytes)
  return bytes .. string.rep('\0', 96 - #bytes)
end

local function refund_ring(w)
  w.first, w.last = math.floor(w.tail / BLOCK), math.floor((w.head - 1) / BLOCK)
  local n = find(w, charged - w.base, function(permit)
    local bytes = block(w, math.floor(permit / BLOCK))
    return (struct.unpack('>I6', bytes, #bytes - 5 - permit % BLOCK * 6))
  end)
  if not n then
    return 0
  end
  local head = w.head - cost
  if head == w.tail then
    redis.call('DEL', w.key)
    return 1
  end
  -- All from the block of the permit before on; so the new last block is among them
  local from, parts = math.max(w.first, math.floor((n - 1) / BLOCK)), {}
  for each = w.last, from, -1 do
    parts[#parts + 1] = block(w, each)
  end
  if not keep_expiry(w) then
    return 0
  end
  local bytes, older = table.concat(parts), 6 * (n - from * BLOCK)
  bytes = string.sub(bytes, 1, #bytes - older - 6 * cost) .. string.sub(bytes, #bytes - older + 1)
  local last = math.floor((head - 1) / BLOCK)
  local fresh, old = string.sub(bytes, 1, 6 * (head - last * BLOCK)), string.sub(w.bytes, OLD, AREA)
  if from == w.first then
    old = padded(string.sub(bytes, -96))
  end
  redis.call('SETRANGE', w.key, NUMBERS, struct.pack('>I6I3', head, head - w.tail) .. padded(fresh) .. old)
  for each = math.max(from, w.first + 1), last - 1 do
    local ends = #bytes - 96 * (each - from)
    redis.call('SETRANGE', w.key, AREA + -each % w.blocks * 96, string.sub(bytes, ends - 95, ends))
  end
  return 1
end

local function refund_counts(w)
  local part = math.floor((charged - w.base) / w.width)
  local at = COUNTS_HEAD + part % CELLS * CELL
  local count = struct.unpack('>I5', w.bytes, at + 1)
  if part > w.newest or part <= w.newest - CELLS or count < cost or not keep_expiry(w) then
    return 0
  end
  redis.call('SETRANGE', w.key, at, struct.pack('>I5', count - cost))
  return 1
end

local function refund(key, base)
  local bytes = redis.pcall('GETRANGE', key, 0, LIST_HEAD + 6 * MOST)
  local w = {key = key, bytes = type(bytes) == 'string' and bytes or ''}
  local kind = string.byte(w.bytes)
  if kind == LIST or kind == LIST + LEASED then
    if #w.bytes > LIST_HEAD and (#w.bytes - LIST_HEAD) % 6 == 0 then
      w.base = struct.unpack('>I7', w.bytes, 2)
      return w.base == base and refund_list(w) or 0
    end
  elseif kind == RING or kind == RING + LEASED then
    if #w.bytes >= AREA then
      local count
      w.base, w.blocks, w.ends, w.head, count = struct.unpack('>I7I2I6I6I3', w.bytes, 2)
      w.tail = w.head - count
      local whole = redis.call('STRLEN', key) == AREA + w.blocks * 96
      return w.base == base and whole and refund_ring(w) or 0
    end
  elseif (kind == COUNTS or kind == COUNTS + LEASED) and #w.bytes == COUNTS_HEAD + CELLS * CELL then
    w.width, w.base, w.newest = struct.unpack('>I7I7I6', w.bytes, 2)
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
