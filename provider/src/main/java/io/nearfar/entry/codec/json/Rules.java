package io.nearfar.entry.codec.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import io.nearfar.ValueCodec.Types;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What Jackson would let pass or lose: names of classes as values, names of hosts, keys whose type nothing tells. */
final class Rules extends SimpleModule {
    private static final long serialVersionUID = 1L;

    Rules() {
        super("nearfar");
        addSerializer(new ClassWriter());
        addDeserializer(Class.class, new ClassReader());
        addSerializer(new HostWriter<>(InetAddress.class));
        addSerializer(new HostWriter<>(InetSocketAddress.class));
        addDeserializer(InetAddress.class, new HostReader<>());
        addDeserializer(InetSocketAddress.class, new HostReader<>());
        setKeySerializers(new UnknownKeys());
    }

    /** A class that is a value is announced like one that is named. */
    private static final class ClassWriter extends JsonSerializer<Class<?>> {
        @Override
        @SuppressWarnings("unchecked") // a class literal has no wildcard
        public Class<Class<?>> handledType() {
            return (Class<Class<?>>) (Class<?>) Class.class;
        }

        @Override
        public void serialize(Class<?> type, JsonGenerator out, SerializerProvider context) throws IOException {
            Encoding.met(type);
            out.writeString(type.getName());
        }
    }

    private static final class ClassReader extends JsonDeserializer<Class<?>> {
        @Override
        public Class<?> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            try {
                return ((Types) context.getAttribute(Types.class)).resolve(in.getText());
            } catch (ClassNotFoundException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }

    /** Reading one would ask a name server for whatever name stands there. */
    private static final class HostWriter<T> extends JsonSerializer<T> {
        private final Class<T> type;

        HostWriter(Class<T> type) {
            this.type = type;
        }

        @Override
        public Class<T> handledType() {
            return type;
        }

        @Override
        public void serialize(T host, JsonGenerator out, SerializerProvider context) throws IOException {
            throw JsonMappingException.from(out, type.getName() + " is not written as JSON; keep its text");
        }
    }

    private static final class HostReader<T> extends JsonDeserializer<T> {
        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            throw JsonMappingException.from(in, "names of hosts are not read");
        }
    }

    /** Finds how to write the keys of maps whose type does not say what they are. */
    private static final class UnknownKeys extends SimpleSerializers {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable JsonSerializer<?> findSerializer(
                SerializationConfig config, JavaType type, BeanDescription description) {
            return type.hasRawClass(Object.class) ? new TextKeys() : null;
        }
    }

    /** JSON can tell texts alone. */
    private static final class TextKeys extends JsonSerializer<Object> {
        @Override
        public void serialize(Object key, JsonGenerator out, SerializerProvider context) throws IOException {
            if (!(key instanceof String text)) {
                throw JsonMappingException.from(
                        out,
                        "the key of a map is a " + key.getClass().getName()
                                + ", and the map's declared type does not say" + " so: declare the field as Map<"
                                + key.getClass().getSimpleName() + ", ...>");
            }
            out.writeFieldName(text);
        }
    }
}
