package io.nearfar.entry.codec.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.util.MapReferenceResolver;

/** What was written or read before and is only referred to: all but texts, enums and numbers. */
final class References extends MapReferenceResolver {
    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public boolean useReferences(Class type) {
        return type != String.class && !Enum.class.isAssignableFrom(type) && super.useReferences(type);
    }

    /** A list that cannot be changed is made of its items: one that refers to the list has none to refer to yet. */
    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public Object getReadObject(Class type, int id) {
        if (id < 0 || id >= readObjects.size() || readObjects.get(id) == null) {
            throw new KryoException("a reference to an object that is not there yet");
        }
        return readObjects.get(id);
    }
}
