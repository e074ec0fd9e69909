package io.nearfar.entry.codec.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.nearfar.ValueCodec.Types;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.util.Calendar;
import java.util.GregorianCalendar;

/** What Jackson would let pass or lose: names of classes as values, names of hosts, keys that JSON cannot tell. */
final class Rules extends SimpleModule {
    private static final long serialVersionUID = 1L;

    Rules() {
        super("nearfar");
        addSerializer(new ClassWriter());
        addDeserializer(Class.class, new ClassReader());
        String host = "reading it would ask a name server; keep its text";
        refuse(InetAddress.class, host);
        refuse(InetSocketAddress.class, host);
        refuse(URL.class, host);
        refuse(JavaType.class, "it names classes");
        refuse(Calendar.class, "it would lose its time zone");
        refuse(GregorianCalendar.class, "it would lose its time zone");
        addSqlDate();
        setKeySerializers(new Keys());
        addKeyDeserializer(Class.class, Keys.refused());
        addKeyDeserializer(URL.class, Keys.refused());
    }

    private <T> void refuse(Class<T> type, String why) {
        addSerializer(type, new Refusal.Writer<>(type, why));
        addDeserializer(type, new Refusal.Reader<>(type, why));
    }

    /** The module of the JDK that has it need not be there. */
    private void addSqlDate() {
        try {
            refuse(java.sql.Date.class, "it would be another day in another time zone; use java.time.LocalDate");
        } catch (LinkageError e) {
            return; // then there are none
        }
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
}
