package io.nearfar.cdi.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.web.response.KeptResponse.Field;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptResponseTest {
    private static final KeptResponse RESPONSE = new KeptResponse(
            Instant.ofEpochMilli(1_700_000_000_123L),
            List.of(new Field("ETag", "\"a\""), new Field("Link", "</ü>"), new Field("Link", "</b>")),
            new byte[] {1, 2, -3});

    @Test
    void bytes_areReadAsWhatTheyWere() throws IOException {
        KeptResponse read = KeptResponse.of(RESPONSE.bytes());
        assertThat(read).usingRecursiveComparison().isEqualTo(RESPONSE);
        assertThat(RESPONSE.field("link")).isEqualTo("</ü>");
    }

    @Test
    void anythingElse_isNone() throws IOException {
        byte[] bytes = RESPONSE.bytes();
        assertThat(KeptResponse.of(null)).isNull();
        assertThat(KeptResponse.of("text")).isNull();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(KeptResponse.of(Arrays.copyOf(bytes, length))).isNull();
        }
        assertThat(KeptResponse.of(Arrays.copyOf(bytes, bytes.length + 1))).isNull();
        bytes[0]++;
        assertThat(KeptResponse.of(bytes)).isNull();
    }
}
