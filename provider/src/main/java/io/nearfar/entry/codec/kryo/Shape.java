package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.List;

/** The names of the fields of a class: written with its first object, and known for the others in the same bytes. */
final class Shape {
    private Shape() {}

    @SuppressWarnings("unchecked") // Kryo's context is of any objects, this one of ours
    static void write(Kryo session, Output out, Class<?> type, List<String> names) {
        if (session.getGraphContext().put(type, names) == null) {
            out.writeVarInt(names.size(), true);
            names.forEach(out::writeString);
        }
    }

    @SuppressWarnings("unchecked") // Kryo's context is of any objects, this one of ours
    static List<String> read(Kryo session, Input in, Class<?> type) {
        List<String> known = (List<String>) session.getGraphContext().get(type);
        if (known != null) {
            return known;
        }
        String[] names = new String[((BoundedInput) in).readCount(1)];
        for (int i = 0; i < names.length; i++) {
            names[i] = String.valueOf(in.readString());
        }
        session.getGraphContext().put(type, List.of(names));
        return List.of(names);
    }
}
