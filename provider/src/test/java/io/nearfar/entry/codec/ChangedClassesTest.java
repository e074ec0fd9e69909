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
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an entry that another release of the application wrote: the table of docs/codecs.md. */
class ChangedClassesTest {
    private static final String RECORD = "public record City(%s) implements java.io.Serializable {}";
    private static final String FIXED = "public class City implements java.io.Serializable {"
            + " private static final long serialVersionUID = 1L; %s public String toString() { return %s; } }";
    private static final String FREE =
            "public class City implements java.io.Serializable { %s public String toString() { return %s; } }";

    private static final String MADE = "public class City { %s public City(String name) { this.name = name; }"
            + " public String toString() { return %s; } }";

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
        "java, free, String name, int name, miss",
        "java, fixed, int name, long name, miss",
        "java, fixed, String name, 'String name, int size = 7', x0",
        "java, fixed, String name, String title, null",
        "java, record, String name, String title, City[title=null]",
        "json, record, String name, 'String name, int size', 'City[name=x, size=0]'",
        "json, record, 'String name, int size', String name, City[name=x]",
        "json, record, String name, int name, miss",
        "json, free, String name, 'String name, int size', x0",
        "json, free, 'String name, int size', String name, x",
        "json, free, int name, String name, 0",
        "json, free, String name, int name, miss",
        "json, free, int name, long name, 0",
        "json, record, int name, String name, City[name=5]",
        "json, free, String name, 'String name, int size = 7', x7",
        "json, free, String name, String title, null",
        "json, record, String name, String title, City[title=null]",
        "kryo, record, String name, 'String name, int size', 'City[name=x, size=0]'",
        "kryo, record, 'String name, int size', String name, City[name=x]",
        "kryo, record, String name, int name, miss",
        "kryo, free, String name, 'String name, int size', x0",
        "kryo, free, 'String name, int size', String name, x",
        "kryo, free, int name, String name, miss",
        "kryo, free, String name, int name, miss",
        "kryo, free, int name, long name, 0",
        "kryo, record, int name, long name, City[name=5]",
        "kryo, free, String name, 'String name, int size = 7', x7",
        "kryo, made, String name, 'String name, int size = 7', x0",
        "kryo, free, String name, String title, null",
        "kryo, record, String name, String title, City[title=null]"
    })
    void entryOfAnotherRelease(String codec, String kind, String before, String now, String read) throws Exception {
        Class<?> old = compiled("before", source(kind, before));
        byte[] bytes = format(codec, old).keep(made(old, kind, before)).bytes();
        Value<Object> value = format(codec, compiled("now", source(kind, now))).decode(bytes);
        assertThat(value == null ? "miss" : value.get().toString()).isEqualTo(read);
    }

    /** Its class is not there any more, under its name or at its place. */
    @ParameterizedTest
    @ValueSource(strings = {"java", "json", "kryo"})
    void entryOfAClassThatWasRenamedOrMoved_isAMiss(String codec) throws Exception {
        String source = source("record", "String name");
        Class<?> old = compiled("before", source);
        byte[] bytes =
                format(codec, old).keep(made(old, "record", "String name")).bytes();
        Class<?> renamed = compiled("renamed", "Town", source.replace("City", "Town"));
        Class<?> moved = compiled("moved", "moved.City", "package moved; " + source);
        for (Class<?> now : List.of(renamed, moved)) {
            assertThat(format(codec, now).decode(bytes)).as("%s", now).isNull();
        }
        assertThat(format(codec, compiled("still", source)).decode(bytes)).isNotNull();
    }

    /** The class of what a field held that was removed may have gone with it. */
    @ParameterizedTest
    @CsvSource({
        "java, true, x",
        "java, false, miss",
        "json, true, x",
        "json, false, x",
        "kryo, true, x",
        "kryo, false, miss"
    })
    void fieldWhoseClassWasRemovedToo(String codec, boolean isThere, String read) throws Exception {
        String part = "public class Part implements java.io.Serializable {"
                + " private static final long serialVersionUID = 1L; public int number = 5; }";
        compiled("before", "Part", part);
        Class<?> old = compiled("before", "City", source("fixed", "String name, Part part"));
        Object city = made(old, "fixed", "String name");
        Object held = old.getField("part").getType().getConstructor().newInstance();
        old.getField("part").set(city, held);
        byte[] bytes = format(codec, old).keep(city).bytes();
        if (isThere) {
            compiled("now", "Part", part);
        }
        Value<Object> value =
                format(codec, compiled("now", source("fixed", "String name"))).decode(bytes);
        assertThat(value == null ? "miss" : value.get().toString()).isEqualTo(read);
    }

    private static String source(String kind, String fields) {
        if (kind.equals("record")) {
            return RECORD.formatted(fields);
        }
        String declared = "public " + fields.replace(", ", "; public ") + ";";
        String shown =
                fields.contains("size") ? "name + size" : "\"\" + " + (fields.contains("title") ? "title" : "name");
        return (kind.equals("fixed") ? FIXED : kind.equals("made") ? MADE : FREE).formatted(declared, shown);
    }

    private static Object made(Class<?> type, String kind, String fields) throws ReflectiveOperationException {
        if (kind.equals("record")) {
            var constructor = type.getDeclaredConstructors()[0];
            return constructor.getParameterCount() == 1
                    ? constructor.newInstance(fields.startsWith("int") ? (Object) 5 : "x")
                    : constructor.newInstance("x", 5);
        }
        if (kind.equals("made")) {
            return type.getConstructor(String.class).newInstance("x");
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
        return compiled(release, "City", source);
    }

    /** Returns a class with all others of its release beside it. */
    private Class<?> compiled(String release, String name, String source) throws IOException, ClassNotFoundException {
        Path target = Files.createDirectories(folder.resolve(release));
        Path file = Files.writeString(target.resolve(name.replaceFirst(".*\\.", "") + ".java"), source);
        String there = target.toString();
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", there, "-d", there, file.toString());
        assertThat(failed).isZero();
        return new URLClassLoader(new URL[] {target.toUri().toURL()}, getClass().getClassLoader()).loadClass(name);
    }
}
