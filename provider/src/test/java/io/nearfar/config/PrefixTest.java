package io.nearfar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixTest {
    private static final ClassLoader SYSTEM = ClassLoader.getSystemClassLoader();

    @ParameterizedTest
    @CsvSource({
        "nearfar.prefix=a/b/c, a/b/c",
        "nearfar.prefix=shop:{test}*, shop:{test}*",
        "nearfar.application=shop, shop",
        "nearfar.application=shop nearfar.environment=test, shop/test",
        "nearfar.application=shop nearfar.profile=dev, shop/dev",
        "nearfar.application=shop nearfar.profile=dev nearfar.environment=test, shop/test",
        "nearfar.prefix=whole nearfar.profile=dev, whole"
    })
    void prefix_isTheWholeOrApplicationAndEnvironment(String lines, String prefix) {
        Reading reading = Reading.of(lines.split(" ")).property("nearfar.address", "redis://h");

        assertThat(reading.far().prefix()).isEqualTo(prefix);
    }

    @Test
    void prefix_inRicherSource_takesThePlaceOfTheApplication() {
        Reading reading = Reading.of("nearfar.address=redis://h").system("nearfar.application", "old");
        assertThat(reading.far().prefix()).isEqualTo("old");
        assertThat(reading.property("nearfar.prefix", "new").far().prefix()).isEqualTo("new");
    }

    @Test
    void applicationInRicherSource_takesThePlaceOfThePrefix() {
        Reading reading = Reading.of("nearfar.address=redis://h", "nearfar.application=new")
                .system("nearfar.prefix", "old");
        assertThat(reading.far().prefix()).isEqualTo("new");
    }

    @Test
    void describe_saysWhereTheNameOfTheApplicationComesFrom() {
        assertThat(Reading.of("nearfar.address=redis://h").read().describe())
                .contains(", prefix " + ApplicationName.find(SYSTEM).text() + " from ");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/opt/shop-1.2.3.jar --port 80, shop",
                "shop-1.2.3-SNAPSHOT.jar, shop",
                "shop-2.jar, shop-2",
                "com.acme.Shop arg, Shop",
                "app/com.acme.Shop, Shop",
                "'', -"
            })
    void program_ofTheSystemLoader_isItsJarOrMainClass(String command, @Nullable String name) {
        assertThat(ApplicationName.program(command, SYSTEM)).isEqualTo(name);
    }

    @Test
    void program_ofALoaderThatSeesTheJar_isTheJar() throws MalformedURLException {
        URL[] nested = {
            URI.create("jar:file:/opt/shop-1.2.jar!/BOOT-INF/classes/").toURL()
        };

        assertThat(ApplicationName.program("/opt/shop-1.2.jar", new URLClassLoader(nested)))
                .isEqualTo("shop");
    }

    @Test
    void program_ofAServer_isNotTheApplication() throws MalformedURLException {
        URL[] web = {URI.create("file:/opt/webapps/shop/WEB-INF/lib/a.jar").toURL()};

        assertThat(ApplicationName.program("org.apache.catalina.startup.Bootstrap start", new URLClassLoader(web)))
                .isNull();
        assertThat(ApplicationName.program("/opt/server.jar", new URLClassLoader(web)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "file:/opt/webapps/shop/WEB-INF/classes/, shop",
                "file:/opt/webapps/shop-1.4.2/WEB-INF/classes/, shop",
                "file:/opt/webapps/shop##7/WEB-INF/classes/, shop",
                "jar:war:file:/opt/webapps/shop.war*/WEB-INF/classes/, shop",
                "jar:file:/opt/webapps/shop.war!/WEB-INF/classes/, shop",
                "file:/tmp/jetty-0_0_0_0-8080-shop-any-1/webapp/WEB-INF/classes/, -",
                "file:/home/ann/shop/target/classes/, -"
            })
    void webFolder_isTheFolderAroundWebInf(String location, @Nullable String name) {
        assertThat(ApplicationName.webFolder(location)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"my shop, my-shop", "a/b{c}, a-b-c", "städte, städte", "'{}', -", "/, -"})
    void plain_replacesWhatAPrefixCannotHold(String name, @Nullable String plain) {
        assertThat(ApplicationName.plain(name)).isEqualTo(plain);
    }
}
