package io.nearfar.tool;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.far.FarVisit;
import io.nearfar.far.VisitedCache;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends the life of all entries of a cache, and waits until those are deleted. */
final class Clear {
    private Clear() {}

    static Report run(Request request, Console console) {
        return Visits.with(request, visit -> {
            VisitedCache cache = Entries.cache(visit, request);
            await(cache.clear(), visit.far(), console);
            return new Report().withCache("cleared", cache.version());
        });
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
