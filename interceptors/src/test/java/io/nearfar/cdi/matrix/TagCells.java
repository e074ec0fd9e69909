package io.nearfar.cdi.matrix;

import static io.nearfar.cdi.matrix.Answers.fails;
import static io.nearfar.cdi.matrix.Answers.once;
import static io.nearfar.cdi.matrix.Answers.text;
import static io.nearfar.cdi.matrix.Cell.Place.ASYNCHRONOUS;
import static io.nearfar.cdi.matrix.Cell.Place.GENERIC;
import static io.nearfar.cdi.matrix.Cell.Place.METHOD;
import static io.nearfar.cdi.matrix.Cell.Place.REPEATED;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.cdi.annotation.CacheTags;
import io.nearfar.cdi.annotation.CacheTtl;
import io.nearfar.cdi.annotation.Invalidate;
import io.nearfar.cdi.annotation.InvalidateTags;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheResult;

/** Tags, time-to-live, and what ends entries by tags and by names. */
final class TagCells {
    static final List<Class<?>> BEANS = List.of(Tagged.class, Declarations.class, Heir.class, Softly.class);

    private TagCells() {}

    /** Has the entries that others end. */
    @Singleton
    @CacheDefaults(cacheName = "mx-tags")
    public static class Tagged {
        int calls;

        @CacheResult
        @CacheTags("tag:{id}")
        public String find(String id) {
            calls++;
            return id;
        }

        /** The cache is that of the class. */
        @InvalidateTags("tag:{id}")
        public void end(String id) {}

        @InvalidateTags("tag:{result}")
        public CompletionStage<String> endLater(String id) {
            return CompletableFuture.completedStage(id);
        }

        @Invalidate(value = "mx-end", arguments = "id={result}")
        public CompletionStage<String> fireLater(String id) {
            return CompletableFuture.completedStage(id);
        }

        @InvalidateTags("tag:{id}")
        @InvalidateTags(cacheName = "mx-other", value = "tag:{id}")
        @Invalidate(value = "mx-end", arguments = "id=fired-{id}")
        @Invalidate(value = "mx-end", arguments = "id=nothing")
        public void several(String id) {}
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
    }

    static List<Cell> kept() {
        return Stream.of(
                        kept(CacheTags.class, "value", TagCells::areTags),
                        kept(CacheTtl.class, "value", (beans, bean, id) -> {
                            String first = text(() -> bean.brief(id));
                            return Beans.comes(() -> !text(() -> bean.brief(id)).equals(first))
                                    && once(bean, () -> bean.lasting(id + " lasting"));
                        }),
                        kept(CacheTtl.class, "near", TagCells::isFarAlone),
                        kept(CacheTtl.class, "grace", TagCells::isGraceful))
                .flatMap(List::stream)
                .toList();
    }

    static List<Cell> ends() {
        return Stream.of(
                        tag("value", (beans, bean, id) -> {
                            boolean isOther = ends(beans, id, () -> bean.end(id + " other"));
                            return !isOther && ends(beans, id, () -> bean.end(id));
                        }),
                        tag(
                                "cacheName",
                                (beans, bean, id) -> !ends(beans, id, () -> bean.elsewhere(id))
                                        && ends(beans, id, () -> bean.end(id))),
                        tag(
                                "afterInvocation",
                                (beans, bean, id) ->
                                        ends(beans, id, () -> bean.before(id, 1)) && fails(() -> bean.before(id, 1))),
                        tag(
                                "evictFor",
                                (beans, bean, id) -> !ends(beans, id, () -> bean.these(id, 2))
                                        && ends(beans, id, () -> bean.these(id, 1))),
                        tag(
                                "noEvictFor",
                                (beans, bean, id) -> !ends(beans, id, () -> bean.others(id, 1))
                                        && ends(beans, id, () -> bean.others(id, 2))),
                        tag("soft", (beans, bean, id) -> endsSoftly(beans, id, () -> text(() -> bean.softly(id)))))
                .flatMap(List::stream)
                .toList();
    }

    static List<Cell> fired() {
        return Stream.of(
                        fire("value", (beans, bean, id) -> {
                            boolean isOther = ends(beans, id, () -> bean.fire(id + " other"));
                            return !isOther && ends(beans, id, () -> bean.fire(id));
                        }),
                        fire("arguments", (beans, bean, id) -> ends(beans, id, () -> bean.fireFor("other", id))),
                        fire(
                                "afterInvocation",
                                (beans, bean, id) ->
                                        ends(beans, id, () -> bean.before(id, 1)) && fails(() -> bean.before(id, 1))),
                        fire(
                                "evictFor",
                                (beans, bean, id) -> !ends(beans, id, () -> bean.these(id, 2))
                                        && ends(beans, id, () -> bean.these(id, 1))),
                        fire(
                                "noEvictFor",
                                (beans, bean, id) -> !ends(beans, id, () -> bean.others(id, 1))
                                        && ends(beans, id, () -> bean.others(id, 2))))
                .flatMap(List::stream)
                .toList();
    }

