package io.nearfar.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyspaceTest {
    private static final List<String> AWKWARD = List.of(
            "",
            "app",
            "a~1",
            "a",
            "a:b",
            "a%3Ab",
            "{x}",
            "a*?[b]\\^",
            "a b\tc\n",
            "\u0000\u007f",
            "é漢𝄞",
            "\ud800",
            "\udc00x",
            "'\"",
            "\u00a0\u3000");

    private final Keyspace app = new Keyspace("app:prod");

    /** The vectors of the Redis Cluster specification and of the CRC catalogue (XMODEM). */
    @ParameterizedTest
    @CsvSource({"123456789, 0x31C3", "'', 0x0000", "a, 0x7C87", "foo, 0xAF96", "user1000, 0x4D73"})
    void crc16_ofKnownText_isTheSpecified(String text, String crc) {
        assertThat(Slots.crc16(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Integer.decode(crc));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "", "a:b{c}", "production/shop", "é", "a-very-long-prefix-of-an-application"})
    void hashTag_ofEveryPartition_liesInItsRangeOfSlots(String prefix) {
        Keyspace keyspace = new Keyspace(prefix);
        for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
            String tag = keyspace.hashTag(partition);
            assertThat(tag).startsWith("{").endsWith("}");
            int slot = Slots.of(tag.substring(1, tag.length() - 1));
            assertThat(slot / 256).isEqualTo(partition);
        }
    }

    @Test
    void cacheOf_ofEntryAndMeta_isTheCache() {
        for (String cache : AWKWARD) {
            assertThat(app.cacheOf(app.entryKey(cache, "a:b"))).isEqualTo(cache);
            assertThat(app.cacheOf(app.metaKey(cache, 7))).isEqualTo(cache);
            assertThat(app.cacheOf(app.tagsKey(cache, 7))).isNull();
        }
        assertThat(app.cacheOf(app.chainKey(0))).isNull();
        assertThat(app.cacheOf(new Keyspace("other").entryKey("c", "k"))).isNull();
        assertThat(app.cacheOf("something else")).isNull();
    }

    @Test
    void prefixOf_ofAChain_isThePrefix() {
        for (String prefix : AWKWARD) {
            assertThat(Keyspace.prefixOf(new Keyspace(prefix).chainKey(3))).isEqualTo(prefix);
        }
        assertThat(Keyspace.prefixOf(app.entryKey("c", "k:chain"))).isNull();
        assertThat(Keyspace.prefixOf("chain")).isNull();
    }

    /** Part of the stored format: a change here makes every far entry of every user unreachable. */
    @Test
    void names_ofAPrefix_areThoseOfTheFormat() {
        assertThat(app.hashTag(0)).isEqualTo("{app%3Aprod~141}");
        assertThat(app.hashTag(63)).isEqualTo("{app%3Aprod~111}");
        assertThat(app.chainKey(0)).isEqualTo("{app%3Aprod~141}:chain");
        assertThat(app.channel(0)).isEqualTo("{app%3Aprod~141}:inv");
        assertThat(new Keyspace("app:prod", 3).channel(0)).isEqualTo("{app%3Aprod~141}:inv@3");
        assertThat(app.metaKey("users", 0)).isEqualTo("{app%3Aprod~141}:m:users");
        assertThat(app.sweepKey("users")).isEqualTo("{app%3Aprod~141}:s:users");
        assertThat(app.termsKey("users")).isEqualTo("{app%3Aprod~141}:t:users");
        assertThat(app.lockKey(0, "users", "42:30d")).isEqualTo("{app%3Aprod~141}:l:users:42:30d");
        assertThat(app.entryKey(0, "users", "42:30d")).isEqualTo("{app%3Aprod~141}:e:users:42:30d");
        assertThat(app.entryPattern("users")).isEqualTo("{app%3Aprod~*}:e:users:*");
    }

    /** Part of the stored format, as above. */
    @ParameterizedTest
    @CsvSource({"users, 1, 7", "users, 2, 33", "users, 42:30d, 39", "cities, 1, 56", "'', '', 10", "c, é漢𝄞, 60"})
    void partition_ofAKey_isThatOfTheFormat(String cache, String text, int partition) {
        assertThat(app.partition(cache, text)).isEqualTo(partition);
    }

    @Test
    void partition_ofManyKeys_isEven() {
        int[] counts = new int[Keyspace.PARTITIONS];
        for (int i = 0; i < 64_000; i++) {
            counts[app.partition("users", "user-" + i)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(850, 1150);
        }
    }

    @Test
    void partition_ofShiftedBoundary_differsSomewhere() {
        int same = 0;
        for (int i = 0; i < 640; i++) {
            same += app.partition("ab", "c" + i) == app.partition("a", "bc" + i) ? 1 : 0;
        }
        assertThat(same).isLessThan(40);
    }

    @Test
    void names_ofDifferentPrefixesAndCaches_neverMeet() {
        Set<String> names = new HashSet<>();
        for (String prefix : AWKWARD) {
            Keyspace keyspace = new Keyspace(prefix);
            for (String cache : AWKWARD) {
                for (int partition = 0; partition < Keyspace.PARTITIONS; partition++) {
                    assertThat(names.add(keyspace.metaKey(cache, partition))).isTrue();
                    assertThat(names.add(keyspace.entryKey(partition, cache, "k")))
                            .isTrue();
                }
            }
        }
    }

    /** Part of the stored format. */
    @Test
    void names_ofACacheInAVersion_showIt() {
        assertThat(app.entryKey(0, "users~2", "42:30d")).isEqualTo("{app%3Aprod~141}:e:users~2:42:30d");
        assertThat(app.metaKey("users~2", 0)).isEqualTo("{app%3Aprod~141}:m:users~2");
        assertThat(app.entryPattern("users~2")).isEqualTo("{app%3Aprod~*}:e:users~2:*");
        assertThat(app.cacheIn(app.entryKey(0, "users~2", "42"))).isEqualTo(app.inNames("users~2"));
        assertThat(app.entryText("users~2", app.entryKey("users~2", "42"))).isEqualTo("42");
        assertThat(app.entryText("users", app.entryKey("users~2", "42"))).isNull();
        assertThat(app.entryText("users~2", app.entryKey("users", "42"))).isNull();
    }

    @Test
    void names_ofAwkwardPrefixAndCache_haveNoMeaningOfTheirOwn() {
        for (String awkward : AWKWARD) {
            String name = new Keyspace(awkward).metaKey(awkward, 7);
            String tag = name.substring(0, name.indexOf('}') + 1);
            assertThat(tag).isEqualTo(new Keyspace(awkward).hashTag(7));
            assertThat(tag.substring(1)).doesNotContain("{");
            assertThat(name).doesNotContainPattern("[\\s\\p{Cntrl}*?\\[\\]\\\\]");
            assertThat(name.getBytes(StandardCharsets.UTF_8))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(name);
        }
    }

    @Test
    void entryText_ofOwnEntry_isTheText() {
        for (String cache : AWKWARD) {
            for (String text : List.of("", "k", "a:b:c", "}:e:x:", "{", "é漢𝄞", "~i:42")) {
                assertThat(app.entryText(cache, app.entryKey(cache, text))).isEqualTo(text);
            }
        }
    }

    @Test
    void entryText_ofForeignName_isNull() {
        assertThat(app.entryText("users", app.entryKey("user", "s:1"))).isNull();
        assertThat(app.entryText("users", new Keyspace("app").entryKey("users", "1")))
                .isNull();
        assertThat(app.entryText("users", app.metaKey("users", 3))).isNull();
        assertThat(app.entryText("users", "users")).isNull();
        assertThat(app.entryText("users", "")).isNull();
        int elsewhere = (app.partition("users", "1") + 1) % Keyspace.PARTITIONS;
        assertThat(app.entryText("users", app.entryKey(elsewhere, "users", "1")))
                .isNull();
    }

    /** A key whose text looks like another cache's entry matches that cache's pattern; it is not taken for its entry. */
    @Test
    void entryText_ofDeceptiveKey_isNull() {
        String deceptive = app.entryKey("other", "}:e:users:1");
        assertThat(deceptive).matches("\\{app%3Aprod~.*}:e:users:.*");
        assertThat(app.entryText("users", deceptive)).isNull();
    }

    @Test
    void entryText_ofRandomNames_neverThrows() {
        Random random = new Random(7);
        String alphabet = "{}:~e1au%";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(app.entryText("a", name.toString())).as(name.toString()).isNull();
        }
    }
}
