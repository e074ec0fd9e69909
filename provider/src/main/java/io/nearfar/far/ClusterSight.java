package io.nearfar.far;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node of a cluster says of all of them.
 *
 * @param uncovered how many of the slots no working master has
 * @param failing the addresses of nodes that are not in order
 * @param alone the addresses of working masters with slots and without a working replica
 */
public record ClusterSight(int uncovered, List<String> failing, List<String> alone) {
    private static final int SLOTS = 16_384;
    private static final int ADDRESS = 1;
    private static final int FLAGS = 2;
    private static final int MASTER = 3;
    private static final int FIRST_SLOTS = 8;

    /** Copies the lists. */
    public ClusterSight {
        failing = List.copyOf(failing);
        alone = List.copyOf(alone);
    }

    /** Returns what the answer to CLUSTER NODES comes to. */
    static ClusterSight of(String nodes) {
        BitSet covered = new BitSet(SLOTS);
        List<String> failing = new ArrayList<>();
        Map<String, String> alone = new LinkedHashMap<>();
        List<String[]> all = nodes.lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length > MASTER)
                .toList();
        for (String[] words : all) {
            List<String> flags = List.of(words[FLAGS].split(","));
            if (flags.contains("fail") || flags.contains("fail?")) {
                failing.add(address(words));
            } else if (flags.contains("master") && words.length > FIRST_SLOTS) {
                cover(covered, words);
                alone.put(words[0], address(words));
            }
        }
        all.stream().filter(words -> !failing.contains(address(words))).forEach(words -> alone.remove(words[MASTER]));
        return new ClusterSight(SLOTS - covered.cardinality(), failing, List.copyOf(alone.values()));
    }

    /** {@code 127.0.0.1:7001@17001,a.example} as host and port. */
    private static String address(String[] words) {
        return words[ADDRESS].replaceAll("[@,].*", "");
    }

    /** Slots on their way to another node stand in brackets, and among the ranges as well while they are here. */
    private static void cover(BitSet covered, String[] words) {
        for (int i = FIRST_SLOTS; i < words.length; i++) {
            if (words[i].matches("\\d+(-\\d+)?")) {
                String[] ends = words[i].split("-");
                covered.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
            }
        }
    }
}
