package io.nearfar.jcache;

import io.nearfar.FarTierUnavailableException;
import io.nearfar.InvalidationDeclaration;
import io.nearfar.InvalidationPace;
import io.nearfar.InvalidationReport;
import io.nearfar.NamedInvalidation;
import io.nearfar.PatternInvalidation;
import io.nearfar.config.InvalidationPlan;
import io.nearfar.config.InvalidationPlan.Targets;
import io.nearfar.entry.EntryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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

    /**
     * Fires one in all its caches.
     *
     * @param pace of walks in the background, or null: they are made here
     */
    InvalidationReport fire(NamedInvalidation fired, @Nullable InvalidationPace pace) {
        InvalidationDeclaration declaration = plan(fired.name()).declaration();
        Targets targets = plan(fired.name()).targets(fired.arguments());
        List<InvalidationReport.InCache> done = new ArrayList<>();
        RuntimeException failure = null;
        for (String cache : names(declaration)) {
            try {
                InvalidationReport.InCache inCache = fire(declaration, cache, targets, pace);
                if (inCache != null) {
                    done.add(inCache);
                }
            } catch (RuntimeException e) {
                failure = joined(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return new InvalidationReport(declaration.name(), done, missing(declaration, done));
    }

    private static RuntimeException joined(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    /** Returns the names of the caches that are open and meant, and of those that are named without a star. */
    private Set<String> names(InvalidationDeclaration declaration) {
        Set<String> names = new TreeSet<>();
        Stream.concat(
                        caches.keySet().stream().filter(declaration::concerns),
                        declaration.caches().stream().filter(name -> !name.contains(STAR)))
                .forEach(names::add);
        return names;
    }

    private InvalidationReport.@Nullable InCache fire(
            InvalidationDeclaration declaration, String cache, Targets targets, @Nullable InvalidationPace pace) {
        CacheFrontDesk<?, ?> open = caches.get(cache);
        if (open != null) {
            return open.invalidated().end(targets, pace);
        }
        tell(declaration, cache);
        Unopened unopened = backroom.unopened(cache);
        return unopened == null ? null : fire(cache, unopened, targets, pace);
    }

    private InvalidationReport.@Nullable InCache fire(
            String cache, Unopened unopened, Targets targets, @Nullable InvalidationPace pace) {
        EntryStore<?, ?> entries = unopened.far().entries();
        Patterns patterns = new Patterns(
                cache,
                entries,
                walk -> new Workers(cache, loader.get()).newThread(walk).start());
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
