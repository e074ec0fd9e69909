package io.nearfar.entry.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.ValueCodec;
import io.nearfar.entry.TestSettings;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate") // the types under test are what users have
class CodecsTest {
    private final ClassLoader application = new Application();

    @Test
    void codecOfTheApplication_isFoundByItsName() {
        ValueFormat<Object> format =
                ValueFormats.byValue(TestSettings.withCodec("reversing"), Object.class, application);
        Object value = new ArrayList<>(List.of(new Date(5), "x"));
        byte[] bytes = format.keep(value).bytes();
        assertThat(format.decode(bytes).get()).isEqualTo(value);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains("reversing")
                .contains("etaD.litu.avaj");
    }

    @Test
    void bytesOfAnotherCodec_areAMiss() {
        ValueFormat<Object> java = ValueFormats.byValue(TestSettings.withCodec("java"), Object.class, application);
        ValueFormat<Object> other =
                ValueFormats.byValue(TestSettings.withCodec("reversing"), Object.class, application);
        assertThat(other.decode(java.keep(new Date(5)).bytes())).isNull();
        assertThat(other.decode(java.keep("compact").bytes()).get()).isEqualTo("compact");
    }

    @Test
    void unknownCodec_isRefusedWithTheKnownNames() {
        assertThatThrownBy(() -> ValueFormats.byValue(TestSettings.withCodec("kyro"), Object.class, application))
                .isInstanceOf(CacheException.class)
                .hasMessageContainingAll("cities", "kyro", "java, json, kryo, reversing", "nearfar.cache.cities.codec");
    }

    /** A class loader with a service file that names the codec. */
    private static final class Application extends ClassLoader {
        Application() {
            super(CodecsTest.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            boolean services = name.equals("META-INF/services/" + ValueCodec.class.getName());
            return services ? Collections.enumeration(List.of(serviceFile())) : super.getResources(name);
        }

        private static URL serviceFile() throws IOException {
            return new URL(null, "memory:services", new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new URLConnection(url) {
                        @Override
                        public void connect() {
                            // there is nothing to connect to
                        }

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(
                                    ReversingCodec.class.getName().getBytes(StandardCharsets.UTF_8));
                        }
                    };
                }
            });
        }
    }
}
