package io.nearfar.sample;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The doors between the rooms of the sample. */
@AnalyzeClasses(packages = "io.nearfar.sample", importOptions = DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.nearfar.sample.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_ORIGIN_AND_LIVE_GO_BEYOND_THE_STANDARD = noClasses()
            .that()
            .resideOutsideOfPackages("..sample.origin..", "..sample.live..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.nearfar");

    @ArchTest
    static final ArchRule ONLY_WEB_SPEAKS_JAX_RS = noClasses()
            .that()
            .resideOutsideOfPackages("..sample.web..", "..sample.origin..", "..sample.signin..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");
}
