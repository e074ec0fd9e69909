package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarEntries.Unanswered;
import io.nearfar.invalidation.Wire;
import io.nearfar.key.Glob;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells all nodes of a pattern in some partitions of a cache: all are under way at once, and none is at the end. */
final class Announcement {
    private final Calls calls;
    private final Names names;
    private final byte[] pattern;
    private final Map<Integer, ScriptCall> underWay = new LinkedHashMap<>();

    Announcement(Calls calls, Names names, Glob pattern) {
        this.calls = calls;
        this.names = names;
        this.pattern = Wire.text(pattern.pattern());
    }

    /** Tells and returns the stamps of the messages, by partition. */
    Map<Integer, Long> tell(BitSet partitions, Unanswered<Integer> unanswered) {
        partitions.stream().forEach(partition -> begin(partition, unanswered));
        Map<Integer, Long> stamps = new LinkedHashMap<>();
        underWay.forEach((partition, call) -> {
            try {
                stamps.put(partition, Numbers.of(call.reply(), 1));
            } catch (FarTierUnavailableException e) {
                unanswered.tell(partition, e);
            }
        });
        return stamps;
    }

    private void begin(int partition, Unanswered<Integer> unanswered) {
        Arguments arguments = new Arguments();
        arguments
                .key(names.meta(partition))
                .key(names.chain(partition))
                .key(names.upload(partition, arguments.nonce()))
                .add(names.channel(partition))
                .add(names.wire())
                .add(pattern);
        try {
            underWay.put(partition, calls.script(Script.PATTERN, partition, arguments));
        } catch (FarTierUnavailableException e) {
            unanswered.tell(partition, e);
        }
    }
}
