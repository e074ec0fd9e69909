package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Beans.fails;
import static io.nearfar.cdi.matrix.Cell.Place.ASYNCHRONOUS;
import static io.nearfar.cdi.matrix.Cell.Place.CLASS;
import static io.nearfar.cdi.matrix.Cell.Place.GENERIC;
import static io.nearfar.cdi.matrix.Cell.Place.INHERITED;
import static io.nearfar.cdi.matrix.Cell.Place.METHOD;
import static io.nearfar.cdi.matrix.Cell.Place.REPEATED;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.NearfarCache;
import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.CacheTtl;
import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidateTags;
import io.nearfar.cdi.annotation.InvalidatesCache;
import io.nearfar.cdi.model.ModelEvents;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheResult;

/** Tags, time-to-live, and what ends entries. */
final class TagCells {
    static final List<Class<?>> BEANS =
            List.of(Tagged.class, Declarations.class, Heir.class, Lives.class, Thing.class, Named.class, Softly.class);

    private TagCells() {}

    @Singleton
    @CacheDefaults(cacheName = "mx-tags")
    public static class Tagged {
        int calls;

        @CacheResult
        @CacheTags({"tag:{id}", "got:{result}"})
        public String find(String id) {
            calls++;
            return id;
        }

        @CacheResult
        @CacheTags("tag:{0}")
        public CompletionStage<String> later(String id) {
            calls++;
            return CompletableFuture.completedStage(id);
        }

        @InvalidateTags("tag:{id}")
        public void end(String id) {}

        @InvalidateTags(cacheName = "mx-other", value = "tag:{id}")
        public void endElsewhere(String id) {}

        @InvalidateTags(cacheName = "mx-tags", value = "tag:{id}")
        public void endHere(String id) {}

        @InvalidateTags(value = "tag:{id}", afterInvocation = false)
        public void before(String id) {
            Spies.fail(1);
        }

        @InvalidateTags(value = "tag:{id}", evictFor = IllegalStateException.class)
        public void these(String id, int kind) {
            Spies.fail(kind);
        }

        @InvalidateTags(value = "tag:{id}", noEvictFor = IllegalStateException.class)
        public void others(String id, int kind) {
            Spies.fail(kind);
        }

        @InvalidateTags(cacheName = "mx-other", value = "tag:{id}")
        @InvalidateTags("got:{id}")
        public void several(String id) {}

        @InvalidateTags("tag:{result}")
        public CompletionStage<String> endLater(String id) {
            return CompletableFuture.completedStage(id);
        }

        @Invalidate("mx-end")
        public void fire(String id) {}

        @Invalidate(value = "mx-end", arguments = "id={name}")
        public void fireFor(String name) {}

        @Invalidate(value = "mx-end", afterInvocation = false)
        public void fireBefore(String id) {
            Spies.fail(1);
        }

        @Invalidate(value = "mx-end", evictFor = IllegalStateException.class)
        public void fireThese(String id, int kind) {
            Spies.fail(kind);
        }

        @Invalidate(value = "mx-end", noEvictFor = IllegalStateException.class)
        public void fireOthers(String id, int kind) {
            Spies.fail(kind);
        }

        @Invalidate(value = "mx-end", arguments = "id=nothing")
        @Invalidate("mx-end")
        public void fireSeveral(String id) {}

        @Invalidate(value = "mx-end", arguments = "id={result}")
        public CompletionStage<String> fireLater(String id) {
            return CompletableFuture.completedStage(id);
        }
    }

    /** What has a name. */
    @Singleton
    public static class Declarations {
        @Produces
        InvalidationDeclaration end = new InvalidationDeclaration(
                "mx-end",
                List.of("id"),
                List.of("mx-tags"),
                List.of("tag:{id}"),
                List.of(),
                List.of(),
                List.of(),
                false,
                List.of(),
                false);
    }

    /** Not a bean itself. */
    public abstract static class Bequest<K> {
        int calls;

        @CacheResult(cacheName = "mx-heirs")
        @CacheTags("heir:{0}")
        @CacheTtl("1h")
        public String find(K id) {
            return id + ":" + ++calls;
        }

        @InvalidateTags(cacheName = "mx-heirs", value = "heir:{0}")
        public void end(K id) {}

