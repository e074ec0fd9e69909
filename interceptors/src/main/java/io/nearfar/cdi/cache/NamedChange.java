package io.nearfar.cdi.cache;

import io.nearfar.InvalidationDeclaration;
import io.nearfar.NamedInvalidation;
import io.nearfar.NearfarManager;
import io.nearfar.cdi.method.CacheMethod;
import io.nearfar.cdi.method.InvalidationArguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** What an {@code @Invalidate} does: fires the invalidation of that name with arguments that are made of the call. */
final class NamedChange implements Change {
    private final CacheMethod method;
    private final ApplicationManager manager;
    private final String name;
    private volatile @Nullable Writers last;

    NamedChange(CacheMethod method, ApplicationManager manager) {
        this.method = method;
        this.manager = manager;
        this.name = InvalidationArguments.name(method);
    }

    /** What writes the arguments for these parameters. */
    private record Writers(List<String> parameters, Map<String, TagWriter> writers) {}

    @Override
    public void apply(Invocation call, @Nullable Object result) {
        NearfarManager open = manager.manager();
        InvalidationDeclaration declaration = open.declaredInvalidation(name);
        if (declaration == null) {
            throw new CacheException(
                    "There is no invalidation " + name + " any more; declare it by settings or by a bean");
        }
        open.invalidate(new NamedInvalidation(name, arguments(open, declaration, call, result)));
    }

    /** If nobody can tell the arguments, all entries of these caches end. */
    private Map<String, Object> arguments(
            NearfarManager open, InvalidationDeclaration declaration, Invocation call, @Nullable Object result) {
        try {
            Map<String, Object> arguments = new LinkedHashMap<>();
            writers(declaration.parameters())
                    .forEach((parameter, writer) -> arguments.put(parameter, writer.tags(call, result)));
            return arguments;
        } catch (RuntimeException e) {
            throw cleared(open, declaration, e);
        }
    }

    /** Clears every cache that is concerned, also where one fails; returns what is told, a refusal before all else. */
    private static RuntimeException cleared(
            NearfarManager open, InvalidationDeclaration declaration, RuntimeException why) {
        @Nullable RuntimeException told = why;
        for (String each : open.getCacheNames()) {
            if (declaration.concerns(each)) {
                told = Refusals.attempted(told, () -> clear(open.getCache(each)));
            }
        }
        return told == null ? why : told;
    }

    private static void clear(@Nullable Cache<?, ?> cache) {
        if (cache != null) {
            cache.clear();
        }
    }

    private Map<String, TagWriter> writers(List<String> parameters) {
        Writers known = last;
        if (known == null || !known.parameters().equals(parameters)) {
            Map<String, TagWriter> writers = new LinkedHashMap<>();
            InvalidationArguments.of(method, parameters)
                    .forEach((parameter, text) -> writers.put(parameter, new TagWriter(List.of(text))));
            known = new Writers(parameters, writers);
            last = known;
        }
        return known.writers();
    }
}
