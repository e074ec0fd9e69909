package io.nearfar.redeploy.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.CDI;
import javax.cache.annotation.CacheResult;

/** A bean whose method is cached by annotation; loaded only where there is a CDI container. */
@ApplicationScoped
public class Finder {
    static String find(int number) {
        return CDI.current().select(Finder.class).get().item(number).labels().get(0);
    }

    @CacheResult(cacheName = "found")
    public Item item(int number) {
        return new Item("found " + number);
    }
}
