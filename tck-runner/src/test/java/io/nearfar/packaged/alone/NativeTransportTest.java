package io.nearfar.packaged.alone;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.packaged.ProviderJar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Netty's loader derives the name of its library from its own package, which shading has changed. */
class NativeTransportTest {
    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "x86_64", "aarch64"})
    void epoll_whereThePlatformHasIt_loadsFromTheJar() throws ReflectiveOperationException {
        Class<?> epoll = Class.forName(ProviderJar.SHADED + "io.netty.channel.epoll.Epoll");
        Object cause = epoll.getMethod("unavailabilityCause").invoke(null);
        assertThat(cause).as("why epoll does not load").isNull();
        assertThat(epoll.getMethod("isAvailable").invoke(null)).isEqualTo(true);
    }
}
