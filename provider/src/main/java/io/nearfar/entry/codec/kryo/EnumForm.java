package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** Enum constants by their names, so that constants may be added and moved. */
final class EnumForm extends Serializer<Enum<?>> {
    @Override
    public void write(Kryo session, Output out, Enum<?> constant) {
        out.writeString(constant.name());
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // the class is seen to be an enum
    public Enum<?> read(Kryo session, Input in, Class<? extends Enum<?>> type) {
        if (!((Class<?>) type).isEnum()) {
            throw new KryoException(type + " is no enum");
        }
        return Enum.valueOf((Class) type, String.valueOf(in.readString()));
    }
}
