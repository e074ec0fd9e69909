package io.nearfar.nodes.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nearfar.CacheFigures;
import io.nearfar.EffectiveSettings;
import io.nearfar.EntryExpiryPolicy;
import io.nearfar.EntryOptions;
import io.nearfar.InvalidationPace;
import io.nearfar.NearfarCache;
import io.nearfar.NearfarEntry;
import io.nearfar.PatternInvalidation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each feature beyond the standard, between JVMs that share nothing but a Redis. */
@ExtendWith(OnSeveralJvms.class)
@Timeout(180)
class FeaturesOnSeveralJvmsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static void awaitGone(SeveralJvms jvms, String cache, String... keys) {
        await().atMost(SOON)
                .until(() ->
                        jvms.everywhere(place -> Set.of(keys).stream().allMatch(key -> place.get(cache, key) == null)));
    }

    /** Has each of them keep entries in its near tier, and answer with these. */
    private static void read(SeveralJvms jvms, String cache, String... keys) {
        for (Worker worker : jvms.three()) {
            Set<String> known = Set.of(keys);
            worker.tell(place -> readNear(place.cache(cache), known));
        }
    }

    /** A beat that is sent while an entry is fetched keeps it out of the near tier once. */
    private static void readNear(NearfarCache<String, String> cache, Set<String> keys) {
        await().atMost(SOON).until(() -> {
            long before = cache.figures().nearHits();
            assertThat(cache.getAll(keys)).hasSameSizeAs(keys);
            return cache.figures().nearHits() - before >= keys.size();
        });
    }

    @Test
    @SuppressWarnings("unchecked") // the entry is of the cache
    void entryOptions_ofAPut_aLoadAndAProcessor_holdInOtherJvms(SeveralJvms jvms) {
        jvms.first().tell(place -> {
            NearfarCache<String, String> cache = place.cache("options");
            cache.put(
                    "brief",
                    "v",
                    EntryOptions.NONE.withTimeToLive(Duration.ofMillis(20)).withGrace(Duration.ofHours(1)));
            cache.put("far", "v", EntryOptions.NONE.withNearTimeToLive(Duration.ZERO));
            cache.put("put", "v", EntryOptions.NONE.withTags("t", "put"));
            cache.getOrLoad("loaded", context -> {
                context.setOptions(EntryOptions.NONE.withTags("t", "loaded"));
                return "v";
            });
            cache.invoke("processed", (entry, arguments) -> {
                entry.unwrap(NearfarEntry.class).setValue("v", EntryOptions.NONE.withTags("t", "processed"));
                return null;
            });
        });
        read(jvms, "options", "put", "loaded", "processed");
        long near = jvms.second().ask(place -> {
            NearfarCache<String, String> cache = place.cache("options");
            long before = cache.figures().nearHits();
            cache.get("far");
            cache.get("far");
            return cache.figures().nearHits() - before;
        });
        assertThat(near).as("it is kept out of near tiers").isZero();
        awaitGone(jvms, "options", "brief");
        await().atMost(SOON)
                .pollDelay(Duration.ofMillis(50))
                .until(() -> jvms.everywhere(place -> !place.cache("options").containsKey("brief")));
        String kept = jvms.third()
                .ask(place ->
                        place.<String, String>cache("options").getOrLoad("brief", () -> place.askInVain("options")));
        assertThat(kept).as("by its grace").isEqualTo("v");
        jvms.third().tell(place -> place.cache("options").invalidateTags(List.of("loaded", "processed")));
        awaitGone(jvms, "options", "loaded", "processed");
        read(jvms, "options", "put");
    }

    @Test
    void timeToLive_byNamePatternKindAndRule_isTheSameForAll_andChangesWithoutDeployment(SeveralJvms jvms)
            throws IOException {
        int number = 0;
        for (Worker worker : jvms.three()) {
            String key = "k" + number++;
            worker.tell(place -> {
                place.cache("pattern-of-names").put(key, "v");
                place.cache("of-a-kind").put(key, "v");
                place.cache("ruled").putAll(Map.of(key + ":24h", "v", key + ":7d", "v", key + ":1y", "v", key, "v"));
                place.cache("changed").put(key, "v");
                byValue(place).put(key, 7);
            });
            assertThat(jvms.minutes("pattern-of-names", key)).isEqualTo(30);
            assertThat(jvms.minutes("of-a-kind", key)).isEqualTo(60);
            assertThat(jvms.minutes("ruled", key + ":24h")).isEqualTo(5);
            assertThat(jvms.minutes("ruled", key + ":7d")).isEqualTo(15);
            assertThat(jvms.minutes("ruled", key + ":1y")).isEqualTo(24 * 60);
            assertThat(jvms.minutes("ruled", key)).isZero();
            assertThat(jvms.minutes("by-value", key))
                    .as("as the policy says of the value")
                    .isEqualTo(7);
            assertThat(jvms.minutes("changed", key)).isZero();
        }
        jvms.set("nearfar.cache.changed.ttl = 2h\n");
        for (Worker worker : jvms.three()) {
            await("a JVM reads its settings again").atMost(SOON).until(() -> {
                worker.tell(place -> place.cache("changed").put("k", "v"));
                return jvms.minutes("changed", ":k") == 120;
            });
            worker.tell(place -> place.cache("changed").remove("k"));
        }
        jvms.second().tell(place -> {
            place.reopen();
            place.cache("changed").put("k", "v");
        });
        assertThat(jvms.minutes("changed", ":k")).as("also who starts anew").isEqualTo(120);
        assertThat(jvms.first().text(place -> place.get("changed", "k"))).isEqualTo("v");
    }

    private static NearfarCache<String, Integer> byValue(Workplace place) {
        EntryExpiryPolicy<String, Integer> policy =
                (key, value) -> new javax.cache.expiry.Duration(TimeUnit.MINUTES, value);
        return place.cache(
                "by-value", new MutableConfiguration<String, Integer>().setExpiryPolicyFactory(() -> policy));
    }

    @Test
    void jitter_letsWhatJvmsWriteTogether_endApart(SeveralJvms jvms) {
        List<Long> lives = new ArrayList<>();
        for (Worker worker : jvms.three()) {
            String key = "k" + lives.size();
            worker.tell(place -> place.cache("jittered").put(key, "v"));
            lives.add(jvms.minutes("jittered", key));
        }
        assertThat(lives).allMatch(minutes -> minutes >= 300 && minutes <= 600);
        assertThat(Set.copyOf(lives)).hasSizeGreaterThan(1);
    }

    @Test
    void tag_endsWhatCarriesIt_inAllJvms_andLoadsThatBeganBefore(SeveralJvms jvms) {
        jvms.first().tell(place -> {
            NearfarCache<String, String> cache = place.cache("tagged");
            for (int i = 0; i < 100; i++) {
                cache.put("k" + i, "old", EntryOptions.NONE.withTags("all", "number " + i));
            }
            cache.put("other", "v", EntryOptions.NONE.withTags("other"));
        });
        read(jvms, "tagged", "k1", "k99", "other");
        jvms.second().tell(place -> place.shut("tagged"));
        CompletableFuture<String> loading = jvms.second()
                .begin(place -> place.<String, String>cache("tagged").getOrLoad("loaded", context -> {
                    context.setOptions(EntryOptions.NONE.withTags("all"));
                    return place.ask("tagged", "old");
                }));
        await("it loads").atMost(SOON).until(() -> jvms.asked("tagged") == 1);
        jvms.third().tell(place -> place.cache("tagged").invalidateTag("all"));
        jvms.second().tell(place -> place.open("tagged"));
        assertThat(loading.join()).isEqualTo("old");
        String[] keys = IntStream.range(0, 100).mapToObj(i -> "k" + i).toArray(String[]::new);
        awaitGone(jvms, "tagged", keys);
        assertThat(jvms.three())
                .allMatch(worker -> worker.ask(place -> !place.cache("tagged").containsKey("loaded")));
        read(jvms, "tagged", "other");
    }

    @Test
    void expiredKey_isReadNowhere_andAnswersAnyJvmWhoseLoadFails(SeveralJvms jvms) {
        jvms.first().tell(place -> place.cache("softened").put("k", "old"));
        read(jvms, "softened", "k");
        assertThat(jvms.third().is(place -> place.cache("softened").expire("k")))
                .isTrue();
        awaitGone(jvms, "softened", "k");
        String answer = jvms.second()
                .ask(place ->
                        place.<String, String>cache("softened").getOrLoad("k", () -> place.askInVain("softened")));
        assertThat(answer).isEqualTo("old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "tags", "pattern", "prefix", "named"})
    void whatIsEndedSoftly_isReadNowhere_andAnswersAnyJvmWhoseLoadFails(String way, SeveralJvms jvms) {
        String key = way + ":k";
        jvms.first()
                .tell(place ->
                        place.cache("softened").put(key, "old", EntryOptions.NONE.withTags("soft:" + way, "all")));
        read(jvms, "softened", key);
        jvms.third().tell(place -> endSoftly(place, way));
        awaitGone(jvms, "softened", key);
        String answer = jvms.second()
                .ask(place ->
                        place.<String, String>cache("softened").getOrLoad(key, () -> place.askInVain("softened")));
        assertThat(answer).isEqualTo("old");
        jvms.third().tell(place -> place.cache("softened").invalidateTag("all"));
        assertThatThrownBy(() -> jvms.second()
                        .tell(place -> place.<String, String>cache("softened")
                                .getOrLoad(key, () -> place.askInVain("softened"))))
                .hasMessageContaining("the database is away");
    }

    private static void endSoftly(Workplace place, String way) {
        NearfarCache<String, String> cache = place.cache("softened");
        switch (way) {
            case "tag" -> cache.expireTag("soft:tag");
            case "tags" -> cache.expireTags(List.of("other", "soft:tags"));
            case "pattern" -> cache.expirePattern("[p]attern:?");
            case "prefix" -> cache.expirePrefix("prefix:");
            default -> place.manager().invalidate("softly", way);
        }
    }

    @Test
    void namespace_endsAllThatBeginsSo_inAllJvms(SeveralJvms jvms) {
        jvms.first().tell(place -> place.cache("spaces").putAll(Map.of("feed:1", "v", "feed:2", "v", "fee", "v")));
        read(jvms, "spaces", "feed:1", "feed:2", "fee");
        assertThat(jvms.second().number(place -> place.cache("spaces").invalidatePrefix("feed:")))
                .as("nobody counts")
                .isZero();
        awaitGone(jvms, "spaces", "feed:1", "feed:2");
        read(jvms, "spaces", "fee");
        jvms.third().tell(place -> place.cache("spaces").put("feed:1", "new"));
        read(jvms, "spaces", "feed:1", "fee");
    }

    @Test
    void namedInvalidation_endsWhatItNames_inItsCaches_inAllJvms(SeveralJvms jvms) {
        jvms.first().tell(place -> {
            place.cache("named-users").put("k", "v", EntryOptions.NONE.withTags("user:7"));
            place.cache("named-users").put("other", "v", EntryOptions.NONE.withTags("user:8"));
            place.cache("named-feeds").putAll(Map.of("feed:7:a", "v", "feed:7:b", "v", "feed:8:a", "v"));
            place.cache("unnamed").put("feed:7:a", "v", EntryOptions.NONE.withTags("user:7"));
        });
        read(jvms, "named-users", "k", "other");
        read(jvms, "named-feeds", "feed:7:a", "feed:7:b", "feed:8:a");
        jvms.second().tell(place -> place.manager().invalidate("user", 7));
        awaitGone(jvms, "named-users", "k");
        awaitGone(jvms, "named-feeds", "feed:7:a", "feed:7:b");
        read(jvms, "named-users", "other");
        read(jvms, "named-feeds", "feed:8:a");
        read(jvms, "unnamed", "feed:7:a");
    }

    @Test
    void patternAndPrefix_endWhatMatches_inAllJvms_andTellHowMuch(SeveralJvms jvms) {
        Map<String, String> entries = new HashMap<>();
        IntStream.range(0, 300).forEach(i -> entries.putAll(Map.of("p:" + i, "v", "q:" + i, "v")));
        jvms.first().tell(place -> place.cache("patterns").putAll(entries));
        String[] keys = {"p:1", "p:299", "q:1", "q:299"};
        read(jvms, "patterns", keys);
        List<Long> progress = jvms.second().ask(place -> {
            PatternInvalidation walk = place.cache("patterns")
                    .startInvalidatingPattern("[p]:*", InvalidationPace.DEFAULT.withPageSize(50));
            long removed = walk.done().toCompletableFuture().get(60, TimeUnit.SECONDS);
            return new ArrayList<>(
                    List.of(removed, walk.removed(), walk.found(), Long.signum(walk.looked() - 599) + 0L));
        });
        assertThat(progress).containsExactly(300L, 300L, 300L, 1L);
        awaitGone(jvms, "patterns", "p:1", "p:299");
        read(jvms, "patterns", "q:1", "q:299");
        assertThat(jvms.third().number(place -> place.cache("patterns").invalidatePrefix("q:2")))
                .as("2, 20 to 29, 200 to 299")
                .isEqualTo(111);
        awaitGone(jvms, "patterns", "q:299");
        read(jvms, "patterns", "q:1");
    }

    /** Every second JVM is of the next release. */
    @Test
    void releasesOfDifferentVersions_readNothingOfEachOther(SeveralJvms jvms) {
        jvms.first().tell(place -> place.cache("release").put("k", "of the first"));
        assertThat(jvms.second().text(place -> place.get("release", "k"))).isNull();
        jvms.second().tell(place -> place.cache("release").put("k", "of the second"));
        assertThat(jvms.third().text(place -> place.get("release", "k"))).isEqualTo("of the first");
        assertThat(jvms.second()
                        .text(place -> place.<String, String>cache("release")
                                .version(1)
                                .get("k")))
                .isEqualTo("of the first");
        jvms.second().tell(place -> place.cache("release").clear());
        assertThat(jvms.third().text(place -> place.get("release", "k"))).isEqualTo("of the first");
        jvms.second().tell(place -> place.manager().destroyVersion("release", 1));
        await().atMost(SOON).until(() -> jvms.third().ask(place -> place.get("release", "k")) == null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "lz4", "zstd"})
    void valueThatOneJvmCompresses_isReadByTheOthers(String kind, SeveralJvms jvms) {
        String text = "as a matter of course ".repeat(1_000);
        jvms.first().tell(place -> place.cache(kind).put("long", text));
        jvms.first().tell(place -> place.cache(kind).put("short", "as it is"));
        assertThat(jvms.bytes(kind, "long")).isLessThan(text.length() / 4);
        for (Worker worker : jvms.three()) {
            assertThat(worker.text(place -> place.get(kind, "long"))).isEqualTo(text);
            assertThat(worker.text(place -> place.get(kind, "short"))).isEqualTo("as it is");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "kryo", "json"})
    void objectThatOneJvmPuts_isReadByTheOthers(String codec, SeveralJvms jvms) {
        jvms.first().tell(place -> place.cache(codec, Town.class).put("lis", new Town("Lisboa", "Alfama", "Baixa")));
        for (Worker worker : jvms.three()) {
            assertThat(worker.text(place -> place.cache(codec, Town.class).get("lis") + " "
                            + place.cache(codec, Town.class).settings().codec()))
                    .isEqualTo("Lisboa[Alfama, Baixa] " + codec);
        }
        jvms.second()
                .tell(place -> place.cache(codec, Town.class).invoke("lis", (entry, arguments) -> {
                    Town town = entry.getValue();
                    town.districts.add("Chiado");
                    entry.setValue(town);
                    return null;
                }));
        await().atMost(SOON)
                .until(() -> jvms.everywhere(place ->
                        place.cache(codec, Town.class).get("lis").districts.size() == 3));
    }

    @Test
    void typeThatAJvmDoesNotTrust_isAMissThere_untilItPutsOneItself(SeveralJvms jvms) {
        jvms.first().tell(place -> place.cache("learned").put("k", new Town("Lisboa")));
        assertThat(jvms.second().text(FeaturesOnSeveralJvmsTest::learned)).isEqualTo("null");
        assertThat(jvms.second()
                        .number(place -> place.cache("learned").figures().rejected()))
                .isPositive();
        jvms.second().tell(place -> place.cache("learned").put("own", new Town("Porto")));
        assertThat(jvms.second().text(FeaturesOnSeveralJvmsTest::learned)).isEqualTo("Lisboa[]");
        for (Worker worker : jvms.three()) {
            assertThatThrownBy(
                            () -> worker.tell(place -> place.cache("declared").put("k", new Town("Lisboa"))))
                    .hasMessageContaining("Town is not allowed in it");
        }
        assertThat(jvms.stored("declared", "k")).isEmpty();
    }

    private static String learned(Workplace place) {
        return String.valueOf(place.<String, Object>cache("learned").get("k"));
    }

    @Test
    void asynchronousView_answersWithWhatOtherJvmsDo(SeveralJvms jvms) {
        jvms.first()
                .tell(place -> place.cache("async")
                        .async()
                        .put("k", "v")
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS));
        Map<String, String> read = jvms.second()
                .ask(place -> new HashMap<>(place.<String, String>cache("async")
                        .async()
                        .getAll(Set.of("k", "none"))
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS)));
        assertThat(read).isEqualTo(Map.of("k", "v"));
        List<Boolean> won = jvms.three().stream()
                .map(worker -> worker.begin(place -> place.cache("async")
                        .async()
                        .putIfAbsent("one", "v")
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS)))
                .collect(Collectors.toList())
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(won).containsOnlyOnce(true);
        jvms.third()
                .tell(place -> place.cache("async")
                        .async()
                        .remove("k")
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS));
        awaitGone(jvms, "async", "k");
    }

    @Test
    void keyThatBreaksTheRule_isRefusedInEachJvm_andNothingIsStored(SeveralJvms jvms) {
        for (Worker worker : jvms.three()) {
            String refusal = worker.ask(place -> {
                try {
                    place.cache("strict").put("Key 1", "v");
                    return "stored";
                } catch (RuntimeException e) {
                    return e.getMessage();
                }
            });
            assertThat(refusal).contains("Key 1").contains("keys.strict");
        }
        jvms.first().tell(place -> place.cache("strict").put("key:one", "v"));
        assertThat(jvms.stored("strict", "1")).isEmpty();
        read(jvms, "strict", "key:one");
    }

    @Test
    void settingsAndFigures_areThoseOfTheJvmThatIsAsked(SeveralJvms jvms) {
        jvms.first().tell(place -> place.cache("pattern-of-figures").put("k", "v"));
        for (Worker worker : jvms.three()) {
            worker.tell(place -> {
                EffectiveSettings settings = place.cache("pattern-of-figures").settings();
                assertThat(settings.timeToLive()).isEqualTo(Duration.ofMinutes(30));
                assertThat(settings.nearMaximumEntries()).isEqualTo(1_000);
                assertThat(settings.setting("ttl").orElseThrow().origin()).contains("nearfar.cache.pattern-*.ttl");
                NearfarCache<String, String> cache = place.cache("pattern-of-figures");
                cache.get("none");
                // A beat that is sent while an entry is fetched keeps it out of the near tier once
                for (int i = 0; i < 1_000 && cache.figures().nearSize() == 0; i++) {
                    cache.get("k");
                }
                CacheFigures figures = cache.figures();
                assertThat(figures.nearSize()).isEqualTo(1);
                assertThat(figures.evictions()).isZero();
                assertThat(figures.misses()).isEqualTo(1);
                long hits = figures.nearHits() + figures.farHits();
                assertThat(figures.hitRate()).isEqualTo(hits / (hits + 1.0));
            });
        }
        assertThat(jvms.first()
                        .number(place ->
                                place.cache("pattern-of-figures").figures().puts()))
                .isOne();
        assertThat(jvms.second()
                        .number(place ->
                                place.cache("pattern-of-figures").figures().puts()))
                .isZero();
    }
}
