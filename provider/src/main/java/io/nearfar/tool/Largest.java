package io.nearfar.tool;

/** The largest entries. */
final class Largest {
    private Largest() {}

    static Report run(Request request, Console console) {
        return Visits.with(request, visit -> {
            Best best = new Best(request.top());
            visit.far().sizes(request.last(Option.CACHE), (cache, key, bytes) -> {
                best.add(cache, key, bytes);
                console.progress(Amounts.count(best.count()) + " entries met");
            });
            return new Report()
                    .with("entries", best.count())
                    .withBytes("all", best.sum())
                    .withRows(
                            "largest", best.inOrder().stream().map(Largest::row).toList())
                    .ending(best.count() == 0 ? Outcome.NO : Outcome.DONE);
        });
    }

    private static Report row(Best.Entry entry) {
        return new Report()
                .withBytes("size", entry.number())
                .withCache(entry.cache())
                .with("key", entry.key());
    }
}
