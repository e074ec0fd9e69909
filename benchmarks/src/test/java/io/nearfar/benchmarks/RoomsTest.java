package io.nearfar.benchmarks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The doors between the rooms of this module. */
@AnalyzeClasses(
        packages = "io.nearfar.benchmarks",
        importOptions = {DoNotIncludeTests.class, RoomsTest.DoNotIncludeGenerated.class})
class RoomsTest {
    /** Leaves out what JMH writes. */
    static final class DoNotIncludeGenerated implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/jmh_generated/");
        }
    }

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.nearfar.benchmarks.(**)").should().beFreeOfCycles();

    /** The run starts the kinds of measurement; these know the peers and the report, which know nobody. */
    @ArchTest
    static final ArchRule EACH_ROOM_KNOWS_THOSE_BELOW = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("run")
            .definedBy("io.nearfar.benchmarks")
            .layer("near")
            .definedBy("..benchmarks.near..")
            .layer("far")
            .definedBy("..benchmarks.far..")
            .layer("limit")
            .definedBy("..benchmarks.limit..")
            .layer("size")
            .definedBy("..benchmarks.size..")
            .layer("plan")
            .definedBy("..benchmarks.plan..")
            .layer("peer")
            .definedBy("..benchmarks.peer..")
            .layer("report")
            .definedBy("..benchmarks.report..")
            .whereLayer("run")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("near")
            .mayOnlyBeAccessedByLayers("run")
            .whereLayer("far")
            .mayOnlyBeAccessedByLayers("run")
            .whereLayer("limit")
            .mayOnlyBeAccessedByLayers("run")
            .whereLayer("size")
            .mayOnlyBeAccessedByLayers("run")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("run")
            .whereLayer("peer")
            .mayOnlyBeAccessedByLayers("near", "far", "limit", "size", "plan")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("run", "near", "far", "limit", "size", "plan")
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule ONLY_PEER_KNOWS_THE_PEERS = noClasses()
            .that()
            .resideOutsideOfPackage("..benchmarks.peer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.redisson..",
                    "com.github.benmanes.caffeine..",
                    "org.cache2k..",
                    "org.ehcache..",
                    "com.hazelcast..",
                    "com.alicp.jetcache..",
                    "io.lettuce..",
                    "io.github.resilience4j..",
                    "io.github.bucket4j..");

    /** What is measured is what users get. */
    @ArchTest
    static final ArchRule NEARFAR_BY_ITS_PUBLIC_DOOR_ONLY = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.nearfar..")
                    .and(not(resideInAnyPackage("io.nearfar", "io.nearfar.benchmarks.."))));
}
