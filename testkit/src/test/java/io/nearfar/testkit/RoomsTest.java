package io.nearfar.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The doors between the rooms of this module. */
@AnalyzeClasses(packages = "io.nearfar.testkit", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule EACH_ROOM_KNOWS_THOSE_BELOW = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("extension")
            .definedBy("io.nearfar.testkit")
            .layer("fault")
            .definedBy("..testkit.fault..")
            .layer("server")
            .definedBy("..testkit.server..")
            .layer("wire")
            .definedBy("..testkit.wire..")
            .whereLayer("extension")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("fault")
            .mayOnlyBeAccessedByLayers("extension")
            .whereLayer("server")
            .mayOnlyBeAccessedByLayers("extension")
            .whereLayer("wire")
            .mayOnlyBeAccessedByLayers("fault", "server")
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule JUNIT_IS_KNOWN_TO_THE_EXTENSION_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("io.nearfar.testkit")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit..");

    @ArchTest
    static final ArchRule NEARFAR_IS_KNOWN_TO_THE_EXTENSION_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("io.nearfar.testkit")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.nearfar");

    @ArchTest
    static final ArchRule PROVIDER_BY_ITS_PUBLIC_DOOR_ONLY = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.nearfar..")
                    .and(not(resideInAnyPackage("io.nearfar", "io.nearfar.testkit.."))));

    @ArchTest
    static final ArchRule ONE_CLASS_KNOWS_THE_EMBEDDED_REDIS = noClasses()
            .that()
            .doNotHaveSimpleName("EmbeddedRedis")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("redis.embedded..");
}
