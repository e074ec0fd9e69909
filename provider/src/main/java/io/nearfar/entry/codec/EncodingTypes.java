package io.nearfar.entry.codec;

import io.nearfar.ValueCodec;
import java.util.HashSet;
import java.util.Set;

/** The classes that one encoding meets; they are learned when it has come to its end. */
final class EncodingTypes implements ValueCodec.Types {
    private final Trust trust;
    private final ClassLoader loader;
    private final Set<Class<?>> met = new HashSet<>();

    EncodingTypes(Trust trust, ClassLoader loader) {
        this.trust = trust;
        this.loader = loader;
    }

    @Override
    public void met(Class<?> type) {
        if (met.add(type)) {
            trust.check(type);
        }
    }

    void done() {
        trust.learn(met);
    }

    @Override
    public Class<?> resolve(String name) {
        throw new IllegalStateException("asked for class " + name + " by name while encoding; only decoding may");
    }

    @Override
    public ClassLoader loader() {
        return loader;
    }
}
