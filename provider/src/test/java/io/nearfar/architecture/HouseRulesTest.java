package io.nearfar.architecture;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sees each rule fail on a small house that breaks it, and fail on nothing else in that house. */
class HouseRulesTest {
    private static final String BROKEN = "io.nearfar.architecture.broken";
    private static final Pattern OFFENDER = Pattern.compile(Pattern.quote(BROKEN) + "\\.(?:[a-z]+\\.)*([A-Z]\\w*)");
    private static final JavaClasses HOUSE = new ClassFileImporter().importPackages(BROKEN);

    private final HouseRules rules = new HouseRules(BROKEN);

    @Test
    void doors_useOfARoomThatIsNotListed_fails() {
        assertThat(offenders(rules.doors()))
                .containsExactlyInAnyOrder("ReachesInward", "NearAsksFar", "ToolLeansOnSpi", "InNoRoom");
    }

    @Test
    void noPackageCycles_twoPackagesOfOneRoomThatNeedEachOther_fails() {
        String report = report(rules.noPackageCycles());
        assertThat(report).containsOnlyOnce("Cycle detected");
        assertThat(report).contains("EventAsksExpiry", "ExpiryAsksEvent");
    }

    @Test
    void onlyKnownTo_libraryUsedInAnotherRoom_fails() {
        assertThat(offenders(rules.onlyKnownTo(Room.FAR, "org.redisson.."))).containsExactly("TierKnowsLibraries");
        assertThat(offenders(rules.onlyKnownTo(Room.NEAR, "com.github.benmanes.caffeine..")))
                .containsExactly("TierKnowsLibraries");
    }

    @Test
    void rootLeansOnTheStandardAlone_rootUsesARoomAndALibrary_fails() {
        assertThat(offenders(rules.rootLeansOnTheStandardAlone())).containsExactly("ReachesInward");
        assertThat(report(rules.rootLeansOnTheStandardAlone())).contains("config.Setting", "org.slf4j.Logger");
    }

    @Test
    void forbiddenWords_fileThatMentionsTheKit_isFound(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("Clean.java"), "// JSR-107, section 4\nint attack;\n");
        Files.writeString(folder.resolve("Property.java"), "\nString name = \"org.jsr107.value\";\n");
        Files.writeString(folder.resolve("note.txt"), "Only for the TCK.\n");
        assertThat(ForbiddenWords.below(folder))
                .containsExactly(
                        "Property.java:2: String name = \"org.jsr107.value\";", "note.txt:1: Only for the TCK.");
    }

    private static String report(ArchRule rule) {
        return rule.evaluate(HOUSE).getFailureReport().toString();
    }

    /** The simple names of the classes that the rule blames: the first one that each detail names. */
    private static Set<String> offenders(ArchRule rule) {
        return rule.evaluate(HOUSE).getFailureReport().getDetails().stream()
                .flatMap(detail -> OFFENDER.matcher(detail).results().limit(1))
                .map(match -> match.group(1))
                .collect(toSet());
    }
}
