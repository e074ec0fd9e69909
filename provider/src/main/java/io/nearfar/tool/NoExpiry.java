package io.nearfar.tool;

/** Entries that the server keeps for ever. */
final class NoExpiry {
    private static final long FOR_EVER = -1;

    private NoExpiry() {}

    static Report run(Request request, Console console) {
        return Visits.with(request, visit -> {
            Best all = new Best(1);
            Best eternal = new Best(request.top());
            visit.far().lifetimes(request.last(Option.CACHE), (cache, key, millis) -> {
                all.add(cache, key, 0);
                if (millis == FOR_EVER) {
                    eternal.add(cache, key, 0);
                }
                console.progress(Amounts.count(all.count()) + " entries met");
            });
            return new Report()
                    .with("entries", all.count())
                    .with("withoutExpiry", eternal.count())
                    .withRows(
                            "some",
                            eternal.inOrder().stream().map(NoExpiry::row).toList());
        });
    }

    private static Report row(Best.Entry entry) {
        return new Report().withCache(entry.cache()).with("key", entry.key());
    }
}
