package io.nearfar.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Names of caches. */
class CacheNameTest {
    @Test
    void of_hostAndPath_canBeRead() {
        assertThat(CacheName.of("localhost", "")).isEqualTo("sessions-localhost");
        assertThat(CacheName.of("shop.example", "/cart/old")).isEqualTo("sessions-shop.example-cart-old");
        assertThat(CacheName.of("localhost", "/a-b")).isEqualTo("sessions-localhost-a_2d_b");
    }

    @Test
    void of_different_isDifferent() {
        List<String> names = List.of(
                CacheName.of("localhost", "/a-b"),
                CacheName.of("localhost", "/a/b"),
                CacheName.of("localhost", "/a_2d_b"),
                CacheName.of("localhost-a", "/b"),
                CacheName.of("localhost", "/a"),
                CacheName.of("localhost-a", ""),
                CacheName.of("localhost", "_locks"),
                CacheName.ofLocks(CacheName.of("localhost", "")),
                CacheName.of("localhost", "##2"));
        assertThat(names).doesNotHaveDuplicates();
    }
}
