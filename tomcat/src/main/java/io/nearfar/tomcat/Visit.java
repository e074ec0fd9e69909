package io.nearfar.tomcat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request, on the thread that handles it, and the sessions that it uses: one as a rule. */
final class Visit {
    private final List<Use> uses = new ArrayList<>();

    /**
     * A session in use.
     *
     * @param lock the id under which other nodes are kept from it; null if they are not
     */
    record Use(NearfarSession session, @Nullable String lock) {}

    void add(NearfarSession session, @Nullable String lock) {
        uses.add(new Use(session, lock));
    }

    /** Returns that of an id, if it is used already. */
    @Nullable
    NearfarSession find(String id) {
        for (Use use : uses) {
            if (id.equals(use.session().getIdInternal())) {
                return use.session();
            }
        }
        return null;
    }

    List<Use> uses() {
        return uses;
    }
}
