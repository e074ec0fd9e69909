package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.IOException;

/** Objects by Java serialization, after its length: those of the JDK, and those that have a say in their serialization. */
final class SerializedForm extends Serializer<Object> {
    private final Surroundings surroundings;

    SerializedForm(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void write(Kryo session, Output out, Object value) {
        try {
            byte[] bytes = surroundings.serialization().encode(value, ((Session) session).types());
            out.writeVarInt(bytes.length, true);
            out.writeBytes(bytes);
        } catch (IOException e) {
            throw new KryoException(value.getClass().getName() + " cannot be serialized (" + e + ")", e);
        }
    }

    @Override
    public Object read(Kryo session, Input in, Class<?> type) {
        byte[] bytes = in.readBytes(in.readVarInt(true));
        try {
            return surroundings.serialization().decode(bytes, ((Session) session).types());
        } catch (IOException | ClassNotFoundException e) {
            throw new KryoException(e.getMessage(), e);
        }
    }
}
