package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;

/** Arrays of objects. */
final class ArrayForm extends Serializer<Object[]> {
    @Override
    public void write(Kryo session, Output out, Object[] array) {
        out.writeVarInt(array.length, true);
        for (Object element : array) {
            session.writeClassAndObject(out, element);
        }
    }

    @Override
    public Object[] read(Kryo session, Input in, Class<? extends Object[]> type) {
        int length = ((BoundedInput) in).readCount(1);
        Object[] array = (Object[]) Array.newInstance(type.getComponentType(), length);
        session.reference(array);
        for (int i = 0; i < length; i++) {
            array[i] = session.readClassAndObject(in);
        }
        return array;
    }
}
