package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.IOException;

/** Standard types by their compact form, after its length. */
final class CompactForm extends Serializer<Object> {
    private final Surroundings surroundings;

    CompactForm(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void write(Kryo session, Output out, Object value) {
        byte[] bytes = surroundings.compact(value);
        out.writeVarInt(bytes.length, true);
        out.writeBytes(bytes);
    }

    @Override
    public Object read(Kryo session, Input in, Class<?> type) {
        try {
            Object value = surroundings.expand(in.readBytes(in.readVarInt(true)));
            if (value.getClass() != type) {
                throw new KryoException(value.getClass() + " where " + type + " is named");
            }
            return value;
        } catch (IOException e) {
            throw new KryoException(e.getMessage(), e);
        }
    }
}
