package io.nearfar.entry.codec.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import java.io.IOException;
import java.net.URI;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of maps, which JSON can only tell as texts: those of types that their text gives back, and texts where the
 * map's type does not say what its keys are. All others Jackson would write by their {@code toString()}.
 */
final class Keys extends SimpleSerializers {
    private static final long serialVersionUID = 1L;

    private static final Set<Class<?>> TOLD = Set.of(
            String.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Boolean.class,
            Character.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class);

    @Override
    public @Nullable JsonSerializer<?> findSerializer(
            SerializationConfig config, JavaType type, BeanDescription description) {
        Class<?> raw = type.getRawClass();
        boolean told = TOLD.contains(raw) || type.isEnumType() || raw.getName().startsWith("java.time.");
        return told ? null : new TextKey();
    }

    /** Returns what reads no key. */
    static KeyDeserializer refused() {
        return new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) throws IOException {
                throw JsonMappingException.from(context, "keys of this type are not read from JSON");
            }
        };
    }

    private static final class TextKey extends JsonSerializer<Object> {
        @Override
        public void serialize(Object key, JsonGenerator out, SerializerProvider context) throws IOException {
            if (!(key instanceof String text)) {
                throw JsonMappingException.from(
                        out,
                        "the key of a map is a " + key.getClass().getName()
                                + ", which its text alone does not give back: use keys of a standard type, and say in the"
                                + " field's type which");
            }
            out.writeFieldName(text);
        }
    }
}
