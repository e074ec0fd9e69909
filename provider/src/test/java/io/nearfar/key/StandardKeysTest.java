package io.nearfar.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StandardKeysTest {
    @Test
    void reading_ofAStandardType_isTheKeyThatReadsSo() {
        UUID id = new UUID(1, 2);
        assertThat(StandardKeys.reading("42", String.class)).containsExactly("42");
        assertThat(StandardKeys.reading("", String.class)).containsExactly("");
        assertThat(StandardKeys.reading("42", Integer.class)).containsExactly(42);
        assertThat(StandardKeys.reading("-42", Long.class)).containsExactly(-42L);
        assertThat(StandardKeys.reading(id.toString(), UUID.class)).containsExactly(id);
        assertThat(StandardKeys.reading("2026-11-26", LocalDate.class)).containsExactly(LocalDate.of(2026, 11, 26));
    }

    @Test
    void reading_whatNoKeyOfTheTypeReadsAs_isNone() {
        assertThat(StandardKeys.reading("a", Integer.class)).isEmpty();
        assertThat(StandardKeys.reading("", Integer.class)).isEmpty();
        assertThat(StandardKeys.reading("042", Integer.class)).isEmpty();
        assertThat(StandardKeys.reading("+42", Integer.class)).isEmpty();
        assertThat(StandardKeys.reading("4294967296", Integer.class)).isEmpty();
    }

    @Test
    void reading_ofAnyOtherType_isUnknown() {
        assertThat(StandardKeys.reading("42", Object.class)).isNull();
        assertThat(StandardKeys.reading("42", List.class)).isNull();
        assertThat(StandardKeys.reading("DAYS", TimeUnit.class)).isNull();
    }
}
