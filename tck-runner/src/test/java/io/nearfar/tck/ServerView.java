package io.nearfar.tck;

import io.nearfar.testing.RealRedis;
import io.nearfar.testing.RespClient;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** What the masters of a run say of themselves to somebody who is not Nearfar. */
record ServerView(List<RealRedis> masters) {
    /** How often a command was run by the master that ran it least, as their own statistics say. */
    long fewestCalls(String command) {
        Pattern calls = Pattern.compile("cmdstat_" + Pattern.quote(command) + ":calls=(\\d+)");
        return masters.stream()
                .mapToLong(master -> calls(calls, RespClient.text(master.call("INFO", "commandstats"))))
                .min()
                .orElse(0);
    }

    private static long calls(Pattern pattern, String info) {
        Matcher calls = pattern.matcher(info);
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    /** A checksum of all that lies below a prefix: of the keys, and of what is stored there. */
    long contentBelow(String prefix) {
        return masters.stream().mapToLong(master -> content(master, prefix)).sum();
    }

    private static long content(RealRedis master, String prefix) {
        long sum = 0;
        try (RespClient client = master.connect()) {
            for (Object key : (List<?>) client.call("KEYS", "*" + prefix + "*")) {
                sum += checksum((byte[]) key, (byte[]) client.call("DUMP", key));
            }
        }
        return sum;
    }

    private static long checksum(byte[] key, byte[] stored) {
        CRC32 checksum = new CRC32();
        checksum.update(key);
        checksum.update(stored);
        return checksum.getValue();
    }

    /** How many keys lie below a prefix. */
    long keysBelow(String prefix) {
        return masters.stream()
                .mapToLong(master -> ((List<?>) master.call("KEYS", "*" + prefix + "*")).size())
                .sum();
    }
}
