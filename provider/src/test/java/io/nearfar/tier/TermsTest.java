package io.nearfar.tier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TermsTest {
    @Test
    void text_readAgain_isTheSame() {
        Terms terms = new Terms(Map.of("expiry", "PT5M = a while", "codec", "java"));
        assertThat(Terms.in(terms.text())).isEqualTo(terms);
        assertThat(terms.differing(Terms.in(terms.text()))).isEmpty();
    }

    @Test
    void differing_namesWhatBothSayOtherwise() {
        Terms here = new Terms(Map.of("expiry", "PT5M", "codec", "java", "only here", "1"));
        Terms there = new Terms(Map.of("expiry", "PT1M", "codec", "java", "only there", "1"));
        assertThat(here.differing(there)).containsExactly(new Terms.Difference("expiry", "PT5M", "PT1M"));
    }

    @Test
    void in_whateverTheServerHolds_isReadableAndShort() {
        assertThat(Terms.in("").values()).isEmpty();
        assertThat(Terms.in("\n=\n\u0000garbage\n=x").values()).isEmpty();
        assertThat(Terms.in("expiry=a\u001b[31m\tb").values()).containsExactly(Map.entry("expiry", "a?[31m?b"));
        assertThat(Terms.in("expiry=" + "x".repeat(100_000)).values().get("expiry"))
                .hasSize(200);
    }
}
