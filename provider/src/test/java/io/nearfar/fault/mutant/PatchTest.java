package io.nearfar.fault.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatchTest {
    private static final String FILE = "io/nearfar/near/NearLease.java";

    @Test
    void patch_ofATextThatStandsOnce_replacesIt() {
        assertThat(new Patch(FILE, "b", "x").applied("abc")).isEqualTo("axc");
    }

    @Test
    void patch_ofATextThatStandsNotOnce_saysSo() {
        assertThatThrownBy(() -> new Patch(FILE, "b", "x").applied("abb")).hasMessageContaining("exactly once");
        assertThatThrownBy(() -> new Patch(FILE, "d", "x").applied("abc")).hasMessageContaining("exactly once");
    }

    @Test
    void patch_ofAFileThatIsNotThere_saysSo() {
        assertThatThrownBy(() -> new Patch("io/nearfar/near/Gone.java", "b", "x").original())
                .hasMessageContaining("Gone.java is not part of the main code any more");
    }

    @ParameterizedTest
    @EnumSource
    void mutant_ofTheCodeAsItIs_compiles(Mutant mutant, @TempDir Path folder) {
        Path classes = Mutation.make(mutant.patches(), folder);
        List<Path> files = mutant.patches().stream()
                .map(patch -> classes.resolve(patch.file().replace(".java", ".class")))
                .toList();
        assertThat(files).allMatch(Files::exists);
    }
}
