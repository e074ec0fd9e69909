package io.nearfar.entry.codec.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;

/** Neither writes nor reads values of some type, and says why. */
final class Refusal {
    private Refusal() {}

    static final class Writer<T> extends JsonSerializer<T> {
        private final Class<T> type;
        private final String why;

        Writer(Class<T> type, String why) {
            this.type = type;
            this.why = why;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider context) throws IOException {
            throw JsonMappingException.from(out, type.getName() + " is not written as JSON: " + why);
        }

        @Override
        public void serializeWithType(T value, JsonGenerator out, SerializerProvider context, TypeSerializer types)
                throws IOException {
            serialize(value, out, context);
        }
    }

    static final class Reader<T> extends JsonDeserializer<T> {
        private final Class<T> type;
        private final String why;

        Reader(Class<T> type, String why) {
            this.type = type;
            this.why = why;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            throw JsonMappingException.from(in, type.getName() + " is not read from JSON: " + why);
        }

        @Override
        public Object deserializeWithType(JsonParser in, DeserializationContext context, TypeDeserializer types)
                throws IOException {
            return deserialize(in, context);
        }
    }
}
