package io.nearfar;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Internet addresses that begin with the same bits, as CIDR writes them: {@code 10.0.0.0/8}, {@code 2001:db8::/32}. An
 * IPv4 address that is written within IPv6 ({@code ::ffff:192.0.2.1}) is that IPv4 address. Immutable; no method of it
 * ever looks up a name.
 */
public final class AddressRange {
    private static final int BITS_OF_A_BYTE = 8;
    private static final int ALL_BITS = 0xff;
    private static final int BYTES_OF_4 = 4;

    /** How many bits stand before an IPv4 address within an IPv6 address (RFC 4291, section 2.5.5.2). */
    private static final int MAPPED = 96;

    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    private final byte[] first;
    private final int prefix;

    private AddressRange(byte[] address, int prefix) {
        this.first = masked(address, prefix);
        this.prefix = prefix;
    }

    /**
     * Returns the range of a text: an address, a slash and the number of bits that all its addresses share; or one address
     * alone. Bits beyond that number count for nothing.
     *
     * @throws IllegalArgumentException if the text is no such range
     * @throws NullPointerException if it is null
     */
    public static AddressRange parse(String text) {
        Objects.requireNonNull(text, "The text of a range of addresses is null");
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] written = AddressLiteral.bytes(literal);
        InetAddress address = address(literal);
        if (written == null || address == null) {
            throw mistake(text);
        }
        int bits = written.length * BITS_OF_A_BYTE;
        int prefix = slash < 0 ? bits : prefix(text, text.substring(slash + 1), bits);
        byte[] bytes = address.getAddress();
        if (bytes.length == written.length) {
            return new AddressRange(bytes, prefix);
        } else if (prefix < MAPPED) {
            throw mistake(text);
        }
        return new AddressRange(bytes, prefix - MAPPED);
    }

    private static int prefix(String text, String number, int bits) {
        if (!PREFIX.matcher(number).matches() || Integer.parseInt(number) > bits) {
            throw mistake(text);
        }
        return Integer.parseInt(number);
    }

    private static IllegalArgumentException mistake(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no range of addresses. Write an address in numbers, or one"
                        + " with the number of bits that its range shares, such as 10.0.0.0/8 or 2001:db8::/32");
    }

    /**
     * Returns the range around an address.
     *
     * @param prefix how many bits its addresses share; one above the number of bits that an address has means that number
     * @throws IllegalArgumentException if the prefix is below 0
     * @throws NullPointerException if the address is null
     */
    public static AddressRange around(InetAddress address, int prefix) {
        Objects.requireNonNull(address, "The address that a range is to be around is null");
        if (prefix < 0) {
            throw new IllegalArgumentException("A range cannot share " + prefix + " bits; 0 and more are allowed");
        }
        byte[] bytes = address.getAddress();
        return new AddressRange(bytes, Math.min(prefix, bytes.length * BITS_OF_A_BYTE));
    }

    /**
     * Returns the address that a text writes in numbers, or null if it is none: a name is none. A zone, as in {@code
     * fe80::1%eth0}, is left out.
     *
     * @throws NullPointerException if the text is null
     */
    public static @Nullable InetAddress address(String text) {
        Objects.requireNonNull(text, "The text of an address is null");
        byte[] bytes = AddressLiteral.bytes(text);
        return bytes == null ? null : address(bytes);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }

    /**
     * Tells whether an address is one of the range.
     *
     * @throws NullPointerException if the address is null
     */
    public boolean contains(InetAddress address) {
        Objects.requireNonNull(address, () -> "The address that is looked for in " + this + " is null");
        byte[] bytes = address.getAddress();
        return bytes.length == first.length && Arrays.equals(masked(bytes, prefix), first);
    }

    /** Returns how many bits all addresses of the range share. */
    public int prefix() {
        return prefix;
    }

    private static byte[] masked(byte[] address, int prefix) {
        byte[] masked = new byte[address.length];
        int whole = prefix / BITS_OF_A_BYTE;
        System.arraycopy(address, 0, masked, 0, whole);
        if (whole < address.length) {
            int bits = prefix % BITS_OF_A_BYTE;
            masked[whole] = (byte) (address[whole] & (ALL_BITS << (BITS_OF_A_BYTE - bits)));
        }
        return masked;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressRange range && range.prefix == prefix && Arrays.equals(range.first, first);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(first) + prefix;
    }

    /** Returns the range as CIDR writes it; an IPv4 address that is alone without its number of bits. */
    @Override
    public String toString() {
        String start = address(first).getHostAddress();
        boolean isOne = first.length == BYTES_OF_4 && prefix == BYTES_OF_4 * BITS_OF_A_BYTE;
        return isOne ? start : start + "/" + prefix;
    }
}
