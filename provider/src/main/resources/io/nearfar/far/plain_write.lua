-- The plain case of write.lua, which stands behind it and does the rest, for it costs less without a function: nobody listens,
-- the meta is there, the condition holds, nobody has locked the key, the entry met is not wanted, no tag is in question, and
-- the entry has a lifetime and no grace.
--
-- KEYS, ARGV and reply of write.lua. Where it is not that case it has changed nothing, and the script goes on.

if redis.replicate_commands then
  redis.replicate_commands()
end

if #ARGV[3] <= 8 and string.byte(ARGV[13], 2) < 128 and not KEYS[6] then
  local condition, since = ARGV[7], tonumber(ARGV[15])
  local meta, last = redis.pcall('GET', KEYS[2]), redis.pcall('GET', KEYS[3])
  local head = redis.pcall('GETRANGE', KEYS[1], '0', '33')
  if
    type(meta) == 'string'
    and #meta == 25
    and string.byte(meta) == 1
    and type(last) == 'string'
    and #last == 16
    and type(head) == 'string'
    and (condition == 'always' or not redis.pcall('GET', KEYS[4]))
  then
    local _, cleared, tagged = struct.unpack('>BI8I8', meta)
    local plain = since == 0 or since > tagged
    local before, existed, expires = nil, false, 0
    if #head == 34 then
      local form, flags, stamp, nonce, _, ends = struct.unpack('>BBI8c8I8I8', head)
      if form == 1 and stamp > cleared and (ends == 0 or ends > now) then
        before, existed, expires = head, flags % 2 == 0, ends
        plain = plain
          and (stamp > tagged or math.floor(flags / 4) % 2 == 0)
          and not (existed and (nonce == ARGV[2] or ARGV[10] == '1'))
      end
    end
    local lifetime = existed and ARGV[9] or ARGV[8]
    if
      plain
      and lifetime ~= '0'
      and (
        condition == 'always'
        or condition == 'absent' and not existed
        or condition == 'present' and existed
        or before and condition == string.sub(before, 3, 18)
      )
    then
      local stamp = math.max(struct.unpack('>I8', last) + 1, now, cleared + 1, tagged + 1)
      local mine = struct.pack('>I8', stamp) .. ARGV[2]
      if lifetime == '-1' then
        expires = 0
      elseif lifetime ~= '-2' then
        expires = now + lifetime * 1000
      end
      local entry = ARGV[13] .. mine .. struct.pack('>I8I8', now, expires) .. ARGV[14]
      if expires == 0 then
        redis.call('SET', KEYS[1], entry)
      elseif lifetime == '-2' then
        redis.call('SET', KEYS[1], entry)
        redis.call('PEXPIREAT', KEYS[1], math.ceil(expires / 1000))
      else
        redis.call('SET', KEYS[1], entry, 'PX', lifetime)
      end
      redis.call('SET', KEYS[3], mine)
      redis.call(ARGV[3], ARGV[4], '\1\1' .. last .. mine .. ARGV[5] .. ARGV[6])
      return {1, existed and 1 or 0, stamp, now, expires, false}
    end
  end
end
