package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Answers.text;
import static io.nearfar.cdi.matrix.Beans.fails;
import static io.nearfar.cdi.matrix.Cell.Place.ASYNCHRONOUS;
import static io.nearfar.cdi.matrix.Cell.Place.INHERITED;
import static io.nearfar.cdi.matrix.Cell.Place.METHOD;
import static io.nearfar.cdi.matrix.Cell.Place.REPEATED;

import io.nearfar.cdi.annotation.CacheTtl;
import io.nearfar.cdi.annotation.InvalidatePattern;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
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

        @InvalidatePattern(cacheName = "mx-feeds", prefixes = "{user}")
        public void endHere(String user) {}

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

    static List<Cell> members() {
        return Stream.of(
                        cell(
                                "value",
                                (beans, bean, id) -> !ends(beans, id + ":", feeds -> text(() -> bean.end(id)))
                                        && ends(beans, id + ":new", feeds -> text(() -> bean.end(id)))),
                        cell(
                                "prefixes",
                                (beans, bean, id) -> !ends(beans, id + "-2:new", feeds -> text(() -> bean.prefix(id)))
                                        && ends(beans, id + ":new", feeds -> text(() -> bean.prefix(id)))),
                        cell(
                                "cacheName",
                                (beans, bean, id) -> !ends(beans, id + ":new", feeds -> text(() -> bean.elsewhere(id)))
                                        && ends(beans, id + ":new", feeds -> text(() -> bean.end(id)))),
                        cell(
                                "afterInvocation",
                                (beans, bean, id) -> ends(beans, id + ":new", feeds -> text(() -> bean.before(id, 1)))
                                        && Answers.fails(() -> bean.before(id, 1))),
                        cell(
                                "evictFor",
                                (beans, bean, id) -> !ends(beans, id + ":new", feeds -> text(() -> bean.these(id, 2)))
                                        && ends(beans, id + ":new", feeds -> text(() -> bean.these(id, 1)))),
                        cell(
                                "noEvictFor",
                                (beans, bean, id) -> !ends(beans, id + ":new", feeds -> text(() -> bean.others(id, 1)))
                                        && ends(beans, id + ":new", feeds -> text(() -> bean.others(id, 2)))),
                        cell("soft", PatternCells::keptAnswers))
                .flatMap(List::stream)
                .toList();
    }

    static List<Cell> places() {
        return List.of(
                cell("", METHOD, beans -> valueIsItself(beans) && putStays(beans) && emptyPrefixIsNone(beans)),
                new Cell(
                        InvalidatePattern.List.class,
                        "value",
                        REPEATED,
                        beans -> ends(beans, "p4:new", feeds -> feeds.several("p4"))),
                cell(
                        "",
                        INHERITED,
                        beans -> ends(
                                beans,
                                "p5:new",
                                feeds -> beans.of(Follower.class).unfollow("p5"))),
                cell("", ASYNCHRONOUS, beans -> ends(beans, "p6:new", feeds -> text(() -> feeds.later("p6")))));
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

    private static boolean keptAnswers(Beans beans, PatternEnds<String, ?> bean, String id) throws Exception {
        Feeds feeds = beans.of(Feeds.class);
        String feed = id + ":new";
        String first = feeds.find(feed);
        boolean isKept = feeds.find(feed).equals(first);
        text(() -> bean.softly(id));
        int before = feeds.calls;
        feeds.fails = true;
        try {
            return isKept && feeds.find(feed).equals(first) && feeds.calls == before + 1;
        } finally {
            feeds.fails = false;
        }
    }

    private static List<Cell> cell(String member, Shape.Check<PatternEnds<String, ?>> check) {
        return Shape.cells(PatternEnds.SHAPES, InvalidatePattern.class, member, check);
    }

    private static Cell cell(String member, Cell.Place place, Cell.Check check) {
        return new Cell(InvalidatePattern.class, member, place, check);
    }
}
