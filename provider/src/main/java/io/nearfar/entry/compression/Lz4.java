package io.nearfar.entry.compression;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** That of the library lz4-java. What comes from outside is read by its checked Java code, never by native code. */
final class Lz4 implements Method {
    private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
    private final LZ4SafeDecompressor decompressor = LZ4Factory.safeInstance().safeDecompressor();

    @Override
    public int compress(byte[] whole, byte[] room, int at) {
        try {
            return compressor.compress(whole, 0, whole.length, room, at, room.length - at);
        } catch (LZ4Exception tooSmall) {
            return 0;
        }
    }

    @Override
    public int expand(byte[] stored, int at, byte[] whole) {
        return decompressor.decompress(stored, at, stored.length - at, whole, 0, whole.length);
    }
}
