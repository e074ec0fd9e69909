package io.nearfar.tool;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.CacheVersion;
import io.nearfar.far.FarVisit;
import io.nearfar.far.VisitedCache;
import io.nearfar.tool.Visits.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends the life of all entries of a cache, or of all caches under the prefix, and waits until those are deleted. */
final class Clear {
    private Clear() {}

    static Report run(Request request, Console console) {
        boolean all = request.has(Option.ALL);
        if (all == !request.words().isEmpty() || all && request.has(Option.VERSION)) {
            throw ToolException.usage("It is written clear <cache>, maybe with " + Option.VERSION.written()
                    + ", or clear " + Option.ALL.written() + " for all caches under the prefix");
        }
        return Visits.with(request, visit -> all ? all(visit, console) : one(visit, request, console));
    }

    private static Report one(Visit visit, Request request, Console console) {
        VisitedCache cache = Entries.cache(visit, request);
        await(cache.clear(), visit.far(), console);
        return new Report().withCache("cleared", cache.version());
    }

    /** Those that have entries: of another there is nothing to clear. */
    private static Report all(Visit visit, Console console) {
        List<Report> cleared = new ArrayList<>();
        for (CacheVersion met : visit.far()
                .caches(entries -> console.progress(Amounts.count(entries) + " entries met"))
                .keySet()) {
            VisitedCache cache =
                    visit.far().cache(visit.settings().cache(met.cache(), false).in(met.version()));
            await(cache.clear(), visit.far(), console);
            cleared.add(new Report().withCache(met));
        }
        return new Report().with("prefix", visit.prefix()).withRows("cleared", cleared);
    }

    /** For caches all is over when the sweep begins: whoever ends the tool meanwhile leaves dead entries to the server. */
    static void await(CompletableFuture<Void> swept, FarVisit far, Console console) {
        while (true) {
            try {
                swept.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                console.progress("cleared; what is dead is being deleted");
                checkThere(far);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                throw notDeleted(e);
            }
        }
    }

    /** A sweep waits for a server that is silent, for as long as that is. */
    private static void checkThere(FarVisit far) {
        try {
            far.servers();
        } catch (FarTierUnavailableException e) {
            throw notDeleted(e);
        }
    }

    private static ToolException notDeleted(Exception why) {
        return new ToolException(Outcome.SILENT, "Cleared, but what is dead was not deleted: " + why.getMessage());
    }
}
