package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;

/** Bytes whose claims are checked against what is left of them before room is taken for anything. */
final class BoundedInput extends Input {
    BoundedInput(byte[] bytes) {
        super(bytes);
    }

    int remaining() {
        return limit - position;
    }

    /** Reads how many things follow, of which each takes so many bytes or more. */
    int readCount(int bytesEach) {
        int count = readVarInt(true);
        return checked(count, bytesEach);
    }

    private int checked(int count, int bytesEach) {
        if (count < 0 || (long) count * bytesEach > remaining()) {
            throw new KryoException(
                    count + " things of " + bytesEach + " bytes are claimed, and " + remaining() + " bytes are left");
        }
        return count;
    }

    @Override
    public byte[] readBytes(int length) {
        return super.readBytes(checked(length, 1));
    }

    /** A text of other than ASCII begins with how many characters it has, plus one. */
    @Override
    public String readString() {
        int start = position;
        if (readVarIntFlag()) {
            checked(Math.max(0, readVarIntFlag(true) - 1), 1);
            position = start;
        }
        return super.readString();
    }
}
