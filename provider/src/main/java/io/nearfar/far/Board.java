package io.nearfar.far;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.key.Keyspace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where the nodes under one prefix put up on what terms they have opened their caches, so that each can compare. All of it
 * lies in one slot, so that one round trip serves a hundred caches.
 */
final class Board {
    private static final int PAGE = 100;
    private static final int TOKEN_LENGTH = 16;

    private final Calls calls;
    private final Keyspace keyspace;
    private final String token =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    Board(Calls calls, Keyspace keyspace) {
        this.calls = calls;
        this.keyspace = keyspace;
    }

    /**
     * Puts up terms by the names of their caches, for so long, and returns those that other nodes had put up.
     *
     * @throws FarTierUnavailableException if the server does not answer
     */
    Map<String, String> post(Map<String, String> terms, long millis) {
        Map<String, String> others = new HashMap<>();
        for (List<String> page : pages(terms.keySet())) {
            Arguments arguments = new Arguments().add(token).add(millis);
            page.forEach(cache -> arguments.key(keyspace.termsKey(cache)).add(terms.getOrDefault(cache, "")));
            List<Object> reply = calls.run(Script.POST, 0, arguments);
            for (int i = 0; i < page.size(); i++) {
                take(page.get(i), reply.get(i + 1), others);
            }
        }
        return others;
    }

    private static void take(String cache, Object found, Map<String, String> others) {
        String text = found instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
        if (text.length() > TOKEN_LENGTH) {
            others.put(cache, text.substring(TOKEN_LENGTH));
        }
    }

    /**
     * Takes down what this node has put up of these caches.
     *
     * @throws FarTierUnavailableException if the server does not answer
     */
    void takeDown(Collection<String> caches) {
        for (List<String> page : pages(caches)) {
            Arguments arguments = new Arguments().add(token).add(0);
            page.forEach(cache -> arguments.key(keyspace.termsKey(cache)));
            calls.run(Script.POST, 0, arguments);
        }
    }

    private static List<List<String>> pages(Collection<String> caches) {
        List<String> all = new ArrayList<>(caches);
        List<List<String>> pages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PAGE) {
            pages.add(all.subList(from, Math.min(all.size(), from + PAGE)));
        }
        return pages;
    }
}
