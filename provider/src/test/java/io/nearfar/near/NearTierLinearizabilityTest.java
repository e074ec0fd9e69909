package io.nearfar.near;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.entry.Entry;
import io.nearfar.entry.Version;
import io.nearfar.observe.CacheSignals;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.TextFormat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Threads of one node switch at any access to shared memory, as Lincheck's model checker chooses: whatever they do, the
 * callers see one map with one entry, in which every call happens at one instant.
 */
class NearTierLinearizabilityTest {
    @Test
    void nearTier_underEverySwitchOfThreads_isLinearizable() {
        options().check(OverNearTier.class);
    }

    /** A checker that finds nothing here could find nothing above. */
    @Test
    void mapFilledAfterTheRead_isReported() {
        assertThatThrownBy(() -> options().check(OverMap.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .iterations(30)
                .invocationsPerIteration(120)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(2)
                .minimizeFailedScenario(false)
                .addGuarantee(
                        ManagedStrategyGuaranteeKt.forClasses(name -> name.startsWith("com.github.benmanes.caffeine."))
                                .allMethods()
                                .treatAsAtomic());
    }

    /** A far tier that is one field, and what changes it: this node, which fills, and others, which send a message. */
    @Param(name = "value", gen = IntGen.class, conf = "1:3")
    public abstract static class Node {
        static final String KEY = "k";

        private final TextFormat format = new TextFormat();
        private long stamps = 100;
        private @Nullable Entry<String> stored = write(0); // near nobody has it yet

        /** Returns the entry, or null. */
        synchronized @Nullable Entry<String> stored() {
            return stored;
        }

        synchronized Entry<String> write(int value) {
            Entry<String> entry = Entry.of(format.keep("v" + value), next(), 0, Entry.NEVER);
            stored = entry;
            return entry;
        }

        synchronized Version erase() {
            stored = null;
            return next();
        }

        private Version next() {
            stamps++;
            return new Version(stamps, stamps * 31);
        }

        static @Nullable String value(@Nullable Entry<String> entry) {
            return entry == null ? null : entry.value().get();
        }

        /** Near, else far. */
        @Operation
        public abstract @Nullable String get();

        /** A write of this node. */
        @Operation
        public abstract void put(@Param(name = "value") int value);

        /** A removal of this node. */
        @Operation
        public abstract void remove();

        /** A write of another node and its message. */
        @Operation
        public void putElsewhere(@Param(name = "value") int value) {
            invalidated(write(value).version());
        }

        /** A removal of another node and its message. */
        @Operation
        public void removeElsewhere() {
            invalidated(erase());
        }

        /** A clear of another node and its message. */
        @Operation
        public void clearElsewhere() {
            cleared(erase());
        }

        /** A message is lost, say: nothing that was read before is served any more. */
        @Operation
        public abstract void beginEpoch();

        abstract void invalidated(Version version);

        abstract void cleared(Version version);
    }

    /** The near tier as it is. */
    public static final class OverNearTier extends Node {
        private final NearTier<String, String> near;

        /** Creates one whose lease holds. */
        public OverNearTier() {
            NearLease lease = new NearLease(Duration.ofSeconds(1), 0);
            lease.verified(0);
            NearCommons commons = new NearCommons(List.of(lease), nanos -> nanos, () -> 0, partition -> {});
            near = new NearTier<>(
                    FarSetups.cache("c"), commons, new CacheSignals("c"), key -> key, text -> text, key -> key);
        }

        private Fill<String> begin() {
            return near.begin(KEY, KEY, true, 0);
        }

        @Override
        public @Nullable String get() {
            Entry<String> entry = near.get(KEY);
            if (entry == null) {
                Fill<String> fill = begin();
                entry = stored();
                near.complete(fill, entry);
            }
            return value(entry);
        }

        @Override
        public void put(int value) {
            Fill<String> fill = begin();
            Entry<String> entry = write(value);
            near.complete(fill, entry.version(), entry);
        }

        @Override
        public void remove() {
            Fill<String> fill = begin();
            near.complete(fill, erase(), null);
        }

        @Override
        public void beginEpoch() {
            near.beginEpoch(0);
        }

        @Override
        void invalidated(Version version) {
            near.invalidate(KEY, version);
        }

        @Override
        void cleared(Version version) {
            near.clear(0, version.stamp());
        }
    }

    /** What one writes at first: read, then keep. */
    public static final class OverMap extends Node {
        private final ConcurrentHashMap<String, Entry<String>> near = new ConcurrentHashMap<>();

        @Override
        public @Nullable String get() {
            Entry<String> entry = near.get(KEY);
            if (entry == null) {
                entry = stored();
                if (entry != null) {
                    near.put(KEY, entry);
                }
            }
            return value(entry);
        }

        @Override
        public void put(int value) {
            near.put(KEY, write(value));
        }

        @Override
        public void remove() {
            erase();
            near.remove(KEY);
        }

        @Override
        public void beginEpoch() {
            near.clear();
        }

        @Override
        void invalidated(Version version) {
            near.remove(KEY);
        }

        @Override
        void cleared(Version version) {
            near.clear();
        }
    }
}
