package io.nearfar.fault.node;

import java.util.List;
import java.util.stream.Stream;

/** A limit that a request asks about: a key without colons and commas, and its permits. */
public record Ask(String key, long permits) {
    @Override
    public String toString() {
        return key + ":" + permits;
    }

    static List<Ask> of(String text) {
        return Stream.of(text.split(","))
                .map(each -> each.split(":"))
                .map(parts -> new Ask(parts[0], Long.parseLong(parts[1])))
                .toList();
    }
}
