package io.nearfar.tomcat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request, on the thread that handles it, and the sessions that it uses: one as a rule. */
final class Visit {
    private final List<Use> uses = new ArrayList<>();

    /** A session in use by a request. The lock of the session guards it. */
    static final class Use {
        private final NearfarSession session;
        private final List<String> locks = new ArrayList<>(1);
        private boolean overtaken;

        private Use(NearfarSession session) {
            this.session = session;
        }

        NearfarSession session() {
            return session;
        }

        /** Other nodes are kept from this id of the session until the request is over. */
        void lock(String id) {
            locks.add(id);
        }

        List<String> locks() {
            return locks;
        }

        /** The session was stored for another request, without what this one does to its attributes from then on. */
        void overtake() {
            overtaken = true;
        }

        boolean isOvertaken() {
            return overtaken;
        }
    }

    Use add(NearfarSession session) {
        Use use = new Use(session);
        uses.add(use);
        return use;
    }

    /** Returns that of an id, if it is used already and has not ended meanwhile. */
    @Nullable
    NearfarSession find(String id) {
        for (Use use : uses) {
            if (use.session().isAlive() && id.equals(use.session().getIdInternal())) {
                return use.session();
            }
        }
        return null;
    }

    List<Use> uses() {
        return uses;
    }
}
