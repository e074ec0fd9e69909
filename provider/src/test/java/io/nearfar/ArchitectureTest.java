package io.nearfar;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.nearfar.architecture.ForbiddenWords;
import io.nearfar.architecture.HouseRules;
import io.nearfar.architecture.Room;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the main code of the provider to its rooms and doors. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.nearfar");

    private final HouseRules rules = new HouseRules("io.nearfar");

    @Test
    void rooms_ofTheProvider_useOnlyTheirDoors() {
        rules.doors().check(MAIN);
    }

    @Test
    void packages_ofTheProvider_haveNoCycle() {
        rules.noPackageCycles().check(MAIN);
    }

    @Test
    void redisson_isKnownToTheFarRoomAlone() {
        rules.onlyKnownTo(Room.FAR, "org.redisson..").check(MAIN);
    }

    @Test
    void caffeine_isKnownToTheNearRoomAlone() {
        rules.onlyKnownTo(Room.NEAR, "com.github.benmanes.caffeine..").check(MAIN);
    }

    @Test
    void servlets_areKnownToTheWiringAlone() {
        rules.onlyKnownTo(Room.SPI, "jakarta.servlet..").check(MAIN);
    }

    @Test
    void compressingLibraries_areKnownToTheEntryRoomAlone() {
        rules.onlyKnownTo(Room.ENTRY, "net.jpountz..").check(MAIN);
        rules.onlyKnownTo(Room.ENTRY, "com.github.luben..").check(MAIN);
    }

    @Test
    void jackson_isKnownToTheEntryRoomAlone() {
        rules.onlyKnownTo(Room.ENTRY, "com.fasterxml.jackson..").check(MAIN);
    }

    @Test
    void kryo_isKnownToTheEntryRoomAlone() {
        rules.onlyKnownTo(Room.ENTRY, "com.esotericsoftware..").check(MAIN);
    }

    @Test
    void publicInterface_showsTheStandardAlone() {
        rules.rootLeansOnTheStandardAlone().check(MAIN);
    }

    @Test
    void mainCode_neverMentionsTheConformanceKit() throws IOException {
        assertThat(ForbiddenWords.below(Path.of("src", "main"))).isEmpty();
    }
}
