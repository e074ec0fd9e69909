package io.nearfar.entry.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.entry.TestSettings;
import io.nearfar.entry.Value;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of an entry that another release of the application wrote: the table of docs/codecs.md. */
class ChangedClassesTest {
    private static final String RECORD = "public record City(%s) implements java.io.Serializable {}";
    private static final String FIXED = "public class City implements java.io.Serializable {"
            + " private static final long serialVersionUID = 1L; %s public String toString() { return %s; } }";
    private static final String FREE =
            "public class City implements java.io.Serializable { %s public String toString() { return %s; } }";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        // codec, kind, fields before, fields now, what is read
        "java, record, String name, 'String name, int size', 'City[name=x, size=0]'",
        "java, record, 'String name, int size', String name, City[name=x]",
        "java, record, String name, int name, miss",
        "java, fixed, String name, 'String name, int size', x0",
        "java, fixed, 'String name, int size', String name, x",
        "java, fixed, String name, int name, miss",
        "java, free, String name, 'String name, int size', miss",
        "java, free, 'String name, int size', String name, miss",
        "json, record, String name, 'String name, int size', 'City[name=x, size=0]'",
        "json, record, 'String name, int size', String name, City[name=x]",
        "json, record, String name, int name, miss",
        "json, free, String name, 'String name, int size', x0",
        "json, free, 'String name, int size', String name, x",
        "json, free, int name, String name, 0",
        "json, free, String name, int name, miss",
        "kryo, record, String name, 'String name, int size', 'City[name=x, size=0]'",
        "kryo, record, 'String name, int size', String name, City[name=x]",
        "kryo, record, String name, int name, miss",
        "kryo, free, String name, 'String name, int size', x0",
        "kryo, free, 'String name, int size', String name, x",
        "kryo, free, int name, String name, miss",
        "kryo, free, String name, int name, miss",
        "kryo, free, int name, long name, 0"
    })
    void entryOfAnotherRelease(String codec, String kind, String before, String now, String read) throws Exception {
        Class<?> old = compiled("before", source(kind, before));
        byte[] bytes = format(codec, old).keep(made(old, kind, before)).bytes();
        Value<Object> value = format(codec, compiled("now", source(kind, now))).decode(bytes);
        assertThat(value == null ? "miss" : value.get().toString()).isEqualTo(read);
    }

    private static String source(String kind, String fields) {
        if (kind.equals("record")) {
            return RECORD.formatted(fields);
        }
        String declared = "public " + fields.replace(", ", "; public ") + ";";
        String shown = fields.contains("size") ? "name + size" : "\"\" + name";
        return (kind.equals("fixed") ? FIXED : FREE).formatted(declared, shown);
    }

    private static Object made(Class<?> type, String kind, String fields) throws ReflectiveOperationException {
        if (kind.equals("record")) {
            var constructor = type.getDeclaredConstructors()[0];
            return constructor.getParameterCount() == 1
                    ? constructor.newInstance("x")
                    : constructor.newInstance("x", 5);
        }
        Object made = type.getConstructor().newInstance();
        if (fields.contains("String name")) {
            type.getField("name").set(made, "x");
        }
        return made;
    }

    private static ValueFormat<Object> format(String codec, Class<?> type) {
        @SuppressWarnings("unchecked") // whatever the class is, its objects are objects
        Class<Object> declared = (Class<Object>) type;
        return ValueFormats.byValue(TestSettings.withCodec(codec), declared, type.getClassLoader());
    }

    private Class<?> compiled(String release, String source) throws IOException, ClassNotFoundException {
        Path target = Files.createDirectories(folder.resolve(release));
        Path file = Files.writeString(target.resolve("City.java"), source);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", target.toString(), file.toString());
        assertThat(failed).isZero();
        return new URLClassLoader(new URL[] {target.toUri().toURL()}, getClass().getClassLoader()).loadClass("City");
    }
}
