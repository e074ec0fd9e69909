package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;

/** Arrays of primitives, each at its full width; those of bytes have a compact form. */
final class PrimitivesForm extends Serializer<Object> {
    @Override
    public void write(Kryo session, Output out, Object array) {
        int length = Array.getLength(array);
        out.writeVarInt(length, true);
        if (array instanceof int[] ints) {
            out.writeInts(ints, 0, length);
        } else if (array instanceof long[] longs) {
            out.writeLongs(longs, 0, length);
        } else if (array instanceof double[] doubles) {
            out.writeDoubles(doubles, 0, length);
        } else if (array instanceof float[] floats) {
            out.writeFloats(floats, 0, length);
        } else if (array instanceof char[] chars) {
            out.writeChars(chars, 0, length);
        } else if (array instanceof short[] shorts) {
            out.writeShorts(shorts, 0, length);
        } else {
            out.writeBooleans((boolean[]) array, 0, length);
        }
    }

    @Override
    public Object read(Kryo session, Input in, Class<?> type) {
        Class<?> element = type.getComponentType();
        int length = ((BoundedInput) in).readCount(width(element));
        if (element == int.class) {
            return in.readInts(length);
        } else if (element == long.class) {
            return in.readLongs(length);
        } else if (element == double.class) {
            return in.readDoubles(length);
        } else if (element == float.class) {
            return in.readFloats(length);
        } else if (element == char.class) {
            return in.readChars(length);
        } else if (element == short.class) {
            return in.readShorts(length);
        }
        return in.readBooleans(length);
    }

    private static int width(Class<?> element) {
        return switch (element.getName()) {
            case "int", "float" -> 4;
            case "long", "double" -> 8;
            case "char", "short" -> 2;
            case "boolean" -> 1;
            default -> throw new KryoException("arrays of " + element + " have another form");
        };
    }
}
