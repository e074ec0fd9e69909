package io.nearfar.entry.compression;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** That of the JDK. */
final class Deflate implements Method {
    @Override
    public int compress(byte[] whole, byte[] room, int at) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(whole);
            deflater.finish();
            int length = deflater.deflate(room, at, room.length - at);
            return deflater.finished() ? length : 0;
        } finally {
            deflater.end();
        }
    }

    @Override
    public int expand(byte[] stored, int at, byte[] whole) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(stored, at, stored.length - at);
            int length = inflater.inflate(whole);
            return isAtEnd(inflater) ? length : -1;
        } finally {
            inflater.end();
        }
    }

    /** The end is found with room for one byte more: without any, it stays unread. */
    private static boolean isAtEnd(Inflater inflater) throws DataFormatException {
        return inflater.finished() || (inflater.inflate(new byte[1]) == 0 && inflater.finished());
    }
}