        @Invalidate(value = "mx-end", arguments = "id={0}")
        public void fire(K id) {}
    }

    @Singleton
    public static class Heir extends Bequest<String> {}

    @Singleton
    public static class Lives {
        int calls;
        boolean fails;

        @CacheResult(cacheName = "mx-lives")
        @CacheTtl("1ms")
        public String brief(int id) {
            return "" + ++calls;
        }

        @CacheResult(cacheName = "mx-lives")
        @CacheTtl("1h")
        public String lasting(int id) {
            return "" + ++calls;
        }

        @CacheResult(cacheName = "mx-lives")
        @CacheTtl("1ms")
        public CompletionStage<String> later(int id) {
            return CompletableFuture.completedStage("" + ++calls);
        }

        @CacheResult(cacheName = "mx-far-only")
        @CacheTtl(value = "1h", near = "0s")
        public String farOnly(int id) {
            return "far " + ++calls;
        }

        @CacheResult(cacheName = "mx-near-too")
        @CacheTtl("1h")
        public String nearToo(int id) {
            return "near " + ++calls;
        }

        @CacheResult(cacheName = "mx-graces")
        @CacheTtl(value = "1ms", grace = "1h")
        public String kept(int id) {
            calls++;
            if (fails) {
                Spies.fail(1);
            }
            return "kept";
        }
    }

    @Singleton
    public static class Softly {
        int calls;
        boolean fails;

        @CacheResult(cacheName = "mx-soft")
        @CacheTags("tag:{id}")
        @CacheTtl(value = "1h", grace = "1h")
        public String find(String id) {
            calls++;
            if (fails) {
                Spies.fail(1);
            }
            return id;
        }

        @InvalidateTags(cacheName = "mx-soft", value = "tag:{id}", soft = true)
        public void end(String id) {}
    }

    /** Something of which what is kept may answer. */
    @InvalidatesCache(caches = "mx-soft", tags = "tag:{id}", soft = true)
    public static class Gentle {
        public final String id;

        public Gentle(String id) {
            this.id = id;
        }
    }

    /** Something that a change of which ends entries. */
    @InvalidatesCache(
            caches = "mx-tags",
            tags = {"tag:thing-{id}", "got:thing-{id}"})
    @InvalidatesCache(caches = "mx-things", keys = "key-{id}", prefixes = "start-{id}", patterns = "*-pattern-{id}")
    @InvalidatesCache(invalidation = "mx-end", arguments = "id=fired-{id}")
    public static class Thing {
        public final int id;

        public Thing(int id) {
            this.id = id;
        }

        /** For the container. */
        public Thing() {
            this(0);
        }
    }

    /** What is below it. */
    public static class Below extends Thing {
        Below(int id) {
            super(id);
        }
    }

    @Singleton
    public static class Named {
        int calls;

        @CacheResult(cacheName = "mx-things")
        public String find(String id) {
            calls++;
            return id;
        }
    }

