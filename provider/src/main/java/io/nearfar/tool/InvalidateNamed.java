package io.nearfar.tool;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.InvalidationPace;
import io.nearfar.PatternInvalidation;
import io.nearfar.config.InvalidationPlan;
import io.nearfar.config.InvalidationPlan.Targets;
import io.nearfar.far.VisitedCache;
import io.nearfar.tool.Visits.Visit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fires an invalidation that the settings declare. */
final class InvalidateNamed {
    private static final String STAR = "*";

    private final Visit visit;
    private final Console console;
    private final InvalidationPace pace;

    private InvalidateNamed(Visit visit, Request request, Console console) {
        this.visit = visit;
        this.console = console;
        this.pace = InvalidationPace.DEFAULT.withKeysPerSecond(request.number(Option.RATE, Long.MAX_VALUE));
    }

    static Report run(Request request, Console console) {
        return Visits.with(request, visit -> {
            InvalidationPlan plan = plan(visit.settings().invalidations(), request.word(0));
            Targets targets =
                    targets(plan, request.words().subList(1, request.words().size()));
            return new InvalidateNamed(visit, request, console).fire(plan.declaration(), targets);
        });
    }

    private static InvalidationPlan plan(List<InvalidationDeclaration> declared, String name) {
        String form = InvalidationPlan.form(name);
        return declared.stream()
                .filter(each -> InvalidationPlan.form(each.name()).equals(form))
                .map(InvalidationPlan::of)
                .findFirst()
                .orElseThrow(() -> ToolException.usage("The settings declare no invalidation " + name + ". "
                        + (declared.isEmpty()
                                ? "They declare none; --config names a file with nearfar.invalidation." + name
                                        + ".caches and so on"
                                : "They declare "
                                        + declared.stream()
                                                .map(InvalidationDeclaration::signature)
                                                .collect(Collectors.joining(", ")))));
    }

    private static Targets targets(InvalidationPlan plan, List<String> words) {
        Map<String, List<String>> arguments = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw ToolException.usage("An argument is written <parameter>=<value>, not " + word);
            }
            arguments
                    .computeIfAbsent(word.substring(0, equals), parameter -> new ArrayList<>())
                    .add(word.substring(equals + 1));
        }
        try {
            return plan.targets(new LinkedHashMap<>(arguments));
        } catch (IllegalArgumentException e) {
            throw ToolException.usage(String.valueOf(e.getMessage()));
        }
    }

    private Report fire(InvalidationDeclaration declaration, Targets targets) {
        List<Report> rows = new ArrayList<>();
        for (String name : names(declaration)) {
            VisitedCache cache = visit.far().cache(visit.settings().cache(name, false));
            if (cache.exists()) {
                rows.add(new Report().withCache(cache.version()).with("removed", end(cache, targets)));
            }
        }
        Report report = new Report().with("invalidated", declaration.name()).withRows("caches", rows);
        return rows.isEmpty()
                ? report.remark("None of its caches is there: " + String.join(", ", declaration.caches()))
                        .ending(Outcome.NO)
                : report;
    }

    /** Where a pattern names caches, the server is looked through for them. */
    private Set<String> names(InvalidationDeclaration declaration) {
        Collection<String> there = declaration.caches().stream().anyMatch(name -> name.contains(STAR))
                ? visit.far().caches(met -> console.progress(Amounts.count(met) + " entries met")).keySet().stream()
                        .map(version -> version.cache())
                        .toList()
                : List.of();
        Set<String> names = new TreeSet<>();
        Stream.concat(declaration.caches().stream().filter(name -> !name.contains(STAR)), there.stream())
                .filter(declaration::concerns)
                .forEach(names::add);
        return names;
    }

    /** Ends what is to end; returns how many entries walks have removed. */
    private long end(VisitedCache cache, Targets targets) {
        Invalidate.tags(cache, List.copyOf(targets.tags()), targets.soft());
        if (targets.clear()) {
            Clear.await(cache.clear(), visit.far(), console);
        }
        Set<String> patterns = new LinkedHashSet<>(targets.patterns());
        targets.keys().stream()
                .map(InvalidationPlan::exactly)
                .filter(Objects::nonNull)
                .forEach(patterns::add);
        long removed = 0;
        for (String pattern : patterns) {
            removed += awaited(cache.startInvalidatingPattern(pattern, targets.soft(), pace));
        }
        for (String prefix : targets.prefixes()) {
            removed += awaited(cache.startInvalidatingPrefix(prefix, targets.soft(), pace));
        }
        return removed;
    }

    private long awaited(PatternInvalidation walk) {
        Walk.await(walk, console);
        return walk.removed();
    }
}
