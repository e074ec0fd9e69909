package io.nearfar.entry.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/** That of the library zstd-jni, which is native code. */
final class Zstandard implements Method {
    private static final int LEVEL = 1;

    /** Fails here, and not at the first value, where the machine has no native code of the library. */
    Zstandard() {
        Zstd.maxCompressionLevel();
    }

    @Override
    public int compress(byte[] whole, byte[] room, int at) {
        try {
            return length(Zstd.compressByteArray(room, at, room.length - at, whole, 0, whole.length, LEVEL));
        } catch (ZstdException tooSmall) {
            return 0;
        }
    }

    @Override
    public int expand(byte[] stored, int at, byte[] whole) {
        return length(Zstd.decompressByteArray(whole, 0, whole.length, stored, at, stored.length - at));
    }

    private static int length(long result) {
        return Zstd.isError(result) ? -1 : (int) result;
    }
}
