package io.nearfar.config;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text in which odd characters are written as {@code %} and two digits (RFC 3986, section 2.1); a plus sign is one. */
final class PercentText {
    private static final int HEXADECIMAL = 16;

    private PercentText() {}

    /** Returns the text that {@code encoded} stands for. */
    static String decode(String encoded) throws WrongAddressException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int from = 0;
        for (int percent = encoded.indexOf('%'); percent >= 0; percent = encoded.indexOf('%', from)) {
            bytes.writeBytes(encoded.substring(from, percent).getBytes(StandardCharsets.UTF_8));
            bytes.write(octet(encoded, percent));
            from = percent + 3;
        }
        bytes.writeBytes(encoded.substring(from).getBytes(StandardCharsets.UTF_8));
        return text(bytes.toByteArray());
    }

    private static int octet(String encoded, int percent) throws WrongAddressException {
        int high = digit(encoded, percent + 1);
        int low = digit(encoded, percent + 2);
        if (high < 0 || low < 0) {
            throw wrong();
        }
        return high * HEXADECIMAL + low;
    }

    private static int digit(String encoded, int index) {
        return index < encoded.length() ? Character.digit(encoded.charAt(index), HEXADECIMAL) : -1;
    }

    private static String text(byte[] bytes) throws WrongAddressException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw wrong();
        }
    }

    private static WrongAddressException wrong() {
        return new WrongAddressException(
                "a % in the user, the password or the master is not followed by two digits that"
                        + " make UTF-8. Write %25 for a %.");
    }
}
