package io.nearfar.jcache.management;

import io.nearfar.Meter;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/** The MXBean of what the caches of one manager share: the link to the far tier, its servers and the rate limiter. */
public final class SharedMeters {
    private final Bean bean;

    /** Creates it, not visible. */
    public SharedMeters(URI manager, Supplier<List<Meter>> meters) {
        this.bean = Bean.of(new MetersBean("manager " + manager, meters), MetersBean.DOMAIN, "ManagerMetrics", manager);
    }

    /** Shows it or not; without effect if that is so already. */
    public void show(boolean on) {
        bean.show(on);
    }
}
