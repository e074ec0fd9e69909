package io.nearfar.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweptMapTest {
    private static final int MAXIMUM = 100;

    private final Set<Object> over = new HashSet<>();
    private final SweptMap<String, Object> map = new SweptMap<>(MAXIMUM, over::contains);

    private Object put(String key) {
        Object value = new Object();
        map.put(key, value);
        return value;
    }

    private void tidy(int times) {
        for (int i = 0; i < times; i++) {
            map.tidy();
        }
    }

    @Test
    void whatIsOver_goes_andTheRestStays() {
        for (int i = 0; i < MAXIMUM; i++) {
            assertThat(map.hasRoom()).isTrue();
            Object value = put("key " + i);
            if (i % 2 == 0) {
                over.add(value);
            }
        }
        tidy(MAXIMUM);
        assertThat(map.size()).isEqualTo(MAXIMUM / 2);
        assertThat(map.get("key 0")).isNull();
        assertThat(map.get("key 1")).isNotNull();
        over.add(map.get("key 1"));
        tidy(MAXIMUM);
        assertThat(map.get("key 1")).isNull();
    }

    @Test
    void fullMap_hasRoomAgain_whenSomethingIsOver() {
        for (int i = 0; i < MAXIMUM; i++) {
            put("key " + i);
        }
        assertThat(map.hasRoom()).isFalse();
        over.add(map.get("key 50"));
        map.hasRoom();
        assertThat(map.hasRoom()).isTrue();
    }

    /** What was replaced is not to go with what has taken its place. */
    @Test
    void whatWasReplaced_takesNothingWithIt() {
        over.add(put("key"));
        Object there = put("key");
        tidy(10);
        assertThat(map.get("key")).isSameAs(there);
        assertThat(map.standing()).isOne();
    }

    /** Nobody makes room meanwhile, as where all are busy; it takes no more than twice the room, and goes when all is quiet. */
    @Test
    void whatIsReplacedAgainAndAgain_isBounded() {
        for (int i = 0; i < 2 * MAXIMUM; i++) {
            put("key");
        }
        assertThat(map.hasRoom()).isTrue();
        tidy(2 * MAXIMUM);
        assertThat(map.standing()).isOne();
        map.remove("key");
        tidy(1);
        assertThat(map.standing()).isZero();
    }

    /** Each walk over the places of a million would take milliseconds, and every request tidies. */
    @Test
    void tidying_afterAFlood_isAsCheapAsBefore() {
        SweptMap<Integer, Object> large = new SweptMap<>(1_000_000, over::contains);
        Object flood = new Object();
        for (int key = 0; key < 1_000_000; key++) {
            large.put(key, flood);
        }
        over.add(flood);
        while (!large.isEmpty()) {
            large.hasRoom();
        }
        large.put(500_000, new Object());
        long start = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            large.tidy();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(large.size()).isOne();
    }
}