    static List<Cell> tags() {
        return List.of(
                new Cell(CacheTags.class, "value", METHOD, beans -> ends(beans, "t1", tagged -> tagged.end("t1"))),
                new Cell(CacheTags.class, "value", ASYNCHRONOUS, beans -> {
                    Tagged tagged = beans.of(Tagged.class);
                    tagged.later("t2").toCompletableFuture().join();
                    int before = tagged.calls;
                    tagged.later("t2").toCompletableFuture().join();
                    tagged.end("t2");
                    tagged.later("t2").toCompletableFuture().join();
                    return tagged.calls == before + 1;
                }),
                new Cell(CacheTags.class, "value", INHERITED, TagCells::heirEnds),
                new Cell(CacheTags.class, "value", GENERIC, TagCells::heirEnds),
                tag("value", METHOD, beans -> ends(beans, "t3", tagged -> tagged.end("t3"))),
                tag(
                        "cacheName",
                        METHOD,
                        beans -> !ends(beans, "t4", tagged -> tagged.endElsewhere("t4"))
                                && ends(beans, "t5", tagged -> tagged.endHere("t5"))),
                tag("afterInvocation", METHOD, beans -> ends(beans, "t6", tagged -> tagged.before("t6"))),
                tag(
                        "evictFor",
                        METHOD,
                        beans -> !ends(beans, "t7", tagged -> tagged.these("t7", 2))
                                && ends(beans, "t7", tagged -> tagged.these("t7", 1))),
                tag(
                        "noEvictFor",
                        METHOD,
                        beans -> !ends(beans, "t8", tagged -> tagged.others("t8", 1))
                                && ends(beans, "t8", tagged -> tagged.others("t8", 2))),
                tag("value", REPEATED, beans -> ends(beans, "t9", tagged -> tagged.several("t9"))),
                new Cell(
                        InvalidateTags.List.class,
                        "value",
                        REPEATED,
                        beans -> ends(beans, "t10", tagged -> tagged.several("t10"))),
                tag("value", INHERITED, TagCells::heirEnds),
                tag(
                        "value",
                        ASYNCHRONOUS,
                        beans -> ends(
                                beans,
                                "t11",
                                tagged -> tagged.endLater("t11")
                                        .toCompletableFuture()
                                        .join())),
                tag(
                        "soft",
                        METHOD,
                        beans -> endsSoftly(
                                beans, "t13", () -> beans.of(Softly.class).end("t13"))),
                tag("cacheName", CLASS, beans -> ends(beans, "t12", tagged -> tagged.end("t12"))));
    }

    static List<Cell> fired() {
        return List.of(
                fire("value", METHOD, beans -> ends(beans, "f1", tagged -> tagged.fire("f1"))),
                fire("arguments", METHOD, beans -> ends(beans, "f2", tagged -> tagged.fireFor("f2"))),
                fire("afterInvocation", METHOD, beans -> ends(beans, "f3", tagged -> tagged.fireBefore("f3"))),
                fire(
                        "evictFor",
                        METHOD,
                        beans -> !ends(beans, "f4", tagged -> tagged.fireThese("f4", 2))
                                && ends(beans, "f4", tagged -> tagged.fireThese("f4", 1))),
                fire(
                        "noEvictFor",
                        METHOD,
                        beans -> !ends(beans, "f5", tagged -> tagged.fireOthers("f5", 1))
                                && ends(beans, "f5", tagged -> tagged.fireOthers("f5", 2))),
                fire("value", REPEATED, beans -> ends(beans, "f6", tagged -> tagged.fireSeveral("f6"))),
                new Cell(
                        Invalidate.List.class,
                        "value",
                        REPEATED,
                        beans -> ends(beans, "f7", tagged -> tagged.fireSeveral("f7"))),
                fire(
                        "value",
                        INHERITED,
                        beans ->
                                ends(beans, "f8", tagged -> beans.of(Heir.class).fire("f8"))),
                fire(
                        "value",
                        ASYNCHRONOUS,
                        beans -> ends(
                                beans,
                                "f9",
                                tagged -> tagged.fireLater("f9")
                                        .toCompletableFuture()
                                        .join())));
    }

    static List<Cell> lives() {
        return List.of(
                new Cell(CacheTtl.class, "value", METHOD, beans -> {
                    Lives lives = beans.of(Lives.class);
                    String first = lives.brief(1);
                    return Beans.comes(() -> !lives.brief(1).equals(first))
                            && lives.lasting(2).equals(lives.lasting(2));
                }),
                new Cell(CacheTtl.class, "value", INHERITED, beans -> {
                    Heir heir = beans.of(Heir.class);
                    return heir.find("lasting").equals(heir.find("lasting"));
                }),
                new Cell(CacheTtl.class, "value", ASYNCHRONOUS, beans -> {
                    Lives lives = beans.of(Lives.class);
                    String first = lives.later(3).toCompletableFuture().join();
                    return Beans.comes(
                            () -> !lives.later(3).toCompletableFuture().join().equals(first));
                }),
                new Cell(CacheTtl.class, "near", METHOD, TagCells::isFarAlone),
                new Cell(CacheTtl.class, "grace", METHOD, beans -> {
                    Lives lives = beans.of(Lives.class);
                    lives.kept(4);
                    lives.fails = true;
                    int calls = lives.calls;
                    return Beans.comes(() -> lives.kept(4).equals("kept") && lives.calls > calls);
                }));
    }

