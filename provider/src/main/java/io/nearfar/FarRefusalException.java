package io.nearfar;

/**
 * Thrown as a {@link FarTierUnavailableException} where the far tier is there and refuses what it was asked: it is full,
 * the user may not, or the slot of a cluster is on its way to another master for longer than the call waits. Until that
 * changes, to ask again changes nothing, though a full server still takes removals. Where an operation goes on in an outage
 * it goes on after a refusal.
 */
public final class FarRefusalException extends FarTierUnavailableException {
    private static final long serialVersionUID = 1L;

    /** Creates one that says what was asked, of which address and what it answered. */
    public FarRefusalException(String message) {
        super(message);
    }
}
