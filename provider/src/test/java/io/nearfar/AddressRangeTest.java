package io.nearfar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    private static InetAddress address(String text) {
        InetAddress address = AddressRange.address(text);
        if (address == null) {
            throw new AssertionError(text + " is no address");
        }
        return address;
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.255, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.7, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:10.0.0.0/104, 11.1.2.3, false",
        "fe80::/10, fe80::1%eth0, true"
    })
    void contains_isByTheFirstBits(String range, String address, boolean contained) {
        assertThat(AddressRange.parse(range).contains(address(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.org/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "2001:db8::/129",
                "::ffff:10.0.0.0/90",
                "[2001:db8::]/32"
            })
    void parse_ofNoRange_saysWhatToWrite(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\" is no range of addresses")
                .hasMessageContaining("10.0.0.0/8");
    }

    /** What a resolver would take for a name or for other numbers is no address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "127.1",
                "0x7f.0.0.1",
                "010.0.0.1",
                "256.0.0.1",
                "1.2.3.4.5",
                "1.2.3.",
                "1.2.3.4%eth0",
                "localhost",
                "::1::",
                ":::",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "g::",
                "1.2.3.4::",
                "::1.2.3",
                "::1.2.3.256",
                "[::1]"
            })
    void address_ofAnythingElse_isNull(String text) {
        assertThat(AddressRange.address(text)).isNull();
        assertThat(AddressRange.address(text + "x".repeat(100))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 1.2.3.4",
        "::ffff:1.2.3.4, 1.2.3.4",
        "::FFFF:102:304, 1.2.3.4",
        "::, 0:0:0:0:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:1",
        "2001:DB8::a:1, 2001:db8:0:0:0:0:a:1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1::, 1:0:0:0:0:0:0:0",
        "64:ff9b::192.0.2.33, 64:ff9b:0:0:0:0:c000:221",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1"
    })
    void address_isRead(String text, String shown) {
        assertThat(address(text).getHostAddress()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2:3:4:5:6, 64, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2:3:4:5:6, 56, 2001:db8:1:0:0:0:0:0/56",
        "2001:db8::1, 128, 2001:db8:0:0:0:0:0:1/128",
        "192.0.2.77, 24, 192.0.2.0/24",
        "192.0.2.77, 64, 192.0.2.77"
    })
    void around_isTheRangeOfThatManyBits(String address, int prefix, String range) {
        AddressRange around = AddressRange.around(address(address), prefix);
        assertThat(around).hasToString(range).isEqualTo(AddressRange.parse(range));
        assertThat(around.contains(address(address))).isTrue();
    }

    @Test
    void around_withFewerThanNoBits_isRefused() {
        assertThatThrownBy(() -> AddressRange.around(address("::1"), -1)).hasMessageContaining("-1 bits");
    }
}
