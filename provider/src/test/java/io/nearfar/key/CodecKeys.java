package io.nearfar.key;

import io.nearfar.config.TrustPolicy;
import io.nearfar.entry.ObjectKeyCodec;
import io.nearfar.entry.TestSettings;
import io.nearfar.entry.codec.CacheTypes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lends the codec to the key room, as the wiring room does in production. */
record CodecKeys(ObjectKeyCodec codec) implements ObjectKeys {
    static CodecKeys of(Class<?> declared) {
        return new CodecKeys(new ObjectKeyCodec(
                TestSettings.trusting(TrustPolicy.LEARNED),
                CacheTypes.of(declared, CodecKeys.class.getClassLoader()),
                () -> {}));
    }

    @Override
    public byte[] canonical(Object key) {
        return codec.canonical(key);
    }

    @Override
    public byte[] encode(Object key) {
        return codec.encode(key);
    }

    @Override
    public @Nullable Object decode(byte[] bytes) {
        return codec.decode(bytes);
    }

    @Override
    public Object copy(Object key) {
        return codec.copy(key);
    }

    @Override
    public @Nullable List<? extends @Nullable Object> parts(Object key) {
        return codec.parts(key);
    }
}
