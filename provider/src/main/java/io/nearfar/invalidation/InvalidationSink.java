package io.nearfar.invalidation;

/** Where messages of other nodes, and of this one, arrive. Called by the link's threads; must not block. */
public interface InvalidationSink {
    /** A message, in the order of its partition. */
    void received(Invalidation message);

    /** The subscription to a partition's messages was made anew: some may have been missed. */
    void resubscribed(int partition);

    /** A message of that partition could not be understood: whatever it named is no longer known. */
    void unreadable(int partition);
}
