package io.nearfar.sample;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.nearfar.LimitMode;

/** The doors between the rooms of the sample. */
@AnalyzeClasses(packages = "io.nearfar.sample", importOptions = DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.nearfar.sample.(**)").should().beFreeOfCycles();

    /** Places know nobody, people know places, what people do knows both, and the web knows all but the database. */
    @ArchTest
    static final ArchRule EACH_ROOM_KNOWS_THOSE_BELOW = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("data")
            .definedBy("..sample.data..")
            .layer("place")
            .definedBy("..sample.place..")
            .layer("people")
            .definedBy("..sample.people..")
            .layer("post")
            .definedBy("..sample.post..")
            .layer("trend")
            .definedBy("..sample.trend..")
            .layer("signin")
            .definedBy("..sample.signin..")
            .layer("plan")
            .definedBy("..sample.plan..")
            .layer("origin")
            .definedBy("..sample.origin..")
            .layer("live")
            .definedBy("..sample.live..")
            .layer("warm")
            .definedBy("..sample.warm..")
            .layer("weather")
            .definedBy("..sample.weather..")
            .layer("web")
            .definedBy("..sample.web..")
            .whereLayer("data")
            .mayOnlyBeAccessedByLayers("warm")
            .whereLayer("warm")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("web")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("place")
            .mayOnlyBeAccessedByLayers("people", "post", "trend", "warm", "weather", "web")
            .whereLayer("people")
            .mayOnlyBeAccessedByLayers("post", "signin", "web")
            .whereLayer("post")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("weather")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("trend")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("signin")
            .mayOnlyBeAccessedByLayers("plan", "web")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("origin")
            .mayOnlyBeAccessedByLayers("live", "web")
            .whereLayer("live")
            .mayOnlyBeAccessedByLayers("web")
            .ensureAllClassesAreContainedInArchitecture();

    /** What an annotation has by default is seen wherever it stands. */
    @ArchTest
    static final ArchRule ONLY_FIVE_ROOMS_GO_BEYOND_THE_STANDARD = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..sample.origin..", "..sample.live..", "..sample.plan..", "..sample.warm..", "..sample.weather..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.nearfar").and(not(type(LimitMode.class))));

    /** A sample shows what an application may use: the public interface, the annotations and what they tell of a request. */
    @ArchTest
    static final ArchRule NEARFAR_BY_ITS_PUBLIC_DOORS_ONLY = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.nearfar..")
                    .and(not(resideInAnyPackage(
                            "io.nearfar",
                            "io.nearfar.cdi.annotation",
                            "io.nearfar.cdi.model",
                            "io.nearfar.cdi.request",
                            "io.nearfar.sample.."))));

    @ArchTest
    static final ArchRule ONLY_WEB_SPEAKS_JAX_RS = noClasses()
            .that()
            .resideOutsideOfPackages("..sample.web..", "..sample.origin..", "..sample.signin..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");
}
