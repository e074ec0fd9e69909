package io.nearfar.sample.warm;

import io.nearfar.Warmer;
import io.nearfar.Warming;
import io.nearfar.cdi.annotation.CacheWarmer;
import io.nearfar.sample.data.CityLoad;
import io.nearfar.sample.place.Countries;
import io.nearfar.sample.place.CountrySummary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Loads the regions of every country before anybody asks: one node does, for all, and again before their time is over. */
@ApplicationScoped
@CacheWarmer(cache = "regions", name = "regions", every = "50m", keysPerSecond = 100)
public class RegionLists implements Warmer<Object, Object> {
    @Inject
    CityLoad load;

    @Inject
    Countries countries;

    /** Calls the method that fills the cache, which makes its keys. */
    @Override
    public void warm(Warming<Object, Object> warming) throws InterruptedException {
        load.await();
        List<CountrySummary> all = countries.all();
        warming.expect(all.size());
        for (CountrySummary country : all) {
            warming.call(() -> countries.regions(country.code()));
        }
    }
}
