package io.nearfar.packaged.alone;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.packaged.NearfarByName;
import io.nearfar.packaged.ProviderJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What lies in the drop-in jar, and what must not. */
class JarContentsTest {
    private static final String SERVICES = "META-INF/services/";

    /** A class name from before shading, in the form that class files hold it. */
    private static final Pattern UNSHADED_NAME =
            Pattern.compile("(?<!/shaded/)(?:org/redisson|io/netty|com/github/benmanes"
                    + "|com/esotericsoftware|io/reactivex|reactor/core|org/objenesis|org/reactivestreams|org/yaml"
                    + "|net/bytebuddy|jodd/util|org/jspecify|com/google/errorprone)/");

    private static final Pattern LEFT_OUT = Pattern.compile("net/bytebuddy/|[/;]jodd/");
    private static final Pattern LIVE_OBJECTS =
            Pattern.compile("^io/nearfar/shaded/org/redisson/(liveobject/|RedissonLiveObjectService)");

    private ProviderJar jar;

    @BeforeEach
    void open() throws IOException {
        jar = ProviderJar.onTheClassPath();
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    @Test
    void classes_ofTheJar_allLieBelowOurPackage() {
        assertThat(jar.files())
                .filteredOn(file -> !file.startsWith("META-INF/"))
                .isNotEmpty()
                .allMatch(file -> file.startsWith("io/nearfar/"));
    }

    @Test
    void classes_ofTheJar_nameNoLibraryByItsOldName() {
        assertThat(jar.files())
                .filteredOn(file -> file.endsWith(".class"))
                .hasSizeGreaterThan(1000)
                .noneMatch(file -> UNSHADED_NAME.matcher(latin(file)).find());
    }

    /** These two libraries are left out of the jar, so whoever needs them must be something we never use. */
    @Test
    void librariesLeftOut_ofTheJar_areNeededByLiveObjectsAlone() {
        assertThat(jar.files())
                .filteredOn(file ->
                        file.endsWith(".class") && LEFT_OUT.matcher(latin(file)).find())
                .isNotEmpty()
                .allMatch(file -> LIVE_OBJECTS.matcher(file).find());
    }

    @Test
    void metaInf_ofTheJar_holdsNothingOfOthers() {
        assertThat(jar.files())
                .filteredOn(file -> file.startsWith("META-INF/") && !file.startsWith(SERVICES))
                .containsExactlyInAnyOrder(
                        "META-INF/LICENSE",
                        "META-INF/MANIFEST.MF",
                        "META-INF/THIRD-PARTY-NOTICES",
                        "META-INF/maven/io.nearfar/nearfar-provider/pom.properties",
                        "META-INF/maven/io.nearfar/nearfar-provider/pom.xml",
                        "META-INF/nearfar-tool/cache-api.jar",
                        "META-INF/nearfar-tool/slf4j-api.jar",
                        "META-INF/native/libio_nearfar_shaded_netty_transport_native_epoll_aarch_64.so",
                        "META-INF/native/libio_nearfar_shaded_netty_transport_native_epoll_x86_64.so");
    }

    @Test
    void services_ofTheJar_nameOnlyClassesThatAreInIt() {
        List<String> providers = jar.files().stream()
                .filter(file -> file.startsWith(SERVICES))
                .flatMap(file -> jar.textOf(file).lines())
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        assertThat(providers)
                .contains(NearfarByName.CLASS)
                .allSatisfy(name -> assertThat(jar.files()).contains(classFile(name.strip())));
    }

    @Test
    void manifest_ofTheJar_namesModuleAndVersion() throws IOException {
        Attributes main = jar.manifest().getMainAttributes();
        assertThat(main.getValue("Automatic-Module-Name")).isEqualTo("io.nearfar.provider");
        assertThat(main.getValue("Implementation-Version")).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        assertThat(main.getValue("Multi-Release"))
                .as("no versioned classes inside")
                .isNull();
    }

    /** WildFly shows an application nothing of that module otherwise, which the codec {@code kryo} needs. */
    @Test
    void manifest_ofTheJar_asksForTheModuleThatKryoNeeds() throws IOException {
        assertThat(jar.manifest().getMainAttributes().getValue("Dependencies")).isEqualTo("jdk.unsupported");
    }

    @Test
    void notices_ofTheJar_nameEveryWorkThatIsInIt() {
        List<String> folders = noticedPackages()
                .map(name -> (ProviderJar.SHADED + name).replace('.', '/') + "/")
                .toList();
        assertThat(jar.files())
                .filteredOn(file -> file.startsWith("io/nearfar/shaded/"))
                .allMatch(file -> folders.stream().anyMatch(file::startsWith));
        assertThat(folders).allMatch(folder -> jar.files().stream().anyMatch(file -> file.startsWith(folder)));
        assertThat(jar.files())
                .filteredOn(file -> file.endsWith(".jar"))
                .containsExactlyInAnyOrderElementsOf(noticed("File: ").toList());
    }

    private Stream<String> noticedPackages() {
        return noticed("Package: ");
    }

    private Stream<String> noticed(String label) {
        return jar.textOf("META-INF/THIRD-PARTY-NOTICES")
                .lines()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()));
    }

    private String latin(String file) {
        return new String(jar.bytesOf(file), StandardCharsets.ISO_8859_1);
    }

    private static String classFile(String className) {
        return className.replace('.', '/') + ".class";
    }
}
