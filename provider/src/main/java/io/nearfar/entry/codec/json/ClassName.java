package io.nearfar.entry.codec.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import io.nearfar.ValueCodec.Types;
import java.io.IOException;
import java.util.Objects;

/** The name of a value's class at a place of some declared type. */
final class ClassName extends TypeIdResolverBase {
    private final JavaType declared;

    ClassName(JavaType declared) {
        this.declared = declared;
    }

    @Override
    public Id getMechanism() {
        return Id.CUSTOM;
    }

    @Override
    public String idFromValue(Object value) {
        Class<?> type = StandIns.of(value, declared);
        Encoding.met(type);
        return type.getName();
    }

    @Override
    public String idFromValueAndType(Object value, Class<?> suggested) {
        return idFromValue(Objects.requireNonNull(value));
    }

    @Override
    public JavaType typeFromId(DatabindContext context, String name) throws IOException {
        Types types = (Types) context.getAttribute(Types.class);
        try {
            return context.constructSpecializedType(declared, types.resolve(name));
        } catch (ClassNotFoundException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
