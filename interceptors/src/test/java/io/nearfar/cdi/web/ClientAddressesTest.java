package io.nearfar.cdi.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.AddressRange;
import io.nearfar.HttpSettings;
import io.nearfar.HttpSettings.Forwarding;
import io.nearfar.LimitOutage;
import io.nearfar.cdi.testing.ErrorLines;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressesTest {
    private static final String PROXY = "10.0.0.1";
    private static final String X_FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED = "Forwarded";

    @RegisterExtension
    final ErrorLines lines = new ErrorLines();

    private static ClientAddresses addresses(Forwarding forwarding, String... trusted) {
        return new ClientAddresses(new HttpSettings(
                Arrays.stream(trusted).map(AddressRange::parse).toList(),
                forwarding,
                64,
                false,
                false,
                LimitOutage.OPEN,
                List.of(),
                List.of()));
    }

    private static ClientAddresses trusting(Forwarding forwarding) {
        return addresses(forwarding, "10.0.0.0/8", "2001:db8:aaaa::/48");
    }

    /** Lines of the field are parted by a bar. */
    private static String behindProxy(Forwarding forwarding, String field, String lines) {
        return trusting(forwarding)
                .of(PROXY, name -> name.equals(field) ? Arrays.asList(lines.split("\\|", -1)) : List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "203.0.113.7; 203.0.113.7",
                "' 203.0.113.7 '; 203.0.113.7",
                "203.0.113.7:4711; 203.0.113.7",
                "\"203.0.113.7\"; 203.0.113.7",
                "198.51.100.1, 203.0.113.7; 203.0.113.7",
                "203.0.113.7, 10.2.3.4; 203.0.113.7",
                "203.0.113.7,10.2.3.4 , 10.9.9.9; 203.0.113.7",
                "203.0.113.7, ::ffff:10.2.3.4; 203.0.113.7",
                "198.51.100.1|203.0.113.7; 203.0.113.7",
                "203.0.113.7|10.2.3.4; 203.0.113.7",
                "203.0.113.7|; 203.0.113.7",
                "203.0.113.7, ,; 203.0.113.7",
                "10.7.7.7, 10.2.3.4; 10.7.7.7",
                "10.7.7.7; 10.7.7.7",
                "2001:db8:1:2:3:4:5:6; 2001:db8:1:2:0:0:0:0/64",
                "[2001:db8:1:2::6]; 2001:db8:1:2:0:0:0:0/64",
                "[2001:db8:1:2::6]:443; 2001:db8:1:2:0:0:0:0/64",
                "2001:db8:1:2::6, 2001:db8:aaaa::1; 2001:db8:1:2:0:0:0:0/64",
                "::ffff:203.0.113.7; 203.0.113.7",
                "fe80::1%eth0; fe80:0:0:0:0:0:0:0/64",
                // What a trusted proxy does not say counts as its own
                "''; 10.0.0.1",
                "unknown; 10.0.0.1",
                "_hidden; 10.0.0.1",
                "203.0.113.7, unknown; 10.0.0.1",
                "203.0.113.7, unknown, 10.2.3.4; 10.2.3.4",
                "example.org; 10.0.0.1",
                "localhost; 10.0.0.1",
                "203.0.113.7:port; 10.0.0.1",
                "203.0.113.7:123456; 10.0.0.1",
                "[203.0.113.7]; 10.0.0.1",
                "[2001:db8::1; 10.0.0.1",
                "[2001:db8::1]443; 10.0.0.1",
                "010.1.1.1; 10.0.0.1",
                "203.0.113.7 203.0.113.8; 10.0.0.1",
                // What a client has written before it changes nothing
                "\", 203.0.113.7; 203.0.113.7",
                "x\"y, 203.0.113.7, 10.2.3.4; 203.0.113.7",
                "%00<script>, 203.0.113.7; 203.0.113.7"
            })
    void xForwardedFor_isReadFromTheEnd_throughTrustedProxies(String lines, String address) {
        assertThat(behindProxy(Forwarding.X_FORWARDED_FOR, X_FORWARDED_FOR, lines))
                .isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            value = {
                "for=203.0.113.7^ 203.0.113.7",
                "For=203.0.113.7^ 203.0.113.7",
                "FOR=\"203.0.113.7:4711\"^ 203.0.113.7",
                "for=203.0.113.7;proto=https;by=10.0.0.1^ 203.0.113.7",
                "proto=https; for=203.0.113.7 ;host=\"a.example\"^ 203.0.113.7",
                "for=\"[2001:db8:1:2::17]\"^ 2001:db8:1:2:0:0:0:0/64",
                "for=\"[2001:db8:1:2::17]:4711\"^ 2001:db8:1:2:0:0:0:0/64",
                "for=\"[2001:db8:1:2::17]:_port\"^ 2001:db8:1:2:0:0:0:0/64",
                "for=198.51.100.1, for=203.0.113.7, for=10.2.3.4^ 203.0.113.7",
                "for=198.51.100.1|for=203.0.113.7;by=_a|for=10.2.3.4^ 203.0.113.7",
                "for=203.0.113.7;host=\"a,b;c\", for=10.2.3.4^ 203.0.113.7",
                "for=203.0.113.7;ext=\"a\\\"\", for=10.2.3.4^ 203.0.113.7",
                // What a trusted proxy does not say counts as its own
                "for=unknown^ 10.0.0.1",
                "for=_gazonk^ 10.0.0.1",
                "for=\"_gazonk\"^ 10.0.0.1",
                "for=203.0.113.7, for=_hidden^ 10.0.0.1",
                "proto=https;by=203.0.113.7^ 10.0.0.1",
                "203.0.113.7^ 10.0.0.1",
                "for=^ 10.0.0.1",
                "for = 203.0.113.7^ 10.0.0.1",
                "for=203.0.113.7;for=203.0.113.8^ 10.0.0.1",
                "for=203.0.113.7 proto=http^ 10.0.0.1",
                "for=example.org^ 10.0.0.1",
                // What a client has written before it changes nothing
                "for=\"198.51.100.1, for=203.0.113.7^ 203.0.113.7",
                "for=\", for=203.0.113.7, for=10.2.3.4^ 203.0.113.7",
                "garbage, for=203.0.113.7^ 203.0.113.7"
            })
    void forwarded_isReadFromTheEnd_throughTrustedProxies(String lines, String address) {
        assertThat(behindProxy(Forwarding.FORWARDED, FORWARDED, lines)).isEqualTo(address);
    }

    /** A proxy that writes one of them hands the other one on as the client has written it. */
    @Test
    void fieldThatIsNotSet_isNotRead() {
        Map<String, List<String>> fields =
                Map.of(X_FORWARDED_FOR, List.of("203.0.113.7"), FORWARDED, List.of("for=198.51.100.1"));
        assertThat(trusting(Forwarding.X_FORWARDED_FOR).of(PROXY, fields::get)).isEqualTo("203.0.113.7");
        assertThat(trusting(Forwarding.FORWARDED).of(PROXY, fields::get)).isEqualTo("198.51.100.1");
        assertThat(text()).doesNotContain("NF09");
    }

    @Test
    void peerThatIsNotTrusted_isTheClient_whateverItSays() {
        assertThat(trusting(Forwarding.X_FORWARDED_FOR).of("203.0.113.9", name -> List.of("198.51.100.1")))
                .isEqualTo("203.0.113.9");
        assertThat(trusting(Forwarding.X_FORWARDED_FOR).of("2001:db8::9%eth1", name -> List.of("198.51.100.1")))
                .isEqualTo("2001:db8:0:0:0:0:0:0/64");
    }

    @Test
    void peerWithoutAnAddress_isNull() {
        assertThat(trusting(Forwarding.X_FORWARDED_FOR).of(null, name -> List.of("203.0.113.7")))
                .isNull();
        assertThat(trusting(Forwarding.X_FORWARDED_FOR).of("localhost", name -> List.of("203.0.113.7")))
                .isNull();
    }

    @Test
    void moreProxiesThanAnyRequestHas_areNotGoneBackThrough() {
        String many = "203.0.113.7" + ", 10.2.3.4".repeat(100_000);
        assertThat(behindProxy(Forwarding.X_FORWARDED_FOR, X_FORWARDED_FOR, many))
                .isEqualTo("10.2.3.4");
        assertThat(behindProxy(Forwarding.FORWARDED, FORWARDED, "for=\"" + "\\a".repeat(100_000) + "\""))
                .isEqualTo(PROXY);
    }

    @Test
    void forwardingFields_whereNothingIsTrusted_areToldOnce() {
        ClientAddresses addresses = addresses(Forwarding.X_FORWARDED_FOR);
        assertThat(addresses.of("203.0.113.1", name -> List.of())).isEqualTo("203.0.113.1");
        assertThat(text()).doesNotContain("NF09");

        for (String field : List.of(FORWARDED, X_FORWARDED_FOR, FORWARDED)) {
            assertThat(addresses.of(PROXY, name -> name.equals(field) ? List.of("x\ny") : List.of()))
                    .isEqualTo(PROXY);
        }
        assertThat(count("NF0900")).isOne();
        assertThat(text())
                .contains("set nearfar.http.trusted-proxies = 10.0.0.1")
                .doesNotContain("x\ny");
    }

    @Test
    void trustedProxyThatWritesTheOtherField_isToldOnce() {
        ClientAddresses addresses = trusting(Forwarding.X_FORWARDED_FOR);
        Stream.of(1, 2)
                .forEach(each -> assertThat(addresses.of(
                                PROXY, name -> name.equals(FORWARDED) ? List.of("for=203.0.113.7") : List.of()))
                        .isEqualTo(PROXY));
        assertThat(count("NF0901")).isOne();
    }

    private int count(String part) {
        return text().split(Pattern.quote(part), -1).length - 1;
    }

    private String text() {
        return lines.text();
    }
}
