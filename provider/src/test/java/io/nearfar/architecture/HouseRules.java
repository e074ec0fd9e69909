package io.nearfar.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** The rules that hold the doors between the rooms below one root package. */
public final class HouseRules {
    private final String root;

    public HouseRules(String root) {
        this.root = root;
    }

    /** Every class lies in a room, and uses only the rooms that its own room's line lists. */
    public ArchRule doors() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(useOnlyTheDoorsOfTheirRoom())
                .because("each room has one trade and a short list of neighbours");
    }

    /** No package depends on another that depends on it, directly or by a detour. */
    public ArchRule noPackageCycles() {
        return slices().assignedFrom(packageBelow(root)).should().beFreeOfCycles();
    }

    /** A library that one room alone may know. */
    public ArchRule onlyKnownTo(Room room, String libraryPackages) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + "." + room.folder() + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(libraryPackages)
                .allowEmptyShould(true);
    }

    /** The root package is what a user imports: it shows the JDK and JSR-107, and nothing else. */
    public ArchRule rootLeansOnTheStandardAlone() {
        return classes()
                .that()
                .resideInAPackage(root)
                .should(onlyDependOnClassesThat(
                        inPackages(root, "java..", "javax.sql..", "javax.cache..", "org.jspecify..")))
                .because("whoever imports the public interface imports no library with it");
    }

    private ArchCondition<JavaClass> useOnlyTheDoorsOfTheirRoom() {
        return new ArchCondition<>("use only the rooms that their own room's line lists") {
            @Override
            public void check(JavaClass owner, ConditionEvents events) {
                if (Room.of(owner.getPackageName(), root).isEmpty()) {
                    events.add(SimpleConditionEvent.violated(owner, owner.getName() + " lies in no room"));
                }
                owner.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> !isOpen(dependency))
                        .map(dependency -> SimpleConditionEvent.violated(dependency, dependency.getDescription()))
                        .forEach(events::add);
            }
        };
    }

    private boolean isOpen(Dependency dependency) {
        var origin = Room.of(dependency.getOriginClass().getPackageName(), root);
        var target = Room.of(dependency.getTargetClass().getPackageName(), root);
        return origin.isEmpty() || target.isEmpty() || origin.get().mayUse(target.get());
    }

    private static DescribedPredicate<JavaClass> inPackages(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    private static SliceAssignment packageBelow(String root) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass owner) {
                String name = owner.getPackageName();
                boolean ours = name.equals(root) || name.startsWith(root + ".");
                return ours ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages below " + root;
            }
        };
    }
}
