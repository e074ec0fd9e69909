package io.nearfar.jcache;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.InvalidationPace;
import io.nearfar.InvalidationReport;
import io.nearfar.NamedInvalidation;
import io.nearfar.PatternInvalidation;
import io.nearfar.config.InvalidationPlan;
import io.nearfar.config.InvalidationPlan.Targets;
import io.nearfar.entry.Attempts;
import io.nearfar.entry.EntryStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The invalidations of one manager that have names, and what is done when one is fired. Closing it ends walks under way. */
final class Invalidations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Invalidations.class);
    private static final String STAR = "*";

    private final Backroom backroom;
    private final Map<String, CacheFrontDesk<?, ?>> caches;
    private final Supplier<ClassLoader> loader;
    private final Map<String, InvalidationPlan> plans = new ConcurrentHashMap<>();
    private final Set<String> set = ConcurrentHashMap.newKeySet();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Set<Patterns> walking = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Creates those that settings declare.
     *
     * @param caches those that are open, by their names; read whenever an invalidation is fired
     */
    Invalidations(Backroom backroom, Map<String, CacheFrontDesk<?, ?>> caches, Supplier<ClassLoader> loader) {
        this.backroom = backroom;
        this.caches = caches;
        this.loader = loader;
        for (InvalidationDeclaration declaration : backroom.invalidations()) {
            String form = InvalidationPlan.form(declaration.name());
            plans.put(form, InvalidationPlan.of(declaration));
            set.add(form);
        }
    }

    /** Adds one; returns whether it is what holds. */
    boolean declare(InvalidationDeclaration declaration) {
        InvalidationPlan plan = InvalidationPlan.of(declaration);
        String form = InvalidationPlan.form(declaration.name());
        InvalidationPlan known = plans.putIfAbsent(form, plan);
        if (known == null || known.declaration().equals(declaration)) {
            return true;
        } else if (!set.contains(form)) {
            throw new IllegalArgumentException("The invalidation " + declaration.signature()
                    + " is declared already, otherwise: " + known.declaration() + "; give one of them another name");
        }
        return false;
    }

    @Nullable
    InvalidationDeclaration declared(String name) {
        InvalidationPlan plan = plans.get(InvalidationPlan.form(name));
        return plan == null ? null : plan.declaration();
    }

    /** Returns the plan of that name. */
    InvalidationPlan plan(String name) {
        InvalidationPlan plan = plans.get(InvalidationPlan.form(name));
        if (plan == null) {
            throw new IllegalArgumentException("There is no invalidation " + name + ". "
                    + (plans.isEmpty() ? "None is declared" : "Declared are " + String.join(", ", signatures()))
                    + "; declare it by the settings nearfar.invalidation." + name
                    + ".caches and so on, or by NearfarManager.declare");
        }
        return plan;
    }

    private Set<String> signatures() {
        Set<String> signatures = new TreeSet<>();
        plans.values().forEach(plan -> signatures.add(plan.declaration().signature()));
        return signatures;
    }

    /** Returns all of them in the order of their names. */
    List<InvalidationDeclaration> declared() {
        return plans.values().stream()
                .map(InvalidationPlan::declaration)
                .sorted(Comparator.comparing(InvalidationDeclaration::name))
                .toList();
    }

    /**
     * Fires one in all its caches.
     *
     * @param pace of walks in the background, or null: they are made here
     */
    InvalidationReport fire(NamedInvalidation fired, @Nullable InvalidationPace pace) {
        return fire(List.of(fired), pace);
    }

    /** Fires several in all their caches, what they have in common once. */
    InvalidationReport fire(Collection<NamedInvalidation> fired, @Nullable InvalidationPace pace) {
        Map<InvalidationDeclaration, List<Targets>> targets = new LinkedHashMap<>();
        for (NamedInvalidation each : fired) {
            InvalidationPlan plan = plan(each.name());
            targets.computeIfAbsent(plan.declaration(), first -> new ArrayList<>())
                    .add(plan.targets(each.arguments()));
        }
        List<InvalidationReport.InCache> done = new ArrayList<>();
        Attempts attempts = new Attempts();
        for (String cache : names(targets.keySet())) {
            attempts.make(() -> {
                InvalidationReport.InCache inCache = fire(targets, cache, pace);
                if (inCache != null) {
                    done.add(inCache);
                }
            });
        }
        attempts.end();
        return report(targets.keySet(), done);
    }

    private static InvalidationReport report(
            Set<InvalidationDeclaration> declarations, List<InvalidationReport.InCache> done) {
        String name = declarations.stream().map(InvalidationDeclaration::name).collect(Collectors.joining(", "));
        List<String> missing = declarations.stream()
                .flatMap(declaration -> missing(declaration, done).stream())
                .distinct()
                .toList();
        return new InvalidationReport(name, done, missing);
    }

    /** Returns the names of the caches that are open and meant, and of those that are named without a star. */
    private Set<String> names(Set<InvalidationDeclaration> declarations) {
        Set<String> names = new TreeSet<>();
        for (InvalidationDeclaration declaration : declarations) {
            Stream.concat(
                            caches.keySet().stream().filter(declaration::concerns),
                            declaration.caches().stream().filter(name -> !name.contains(STAR)))
                    .forEach(names::add);
        }
        return names;
    }

    private InvalidationReport.@Nullable InCache fire(
            Map<InvalidationDeclaration, List<Targets>> targets, String cache, @Nullable InvalidationPace pace) {
        List<InvalidationDeclaration> concerned = targets.keySet().stream()
                .filter(declaration -> declaration.concerns(cache))
                .toList();
        List<Targets> all = Targets.joined(concerned.stream()
                .flatMap(declaration -> targets.getOrDefault(declaration, List.of()).stream())
                .toList());
        CacheFrontDesk<?, ?> open = caches.get(cache);
        if (open != null) {
            return open.invalidated().end(all, pace);
        }
        concerned.forEach(declaration -> tell(declaration, cache));
        Unopened unopened = backroom.unopened(cache);
        return unopened == null ? null : fire(cache, unopened, all, pace);
    }

    private InvalidationReport.@Nullable InCache fire(
            String cache, Unopened unopened, List<Targets> targets, @Nullable InvalidationPace pace) {
        EntryStore<?, ?> entries = unopened.far().entries();
        Patterns patterns = new Patterns(
                cache,
                entries,
                walk -> new Workers(cache, loader.get()).newThread(walk).start(),
                unopened.patternPace());
        walking.add(patterns);
        if (closed) {
            patterns.close();
        }
        try {
            InvalidationReport.InCache done = unopened.far().exists().getAsBoolean()
                    ? InvalidatedCache.unopened(cache, entries, patterns).end(targets, pace)
                    : null;
            forgetAtTheirEnd(patterns, done == null ? List.of() : done.walks());
            silent.remove(cache);
            return done;
        } catch (FarTierUnavailableException e) {
            walking.remove(patterns);
            if (unopened.failsClosed()) {
                throw e;
            }
            tell(cache, e);
            return null;
        } catch (RuntimeException e) {
            walking.remove(patterns);
            throw e;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private void forgetAtTheirEnd(Patterns patterns, List<PatternInvalidation> walks) {
        CompletableFuture.allOf(walks.stream()
                        .map(walk -> walk.done().toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new))
                .whenComplete((nothing, failure) -> walking.remove(patterns));
    }

    private static List<String> missing(InvalidationDeclaration declaration, List<InvalidationReport.InCache> done) {
        return declaration.caches().stream()
                .filter(name -> {
                    InvalidationDeclaration alone =
                            InvalidationDeclaration.of(declaration.name()).withCaches(name);
                    return done.stream().noneMatch(inCache -> alone.concerns(inCache.cache()));
                })
                .toList();
    }

    private void tell(InvalidationDeclaration declaration, String cache) {
        if (told.add(declaration.name() + " " + cache)) {
            LOG.info(
                    "NF0520 {}: the invalidation {} names this cache, which is not open in this manager; what other nodes"
                            + " have of it in the far tier is invalidated. If no cache has that name, correct it",
                    cache,
                    declaration.signature());
        }
    }

    private void tell(String cache, FarTierUnavailableException why) {
        if (silent.add(cache)) {
            LOG.warn(
                    "NF0515 {}: the far tier does not answer, and the cache is not open in this manager, so that invalidations of"
                            + " it by name are neither made nor made up for; open it first",
                    cache,
                    why);
        }
    }

    @Override
    public void close() {
        closed = true;
        walking.forEach(Patterns::close);
    }
}
