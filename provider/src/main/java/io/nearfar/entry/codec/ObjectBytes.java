package io.nearfar.entry.codec;

import io.nearfar.ValueCodec;
import io.nearfar.config.CacheSettings;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Objects to bytes and back for the keys or the values of one cache: the compact form where a type has one, else the
 * cache's codec; classes as far as they are trusted. Safe for use by several threads.
 */
public final class ObjectBytes {
    private final CacheSettings settings;
    private final CacheTypes types;
    private final String what;
    private final Trust trust;
    private final DecodingTypes decoding;
    private final ValueCodec codec;
    private final byte[] codecName;
    private final Rejections rejections;

    /**
     * Creates one.
     *
     * @param what "a key" or "a value", for texts
     * @param rejected run whenever bytes are refused
     * @throws CacheException if there is no codec of the name in the settings
     */
    public ObjectBytes(CacheSettings settings, CacheTypes types, String what, Runnable rejected) {
        this.settings = settings;
        this.types = types;
        this.what = what;
        this.trust = new Trust(settings, types);
        this.decoding = new DecodingTypes(trust, types.loader());
        this.codec = Codecs.of(settings, types.loader());
        this.codecName = codec.name().getBytes(StandardCharsets.US_ASCII);
        this.rejections = new Rejections(settings, rejected);
    }

    /**
     * Returns the bytes of {@code value}.
     *
     * @throws CacheException if its type, or one met in it, is not allowed here or cannot be encoded; names it and the cure
     */
    public byte[] encode(Object value) {
        byte[] plain = PlainForm.encode(value);
        if (plain != null) {
            return plain;
        }
        byte[] compact = CompactForm.encode(value);
        if (compact != null) {
            return compact;
        }
        return value instanceof Enum<?> constant ? encodeEnum(constant) : encodeByCodec(value);
    }

    /** Returns the object of these bytes, or null if they are garbage or of an untrusted type; never throws. */
    public @Nullable Object decode(byte[] bytes) {
        return decode(bytes, value -> value);
    }

    /**
     * Returns what {@code use} makes of the object of these bytes, or null if they are garbage or of an untrusted type, or
     * if the object is so broken that {@code use} fails; never throws.
     */
    public <T> @Nullable T decode(byte[] bytes, Function<Object, T> use) {
        try {
            return use.apply(checked(read(bytes)));
        } catch (Exception | LinkageError | StackOverflowError | InternalError e) {
            reject(e); // Map.of answers an odd number of keys and values with an InternalError
            return null;
        }
    }

    /**
     * Returns the object of bytes that this process has made itself.
     *
     * @throws CacheException if the object does not survive its own encoding; tells why
     */
    public Object restore(byte[] bytes) {
        try {
            return read(bytes);
        } catch (Exception | LinkageError | StackOverflowError e) {
            throw new CacheException(
                    "Cache " + settings.name() + ": " + what + " cannot be read back from its own " + bytes.length
                            + " bytes (" + e + (e instanceof StackOverflowError ? "; it is nested too deeply" : "")
                            + "). Mend the serialization of its class, or choose another codec with nearfar.cache."
                            + settings.name() + ".codec",
                    e);
        }
    }

    /**
     * Checks that objects of the class may be put here, and learns it where classes are learned.
     *
     * @throws CacheException if not; names the setting to add
     */
    public void admit(Class<?> type) {
        trust.check(type);
        trust.learn(Set.of(type));
    }

    /** Tells whether objects of the class may come out of bytes. */
    public boolean isTrusted(Class<?> type) {
        return trust.isTrusted(type);
    }

    private byte[] encodeEnum(Enum<?> constant) {
        admit(constant.getDeclaringClass());
        return CompactForm.Form.of(CompactTypes.ENUM, out -> {
            out.writeUTF(constant.getDeclaringClass().getName());
            out.writeUTF(constant.name());
        });
    }

    private byte[] encodeByCodec(Object value) {
        EncodingTypes met = new EncodingTypes(trust, types.loader());
        byte[] body = codecBytes(value, met);
        met.done();
        return CompactForm.Form.of(CompactTypes.CODEC, out -> {
            out.writeByte(codecName.length);
            out.write(codecName);
            out.write(body);
        });
    }

    private byte[] codecBytes(Object value, EncodingTypes met) {
        try {
            return codec.encode(value, met);
        } catch (IOException e) {
            throw new CacheException(notEncoded(value, e), e);
        } catch (StackOverflowError e) {
            throw new CacheException(notEncoded(value, e) + "; the object is nested too deeply", e);
        }
    }

    private String notEncoded(Object value, Throwable reason) {
        return "Cache " + settings.name() + ": " + what + " of type "
                + value.getClass().getName() + " cannot be encoded by codec " + codec.name() + " (" + reason
                + "). " + cure() + ", or choose another codec with nearfar.cache." + settings.name() + ".codec";
    }

    private String cure() {
        return codec instanceof JavaCodec ? "Make each class in it Serializable" : "Mend what the codec names";
    }

    private Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        if (bytes.length == 0) {
            throw new IOException("no bytes");
        }
        Object plain = PlainForm.decode(bytes);
        if (plain != null) {
            return plain;
        }
        int tag = bytes[0];
        DataInputStream in = CompactForm.Form.body(bytes);
        Object value = switch (tag) {
            case CompactTypes.ENUM -> readEnum(in);
            case CompactTypes.CODEC -> readByCodec(in);
            default -> readCompact(tag, in);
        };
        if (value == null) {
            throw new IOException("nothing in it");
        }
        if (in.available() > 0) {
            throw new IOException(in.available() + " bytes too many");
        }
        return value;
    }

    private static Object readCompact(int tag, DataInputStream in) throws IOException {
        CompactType.Reader<?> reader = CompactForm.reader(tag);
        if (reader == null) {
            throw new IOException("unknown type tag " + tag);
        }
        return reader.read(in);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the class was just seen to be an enum
    private Object readEnum(DataInputStream in) throws IOException, ClassNotFoundException {
        Class<?> type = decoding.resolve(in.readUTF());
        if (!type.isEnum()) {
            throw new IOException(type + " is no enum");
        }
        return Enum.valueOf((Class) type, in.readUTF());
    }

    private Object readByCodec(DataInputStream in) throws IOException, ClassNotFoundException {
        byte[] name = in.readNBytes(in.readUnsignedByte());
        if (!Arrays.equals(name, codecName)) {
            throw new IOException("written by codec " + new String(name, StandardCharsets.US_ASCII));
        }
        return codec.decode(in.readAllBytes(), decoding);
    }

    private Object checked(Object value) throws IOException {
        if (!types.declared().isInstance(value)) {
            throw new IOException(
                    value.getClass() + " where " + types.declared().getName() + " is declared");
        }
        return value;
    }

    private void reject(Throwable reason) {
        for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
            if (cause instanceof UntrustedTypeException untrusted) {
                rejections.untrusted(what, untrusted.type());
                return;
            }
        }
        rejections.garbage(what, reason);
    }
}
