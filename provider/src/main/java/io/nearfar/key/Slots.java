package io.nearfar.key;

import java.nio.charset.StandardCharsets;

/** The slots of a Redis Cluster: CRC16 (XMODEM: polynomial 0x1021, start 0) of the hash tag, modulo 16384. */
final class Slots {
    static final int COUNT = 16384;

    private static final int POLYNOMIAL = 0x1021;

    private Slots() {}

    /** Returns the slot of a hash tag's inside (Redis Cluster specification, "Hash tags"). */
    static int of(String tag) {
        return crc16(tag.getBytes(StandardCharsets.UTF_8)) % COUNT;
    }

    static int crc16(byte[] bytes) {
        int crc = 0;
        for (byte b : bytes) {
            crc ^= (b & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
        }
        return crc & 0xFFFF;
    }
}
