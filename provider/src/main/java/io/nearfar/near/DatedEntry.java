package io.nearfar.near;

/** Likewise of one that has been changed, or has an end. */
final class DatedEntry<V> extends SharedEntry<V> {
    private final long created;
    private final long expires;

    DatedEntry(V object, long stamp, long created, long expires) {
        super(object, stamp);
        this.created = created;
        this.expires = expires;
    }

    @Override
    public long created() {
        return created;
    }

    @Override
    public long expires() {
        return expires;
    }
}
