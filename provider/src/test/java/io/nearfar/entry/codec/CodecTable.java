package io.nearfar.entry.codec;

import io.nearfar.entry.TestSettings;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Prints the table of the page on codecs: how long an object is in each and how long it takes there and back. Run by hand;
 * the codecs take turns in one JVM, and medians are compared.
 */
final class CodecTable {
    private static final int ROUNDS = 400;
    private static final int CALLS = 50;

    private CodecTable() {}

    record Town(int id, String name, String country, double latitude, double longitude, int population)
            implements Serializable {}

    public static void main(String[] none) {
        print("one record of six fields", town(1));
        print(
                "a list of a hundred of them",
                new ArrayList<>(
                        IntStream.range(0, 100).mapToObj(CodecTable::town).toList()));
        print("a map of twenty texts", texts());
    }

    private static Town town(int id) {
        return new Town(id, "Town " + id * 7919, "PT", 38.7 + id / 100.0, -9.1 - id / 100.0, id * 104_729);
    }

    private static LinkedHashMap<String, Object> texts() {
        LinkedHashMap<String, Object> texts = new LinkedHashMap<>();
        IntStream.range(0, 20).forEach(i -> texts.put("key" + i, "value " + i * 7919));
        return texts;
    }

    private static void print(String what, Object value) {
        Map<String, Turns> codecs = new LinkedHashMap<>();
        for (String codec : List.of("java", "json", "kryo")) {
            codecs.put(codec, new Turns(codec, value));
        }
        for (int round = 0; round < ROUNDS; round++) {
            codecs.values().forEach(Turns::take);
        }
        Turns base = codecs.get("java");
        codecs.forEach((codec, turns) -> System.out.printf(
                Locale.ROOT,
                "| %s | `%s` | %d | %.2f | %.2f (%.1f µs) | %.2f (%.1f µs) |%n",
                what,
                codec,
                turns.bytes.length,
                (double) turns.bytes.length / base.bytes.length,
                median(turns.there) / median(base.there),
                median(turns.there) / 1e3,
                median(turns.back) / median(base.back),
                median(turns.back) / 1e3));
    }

    private static double median(List<Long> times) {
        long[] sorted =
                times.stream().skip(ROUNDS / 4).mapToLong(it -> it).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(0);
    }

    /** The turns of one codec. */
    private static final class Turns {
        private final ValueFormat<Object> format;
        private final Object value;
        private final byte[] bytes;
        private final List<Long> there = new ArrayList<>();
        private final List<Long> back = new ArrayList<>();

        Turns(String codec, Object value) {
            this.format = ValueFormats.byValue(
                    TestSettings.withCodec(codec), Object.class, CodecTable.class.getClassLoader());
            this.value = value;
            this.bytes = format.keep(value).bytes();
        }

        void take() {
            there.add(time(() -> format.keep(value).bytes()));
            back.add(time(() -> format.decode(bytes).get()));
        }

        private static long time(Runnable call) {
            long before = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            return (System.nanoTime() - before) / CALLS;
        }
    }
}
