package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Beans.fails;
import static io.nearfar.cdi.matrix.Cell.Place.ASYNCHRONOUS;
import static io.nearfar.cdi.matrix.Cell.Place.CLASS;
import static io.nearfar.cdi.matrix.Cell.Place.INHERITED;
import static io.nearfar.cdi.matrix.Cell.Place.METHOD;
import static io.nearfar.cdi.matrix.Cell.Place.REPEATED;

import io.nearfar.cdi.annotation.CacheTtl;
import io.nearfar.cdi.annotation.InvalidatePattern;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** What ends entries by their keys. */
final class PatternCells {
    static final List<Class<?>> BEANS = List.of(Feeds.class, Follower.class);

    private PatternCells() {}

    /** Has something to name. */
    public record User(String name, List<String> friends) {}

    /** Is read in a key by its class. */
    public enum Kind {
        BOOK {
            @Override
            public String toString() {
                return "a book";
            }
        }
    }

    /** Not a bean itself. */
    public abstract static class Following {
        @InvalidatePattern(cacheName = "mx-feeds", value = "{0}:*")
        public void unfollow(String user) {}
    }

    @Singleton
    public static class Follower extends Following {}

    @Singleton
    @CacheDefaults(cacheName = "mx-feeds")
    public static class Feeds {
        int calls;
        boolean fails;

        @CacheResult
        @CacheTtl(value = "1h", grace = "1h")
        public String find(String feed) {
            calls++;
            if (fails) {
                Spies.fail(1);
            }
            return feed + calls;
        }

        @InvalidatePattern("{user.name}:?*")
        public void end(User user) {}

        @InvalidatePattern("{user.friends}:*")
        public void endOfFriends(User user) {}

        @InvalidatePattern("{kind}:*")
        public void endKind(Kind kind) {}

        @InvalidatePattern(prefixes = "{user.name}:")
        public void endPrefix(User user) {}

        @InvalidatePattern(cacheName = "mx-other", prefixes = "{user}")
        public void endElsewhere(String user) {}

        @InvalidatePattern(cacheName = "mx-feeds", prefixes = "{user}")
        public void endHere(String user) {}

        @InvalidatePattern(value = "{user}*", soft = true)
        public void endSoftly(String user) {}

        @InvalidatePattern(value = "{user}*", afterInvocation = false)
        public void before(String user) {
            Spies.fail(1);
        }

        @InvalidatePattern(value = "{user}*", evictFor = IllegalStateException.class)
        public void these(String user, int kind) {
            Spies.fail(kind);
        }

        @InvalidatePattern(value = "{user}*", noEvictFor = IllegalStateException.class)
        public void others(String user, int kind) {
            Spies.fail(kind);
        }

        @InvalidatePattern(cacheName = "mx-other", value = "{user}*")
        @InvalidatePattern("{user}:new")
        public void several(String user) {}

        @InvalidatePattern("{result}*")
        public CompletionStage<String> later(String user) {
            return CompletableFuture.completedStage(user);
        }

        @CachePut
        @InvalidatePattern("put:*")
        public void put(@CacheKey String feed, @CacheValue String value) {}
    }

    /** Uses a bean. */
    private interface Use {
        void of(Feeds bean) throws Exception;
    }

    static List<Cell> cells() {
        return List.of(
                cell("value", METHOD, PatternCells::valueIsItself),
                cell("value", CLASS, PatternCells::putStays),
                cell("value", REPEATED, beans -> ends(beans, "p3:new", feeds -> feeds.several("p3"))),
                new Cell(
                        InvalidatePattern.List.class,
                        "value",
                        REPEATED,
                        beans -> ends(beans, "p4:new", feeds -> feeds.several("p4"))),
                cell(
                        "value",
                        INHERITED,
                        beans -> ends(
                                beans,
                                "p5:new",
                                feeds -> beans.of(Follower.class).unfollow("p5"))),
                cell(
                        "value",
                        ASYNCHRONOUS,
                        beans -> ends(
                                beans,
                                "p6:new",
                                feeds -> feeds.later("p6").toCompletableFuture().join())),
                cell("prefixes", METHOD, PatternCells::emptyPrefixIsNone),
                cell(
                        "cacheName",
                        METHOD,
                        beans -> !ends(beans, "p7", feeds -> feeds.endElsewhere("p7"))
                                && ends(beans, "p8", feeds -> feeds.endHere("p8"))),
                cell("afterInvocation", METHOD, beans -> ends(beans, "p9", feeds -> feeds.before("p9"))),
                cell(
                        "evictFor",
                        METHOD,
                        beans -> !ends(beans, "p10", feeds -> feeds.these("p10", 2))
                                && ends(beans, "p10", feeds -> feeds.these("p10", 1))),
                cell(
                        "noEvictFor",
                        METHOD,
                        beans -> !ends(beans, "p11", feeds -> feeds.others("p11", 1))
                                && ends(beans, "p11", feeds -> feeds.others("p11", 2))),
                cell("soft", METHOD, PatternCells::keptAnswers));
    }

    /** Tells whether an entry is kept until a use, and has ended after it. */
    private static boolean ends(Beans beans, String feed, Use use) {
        Feeds feeds = beans.of(Feeds.class);
        String first = feeds.find(feed);
        boolean isKept = feeds.find(feed).equals(first);
        fails(() -> use.of(feeds));
        return isKept && !feeds.find(feed).equals(first);
    }

    private static boolean valueIsItself(Beans beans) {
        User star = new User("p1*[a]\\?", List.of("p1f", "p1g"));
        return !ends(beans, "p1xa\\y:new", feeds -> feeds.end(star))
                && ends(beans, "p1*[a]\\?:new", feeds -> feeds.end(star))
                && !ends(beans, "p1*[a]\\?:", feeds -> feeds.end(star))
                && ends(beans, "p1g:new", feeds -> feeds.endOfFriends(star))
                && ends(beans, Kind.class.getName() + ".BOOK:7", feeds -> feeds.endKind(Kind.BOOK));
    }

    /** It comes before what the method puts. */
    private static boolean putStays(Beans beans) {
        return ends(beans, "put:2", feeds -> feeds.put("put:1", "v"))
                && beans.of(Feeds.class).find("put:1").equals("v");
    }

    private static boolean emptyPrefixIsNone(Beans beans) {
        return ends(beans, "p*:new", feeds -> feeds.endPrefix(new User("p*", List.of())))
                && !ends(beans, "px:new", feeds -> feeds.endPrefix(new User("p*", List.of())))
                && !ends(beans, "py", feeds -> feeds.endHere(""));
    }

    private static boolean keptAnswers(Beans beans) {
        Feeds feeds = beans.of(Feeds.class);
        String first = feeds.find("p12");
        feeds.endSoftly("p12");
        int before = feeds.calls;
        feeds.fails = true;
        try {
            return feeds.find("p12").equals(first) && feeds.calls == before + 1;
        } finally {
            feeds.fails = false;
        }
    }

    private static Cell cell(String member, Cell.Place place, Cell.Check check) {
        return new Cell(InvalidatePattern.class, member, place, check);
    }
}
