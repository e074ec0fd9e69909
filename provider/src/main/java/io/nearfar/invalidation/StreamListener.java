package io.nearfar.invalidation;

/** What a partition's stream of messages comes to. Called while the stream is held; must not block. */
public interface StreamListener {
    /** A message is to be applied. */
    void apply(Invalidation message);

    /** A message was missing between two that came, or one that a beat knew of did not come; {@link #lost} is told as well. */
    default void gap(int partition) {}

    /** Messages were lost, or the far tier went back: nothing that was read before may be served any more. */
    void lost(int partition);

    /**
     * Every write that was acknowledged before that instant of {@link System#nanoTime} has been applied; what is read
     * after a loss needs no message from before it.
     */
    void verified(int partition, long sentAt);

    /** Writes go on and their messages have not come for a while: the subscription seems to be dead. */
    void deaf(int partition);

    /** The stream has come to a write of that stamp; {@link Long#MIN_VALUE} if its place is not known. */
    void reached(int partition, long stamp);
}
