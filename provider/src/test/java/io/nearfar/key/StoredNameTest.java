package io.nearfar.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredNameTest {
    /** Part of the stored format. */
    @ParameterizedTest
    @CsvSource({
        // cache, version, stored, in a key
        "cities, 0, cities, cities",
        "cities, 2, cities~2, cities~2",
        "cities, 2147483647, cities~2147483647, cities~2147483647",
        "a:b, 3, a:b~3, a%3Ab~3",
        "'', 0, '', ''",
        "'', 1, ~1, ~1",
        "cities~2, 0, cities~2~, cities%7E2",
        "cities~2, 3, cities~2~3, cities%7E2~3",
        "cities~, 0, cities~~, cities%7E",
        "~, 0, ~~, %7E",
        "cities2, 0, cities2, cities2",
        "c~x, 0, c~x, c%7Ex",
    })
    void of_cacheAndVersion(String cache, int version, String stored, String inKey) {
        assertThat(StoredName.of(cache, version)).isEqualTo(stored);
        assertThat(StoredName.safe(stored)).isEqualTo(inKey);
        assertThat(StoredName.original(inKey)).isEqualTo(stored);
        assertThat(StoredName.cache(stored)).isEqualTo(cache);
        assertThat(StoredName.version(stored)).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cities~", "cities~0", "cities~02", "cities~2147483648", "cities~x", "a~1~2", "~"})
    void original_ofWhatNobodyWrites_isNone(String inKey) {
        assertThat(StoredName.original(inKey)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "cities, 0, cities",
        "cities, 2, cities version 2",
        "cities~2, 0, cities~2",
        "cities~2, 3, cities~2 version 3"
    })
    void told_namesCacheAndVersion(String cache, int version, String told) {
        assertThat(StoredName.told(StoredName.of(cache, version))).isEqualTo(told);
    }

    @Test
    void of_namesThatLookLikeVersions_neverMeet() {
        Random random = new Random(5);
        Set<String> asked = new HashSet<>();
        Set<String> stored = new HashSet<>();
        Set<String> inKeys = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            StringBuilder cache = new StringBuilder();
            for (int length = random.nextInt(6); length > 0; length--) {
                cache.append("a~01%7E".charAt(random.nextInt(7)));
            }
            int version = Math.max(0, random.nextInt(14) - 3);
            if (asked.add(cache + " " + version)) {
                String name = StoredName.of(cache.toString(), version);
                assertThat(stored.add(name))
                        .as("%s in version %d", cache, version)
                        .isTrue();
                assertThat(inKeys.add(StoredName.safe(name))).as(name).isTrue();
                assertThat(StoredName.original(StoredName.safe(name))).isEqualTo(name);
            }
        }
    }
}