    /** Its entry is there, but never found near, as the other's comes to be. */
    private static boolean isFarAlone(Beans beans) {
        Lives lives = beans.of(Lives.class);
        Set<String> answers = Stream.generate(() -> lives.farOnly(5)).limit(3).collect(Collectors.toSet());
        return answers.size() == 1
                && nearHits(beans, "mx-far-only") == 0
                && Beans.comes(() -> lives.nearToo(5).startsWith("near") && nearHits(beans, "mx-near-too") > 0);
    }

    private static long nearHits(Beans beans, String cache) {
        return beans.of(CacheManager.class)
                .getCache(cache)
                .unwrap(NearfarCache.class)
                .figures()
                .nearHits();
    }

    static List<Cell> changed() {
        return List.of(
                change("tags", CLASS, beans -> ends(beans, "thing-1", tagged -> changed(beans, new Thing(1)))),
                change("caches", CLASS, beans -> !ends(beans, "thing-2", tagged -> changed(beans, new Thing(3)))),
                change("keys", CLASS, beans -> endsNamed(beans, "key-4", 4)),
                change("prefixes", CLASS, beans -> endsNamed(beans, "start-5-and-more", 5)),
                change("patterns", CLASS, beans -> endsNamed(beans, "a-pattern-6", 6)),
                change("invalidation", CLASS, beans -> ends(beans, "fired-7", tagged -> changed(beans, new Thing(7)))),
                change("arguments", CLASS, beans -> !ends(beans, "fired-8", tagged -> changed(beans, new Thing(9)))),
                change("soft", CLASS, beans -> endsSoftly(beans, "s13", () -> changed(beans, new Gentle("s13")))),
                change("tags", INHERITED, beans -> ends(beans, "thing-10", tagged -> changed(beans, new Below(10)))),
                change("caches", REPEATED, beans -> ends(beans, "thing-11", tagged -> changed(beans, new Thing(11)))),
                new Cell(InvalidatesCache.List.class, "value", REPEATED, beans -> endsNamed(beans, "key-12", 12)));
    }

    /** Uses a bean. */
    private interface Use {
        void of(Tagged bean) throws Exception;
    }

    private static void changed(Beans beans, Object thing) {
        beans.of(ModelEvents.class).changed(thing);
    }

    /** Tells whether an entry is kept until a use, and has ended after it. */
    private static boolean ends(Beans beans, String id, Use use) {
        Tagged tagged = beans.of(Tagged.class);
        tagged.find(id);
        int before = tagged.calls;
        tagged.find(id);
        boolean isKept = tagged.calls == before;
        fails(() -> use.of(tagged));
        before = tagged.calls;
        tagged.find(id);
        return isKept && tagged.calls == before + 1;
    }

    /** Tells whether an entry has ended after a use, and answers all the same where its method fails. */
    private static boolean endsSoftly(Beans beans, String id, Runnable use) {
        Softly softly = beans.of(Softly.class);
        softly.find(id);
        use.run();
        int before = softly.calls;
        softly.fails = true;
        try {
            return softly.find(id).equals(id) && softly.calls == before + 1;
        } finally {
            softly.fails = false;
        }
    }

    private static boolean endsNamed(Beans beans, String id, int thing) {
        Named named = beans.of(Named.class);
        named.find(id);
        int before = named.calls;
        named.find(id);
        boolean isKept = named.calls == before;
        changed(beans, new Thing(thing));
        named.find(id);
        return isKept && named.calls == before + 1;
    }

    private static boolean heirEnds(Beans beans) {
        Heir heir = beans.of(Heir.class);
        String first = heir.find("h");
        boolean isKept = heir.find("h").equals(first);
        heir.end("h");
        return isKept && !heir.find("h").equals(first);
    }

    private static Cell tag(String member, Cell.Place place, Cell.Check check) {
        return new Cell(InvalidateTags.class, member, place, check);
    }

    private static Cell fire(String member, Cell.Place place, Cell.Check check) {
        return new Cell(Invalidate.class, member, place, check);
    }

    private static Cell change(String member, Cell.Place place, Cell.Check check) {
        return new Cell(InvalidatesCache.class, member, place, check);
    }
}
