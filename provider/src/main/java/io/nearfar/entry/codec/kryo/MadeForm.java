package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.List;

/** Collections that are made of their items when those are there: their kind, then the items. */
final class MadeForm extends Serializer<Object> {
    @Override
    public void write(Kryo session, Output out, Object value) {
        out.writeByte(Made.of(value.getClass()).number());
        Object[] items = Made.items(value);
        out.writeVarInt(items.length, true);
        for (Object item : items) {
            session.writeClassAndObject(out, item);
        }
    }

    @Override
    public Object read(Kryo session, Input in, Class<?> type) {
        Made made = Made.of(in.readByteUnsigned());
        List<Object> items = new ArrayList<>();
        for (int left = ((BoundedInput) in).readCount(1); left > 0; left--) {
            items.add(session.readClassAndObject(in));
        }
        return made.make(items);
    }
}
