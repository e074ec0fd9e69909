package io.nearfar.sample.origin;

import io.nearfar.CacheObserver;
import io.nearfar.Tier;

/** Notes on the thread's trail which tier answered. */
final class TrailObserver implements CacheObserver {
    @Override
    public void hit(String cache, Tier tier, long nanos) {
        Trail.note(cache, tier == Tier.NEAR ? Origin.NEAR : Origin.FAR);
    }

    @Override
    public void miss(String cache, long nanos) {
        Trail.note(cache, Origin.DATABASE);
    }
}