    static List<Cell> places() {
        return List.of(
                new Cell(
                        InvalidateTags.class,
                        "",
                        METHOD,
                        beans -> ends(beans, "t1", () -> {
                            beans.of(Tagged.class).end("t1");
                            return "";
                        })),
                new Cell(
                        InvalidateTags.class,
                        "",
                        ASYNCHRONOUS,
                        beans -> ends(beans, "t2", () -> beans.of(Tagged.class).endLater("t2"))),
                new Cell(InvalidateTags.class, "", GENERIC, TagCells::heirEnds),
                new Cell(
                        InvalidateTags.List.class,
                        "value",
                        REPEATED,
                        beans -> ends(beans, "t3", () -> several(beans, "t3"))),
                new Cell(
                        Invalidate.List.class,
                        "value",
                        REPEATED,
                        beans -> ends(beans, "fired-t4", () -> several(beans, "t4"))),
                new Cell(
                        Invalidate.class,
                        "",
                        ASYNCHRONOUS,
                        beans -> ends(beans, "t5", () -> beans.of(Tagged.class).fireLater("t5"))),
                new Cell(
                        Invalidate.class,
                        "",
                        GENERIC,
                        beans -> ends(beans, "t6", () -> {
                            beans.of(Heir.class).fire("t6");
                            return "";
                        })));
    }

    private static String several(Beans beans, String id) {
        beans.of(Tagged.class).several(id);
        return "";
    }

    /** Tells whether an entry is kept until a call, and has ended after it; that the call fails is no reason. */
    static boolean ends(Beans beans, String id, Answers.Call call) {
        Tagged tagged = beans.of(Tagged.class);
        tagged.find(id);
        int before = tagged.calls;
        tagged.find(id);
        boolean isKept = tagged.calls == before;
        fails(call);
        before = tagged.calls;
        tagged.find(id);
        return isKept && tagged.calls == before + 1;
    }

    /** Tells whether an entry has ended after something, and answers all the same where its method fails. */
    static boolean endsSoftly(Beans beans, String id, Beans.Call call) throws Exception {
        Softly softly = beans.of(Softly.class);
        softly.find(id);
        int before = softly.calls;
        softly.find(id);
        boolean isKept = softly.calls == before;
        call.run();
        softly.fails = true;
        try {
            return isKept && softly.find(id).equals(id) && softly.calls == before + 1;
        } finally {
            softly.fails = false;
        }
    }

    /** Each of its tags ends what is kept, and that of another id does not. */
    private static boolean areTags(Beans beans, Kept<String, ?> bean, String id) throws Exception {
        boolean isKept = once(bean, () -> bean.tagged(id));
        beans.cache("mx-tags").invalidateTag("tag:other");
        String answer = text(() -> bean.tagged(id));
        beans.cache("mx-tags").invalidateTag("tag:" + id);
        String second = text(() -> bean.tagged(id));
        beans.cache("mx-tags").invalidateTag("got:" + second);
        return isKept && !second.equals(answer) && !text(() -> bean.tagged(id)).equals(second);
    }

    /** Its entry is there, but never found near, as the other's comes to be. */
    private static boolean isFarAlone(Beans beans, Kept<String, ?> bean, String id) throws Exception {
        boolean isKept = once(bean, () -> bean.farOnly(id)) && once(bean, () -> bean.nearToo(id));
        long far = nearHits(beans, "mx-far-only");
        long near = nearHits(beans, "mx-near-too");
        text(() -> bean.farOnly(id));
        return isKept
                && far == 0
                && nearHits(beans, "mx-far-only") == 0
                && Beans.comes(() -> !text(() -> bean.nearToo(id)).isEmpty() && nearHits(beans, "mx-near-too") > near);
    }

    private static long nearHits(Beans beans, String cache) {
        return beans.cache(cache).figures().nearHits();
    }

    /** Its time is over, and what is kept answers for a call that has reached the bean and failed. */
    private static boolean isGraceful(Beans beans, Kept<String, ?> bean, String id) throws Exception {
        String first = text(() -> bean.graceful(id));
        bean.fail(true);
        try {
            int calls = bean.calls();
            return Beans.comes(() -> text(() -> bean.graceful(id)).equals(first) && bean.calls() > calls);
        } finally {
            bean.fail(false);
        }
    }

    private static boolean heirEnds(Beans beans) {
        Heir heir = beans.of(Heir.class);
        String first = heir.find("h");
        boolean isKept = heir.find("h").equals(first);
        heir.end("h");
        return isKept && !heir.find("h").equals(first);
    }

    private static List<Cell> kept(
            Class<? extends Annotation> annotation, String member, Shape.Check<Kept<String, ?>> check) {
        return Shape.cells(Kept.SHAPES, annotation, member, check);
    }

    private static List<Cell> tag(String member, Shape.Check<TagEnds<String, ?>> check) {
        return Shape.cells(TagEnds.SHAPES, InvalidateTags.class, member, check);
    }

    private static List<Cell> fire(String member, Shape.Check<NamedEnds<String, ?>> check) {
        return Shape.cells(NamedEnds.SHAPES, Invalidate.class, member, check);
    }
}
