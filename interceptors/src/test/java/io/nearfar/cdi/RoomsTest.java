package io.nearfar.cdi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the doors between the rooms of this module. */
@AnalyzeClasses(packages = "io.nearfar.cdi", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.nearfar.cdi.(**)").should().beFreeOfCycles();

    /** What is new in CDI 4, of which TomEE 9 has nothing. */
    @ArchTest
    static final ArchRule NONE_NAMES_WHAT_CDI_3_HAS_NOT = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("jakarta\\.enterprise\\.(inject\\.(build|spi\\.BeanContainer)|event\\.S).*");

    @ArchTest
    static final ArchRule EXTENSION_IS_LEANED_ON_BY_NONE = noClasses()
            .that()
            .resideInAPackage("io.nearfar.cdi.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.nearfar.cdi");

    @ArchTest
    static final ArchRule METHOD_KNOWS_NO_CALLS = noClasses()
            .that()
            .resideInAPackage("io.nearfar.cdi.method..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.nearfar.cdi.cache..", "io.nearfar.cdi.limit..", "io.nearfar");

    @ArchTest
    static final ArchRule ANNOTATIONS_LEAN_ON_NONE = noClasses()
            .that()
            .resideInAPackage("io.nearfar.cdi.annotation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.nearfar.cdi.cache..", "io.nearfar.cdi.limit..", "io.nearfar.cdi.method..");

    @ArchTest
    static final ArchRule REQUESTS_LEAN_ON_NONE = noClasses()
            .that()
            .resideInAPackage("io.nearfar.cdi.request..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.nearfar.cdi.annotation..",
                    "io.nearfar.cdi.cache..",
                    "io.nearfar.cdi.limit..",
                    "io.nearfar.cdi.method..");

    @ArchTest
    static final ArchRule CACHES_KNOW_NO_LIMITS = noClasses()
            .that()
            .resideInAPackage("io.nearfar.cdi.cache..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.nearfar.cdi.limit..");

    @ArchTest
    static final ArchRule WEB_AND_ITS_INTERFACES_ARE_KNOWN_TO_NO_OTHER = noClasses()
            .that()
            .resideOutsideOfPackage("io.nearfar.cdi.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.nearfar.cdi.web..", "jakarta.servlet..", "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule MODEL_AND_ITS_INTERFACES_ARE_KNOWN_TO_THE_EXTENSION_ALONE = noClasses()
            .that()
            .resideOutsideOfPackages("io.nearfar.cdi.model..", "io.nearfar.cdi")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.nearfar.cdi.model..", "jakarta.persistence..", "jakarta.transaction..");

    @ArchTest
    static final ArchRule PROVIDER_BY_ITS_PUBLIC_DOOR_ONLY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.nearfar.config..",
                    "io.nearfar.entry..",
                    "io.nearfar.far..",
                    "io.nearfar.jcache..",
                    "io.nearfar.key..",
                    "io.nearfar.limit..",
                    "io.nearfar.near..",
                    "io.nearfar.observe..",
                    "io.nearfar.spi..",
                    "io.nearfar.tier..");

    @ArchTest
    static final ArchRule MAIN_KNOWS_NO_TCK =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.jsr107..", "domain..", "manager..");
}
