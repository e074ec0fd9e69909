package io.nearfar.cdi.matrix;

import io.nearfar.CacheHealth;
import io.nearfar.Decision;
import io.nearfar.Limit;
import io.nearfar.NearfarManager;
import io.nearfar.Quota;
import io.nearfar.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.cache.CacheManager;

/** The cells that a container and a far tier fill, wherever they run. They are looked at once each, in their order. */
public final class Matrix {
    /** What is said of a cell that is as it should be. */
    public static final String GOOD = "good";

    private Matrix() {}

    /** The classes that a container must know as beans. */
    static List<Class<?>> beans() {
        List<Class<?>> beans = new ArrayList<>(List.of(Spies.OneCache.class));
        Stream.of(
                        ResultCells.BEANS,
                        Results.BEANS,
                        DefaultCells.BEANS,
                        ChangeCells.BEANS,
                        Puts.BEANS,
                        Removes.BEANS,
                        Clears.BEANS,
                        ClassCells.BEANS,
                        TagCells.BEANS,
                        Kept.BEANS,
                        TagEnds.BEANS,
                        NamedEnds.BEANS,
                        PatternCells.BEANS,
                        PatternEnds.BEANS,
                        EntityCells.BEANS,
                        BeanCells.BEANS,
                        LimitCells.BEANS,
                        Limits.BEANS,
                        LimitClassCells.BEANS)
                .forEach(beans::addAll);
        return beans;
    }

    static List<Cell> cells() {
        return Stream.of(
                        ResultCells.members(),
                        ResultCells.places(),
                        DefaultCells.cells(),
                        ChangeCells.puts(),
                        ChangeCells.removes(),
                        ChangeCells.clears(),
                        ChangeCells.places(),
                        ClassCells.results(),
                        ClassCells.puts(),
                        ClassCells.removes(),
                        ClassCells.clears(),
                        TagCells.kept(),
                        TagCells.ends(),
                        TagCells.fired(),
                        TagCells.places(),
                        PatternCells.members(),
                        PatternCells.places(),
                        EntityCells.cells(),
                        BeanCells.points(),
                        BeanCells.warmers(),
                        LimitCells.members(),
                        LimitCells.places(),
                        LimitClassCells.members(),
                        LimitCells.outages(),
                        LimitClassCells.outages())
                .flatMap(List::stream)
                .toList();
    }

    /** The names of all cells. */
    public static List<String> names() {
        return cells().stream().map(Cell::toString).toList();
    }

    /** Looks at all cells, and says of each by its name {@link #GOOD}, or what is wrong. */
    static Map<String, String> look(Beans beans) throws Exception {
        awaitServer(beans);
        Map<String, String> seen = new LinkedHashMap<>();
        for (Cell cell : cells()) {
            seen.merge(cell.toString(), look(cell, beans), (one, other) -> "there are two of that name");
        }
        return seen;
    }

    private static String look(Cell cell, Beans beans) {
        try {
            return cell.check().holds(beans) ? GOOD : "does something else";
        } catch (Exception | AssertionError | LinkageError failure) {
            return "failed: " + failure;
        }
    }

    /** Waits until the server holds entries and counts: a starved node does both by itself until it has reached it. */
    static void awaitServer(Beans beans) throws Exception {
        NearfarManager manager = beans.of(CacheManager.class).unwrap(NearfarManager.class);
        if (!Beans.comes(() -> manager.health().state() == CacheHealth.State.UP)) {
            throw new IllegalStateException("The server was not reached for half a minute");
        }
        RateLimiter limiter = beans.of(RateLimiter.class);
        Quota any = new Limit("mx-reach", 1_000_000, Duration.ofHours(1)).forAll();
        if (!Beans.comes(() -> limiter.decide(any).basis() == Decision.Basis.COUNTED)) {
            throw new IllegalStateException("The server has counted nothing for half a minute");
        }
    }
}
