package io.nearfar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryOptionsTest {
    @Test
    void each_changesOneThing() {
        EntryOptions options = EntryOptions.NONE
                .withTimeToLive(Duration.ofMinutes(1))
                .withNearTimeToLive(Duration.ZERO)
                .withGrace(Duration.ofHours(1))
                .withTags("a", "b", "a");
        assertThat(options.timeToLive()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.nearTimeToLive()).isEqualTo(Duration.ZERO);
        assertThat(options.grace()).isEqualTo(Duration.ofHours(1));
        assertThat(options.tags()).containsExactlyInAnyOrder("a", "b");
        assertThat(options.withTags(List.of()).withTags("c").tags()).containsExactly("c");
        assertThat(EntryOptions.NONE.tags()).isEmpty();
        assertThat(EntryOptions.NONE.timeToLive()).isNull();
        assertThat(options)
                .isEqualTo(EntryOptions.NONE
                        .withTags("b", "a")
                        .withGrace(Duration.ofMinutes(60))
                        .withNearTimeToLive(Duration.ZERO)
                        .withTimeToLive(Duration.ofSeconds(60)))
                .hasSameHashCodeAs(options.withTags("b", "a"))
                .isNotEqualTo(options.withTags("a"))
                .isNotEqualTo(options.withGrace(Duration.ZERO));
    }

    @Test
    void limits_areToldWithValueAndCure() {
        assertThatThrownBy(() -> EntryOptions.NONE.withTimeToLive(Duration.ofNanos(999_999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0.000999999S")
                .hasMessageContaining("a millisecond or more");
        assertThatThrownBy(() -> EntryOptions.NONE.withNearTimeToLive(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> EntryOptions.NONE.withGrace(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> EntryOptions.NONE.withTags(
                        IntStream.range(0, 33).mapToObj(i -> "t" + i).toList()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 32")
                .hasMessageContaining("33");
        assertThatThrownBy(() -> EntryOptions.NONE.withTags("é".repeat(101)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("200 bytes")
                .hasMessageContaining("202");
        assertThatThrownBy(() -> EntryOptions.NONE.withTags("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryOptions.NONE.withTags("\ud800")).isInstanceOf(IllegalArgumentException.class);
        assertThat(EntryOptions.NONE.withTags("é".repeat(100)).tags()).hasSize(1);
    }

    @Test
    void null_isNamed() {
        assertThatThrownBy(() -> EntryOptions.NONE.withTags(Collections.singletonList(null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("A tag is null");
        assertThatThrownBy(() -> EntryOptions.NONE.withTags(Arrays.asList("a", null)))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> EntryOptions.NONE.withTimeToLive(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> EntryOptions.NONE.withNearTimeToLive(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> EntryOptions.NONE.withGrace(null)).isInstanceOf(NullPointerException.class);
    }
}
