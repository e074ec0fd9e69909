package io.nearfar.tool;

import io.nearfar.far.FarNews;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What happens under the prefix, as it happens. */
final class Watch {
    private final Console console;
    private final @Nullable String cache;
    private final long most;
    private final AtomicLong met = new AtomicLong();
    private final CountDownLatch enough = new CountDownLatch(1);

    private Watch(Console console, @Nullable String cache, long most) {
        this.console = console;
        this.cache = cache;
        this.most = most;
    }

    static Report run(Request request, Console console) {
        Watch watch = new Watch(console, request.last(Option.CACHE), request.number(Option.COUNT, Long.MAX_VALUE));
        return Visits.with(request, visit -> {
            visit.far().watch(watch::news, watch::lost);
            console.print(new Report().with("watching", visit.prefix()));
            watch.await(request.millis(Option.FOR, Long.MAX_VALUE));
            return new Report().with("seen", watch.met.get());
        });
    }

    private void await(long millis) {
        try {
            boolean done = enough.await(millis, TimeUnit.MILLISECONDS);
            console.progress(done ? "that was enough" : "the time is up");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void news(FarNews news) {
        if ((cache == null || cache.equals(news.cache().cache())) && enough.getCount() > 0) {
            console.print(row(news));
            if (met.incrementAndGet() >= most) {
                enough.countDown();
            }
        }
    }

    /** In the words of who reads it: an entry was changed, whether written or removed; a message does not say which. */
    private static Report row(FarNews news) {
        String names = news.names().isEmpty() ? "" : " " + String.join(" ", news.names());
        Report report = new Report()
                .withMicros("at", news.stamp(), "")
                .with("kind", news.kind())
                .withCache(news.cache())
                .with("names", news.names())
                .withNumber("partition", news.partition());
        String at = report.shown().getOrDefault("at", "");
        return report.plain(Printable.line(at + " " + news.kind() + " " + news.cache() + names));
    }

    private void lost(int partition) {
        console.print(new Report()
                .with("kind", "lost")
                .withNumber("partition", partition)
                .plain("messages of partition " + partition + " may have been missed"));
    }
}
