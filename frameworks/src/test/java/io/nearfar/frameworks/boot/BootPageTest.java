package io.nearfar.frameworks.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.frameworks.FrameworkPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;

/** The page's Boot is the one that is tested here, and its classes compile; its program is run in the module guides. */
@Timeout(180)
class BootPageTest {
    private static final FrameworkPage PAGE = FrameworkPage.of("spring-boot");

    @TempDir
    Path folder;

    @Test
    void pom_namesWhatIsOnThisClassPath() {
        assertThat(PAGE.block("pom.xml")).contains("<version>" + SpringBootVersion.getVersion() + "</version>");
    }

    @Test
    void classes_compile() throws IOException {
        for (String source : PAGE.javaBlocks()) {
            Path file = Files.writeString(folder.resolve(FrameworkPage.classOf(source) + ".java"), source);
            String[] words = {
                "-d",
                folder.toString(),
                "-parameters",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                file.toString()
            };
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words))
                    .isZero();
        }
    }
}
