package io.nearfar.entry.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.config.AllowedPreset;
import io.nearfar.config.TrustPolicy;
import io.nearfar.entry.TestSettings;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.cache.support.NullValue;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** The presets of codec.allow, against the frameworks' own classes. */
class PresetsTest {
    private static final List<Serializable> OF_SPRING = List.of(
            (Serializable) NullValue.INSTANCE,
            new SimpleKey("Lisboa", 5),
            new User("ada", "{noop}x", List.of(new SimpleGrantedAuthority("b"), new SimpleGrantedAuthority("a"))));

    /** Nobody trusts a name that is misspelt, or that a newer release has no more. */
    @ParameterizedTest
    @EnumSource(
            value = AllowedPreset.class,
            names = {"HIBERNATE", "SPRING"})
    void classes_ofThePreset_areThoseOfTheFramework(AllowedPreset preset) throws ClassNotFoundException {
        for (String name : Presets.classes(preset)) {
            Class<?> type = Class.forName(name, false, getClass().getClassLoader());
            assertThat(Serializable.class).as(name).isAssignableFrom(type);
        }
    }

    @Test
    void spring_whatItPutsIntoCaches_isRead() {
        ValueFormat<Object> format = format(Object.class, "@spring");
        for (Object value : OF_SPRING) {
            assertThat(format.decode(format.keep(value).bytes()).get()).isEqualTo(value);
        }
    }

    @Test
    void spring_withoutThePreset_isRefused() {
        ValueFormat<Object> format = format(Object.class, "@hibernate");
        for (Object value : OF_SPRING) {
            assertThatThrownBy(() -> format.keep(value))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining(value.getClass().getName());
        }
    }

    /** The shape of what its session caches hold: creation, access, idle seconds, listeners, user, names of attributes. */
    @Test
    void openLiberty_sessions_needNoPreset() {
        ValueFormat<ArrayList<?>> format = format(listType());
        ArrayList<?> session = new ArrayList<>(
                Arrays.asList(5L, 6L, 1800, (short) 1, "ada", new TreeSet<>(Set.of("cart", "language"))));
        assertThat(format.decode(format.keep(session).bytes()).get()).isEqualTo(session);
    }

    @Test
    void openLiberty_authentication_isTheOneClassThatCarriesItsBytes() {
        assertThat(Presets.classes(AllowedPreset.OPEN_LIBERTY)).containsExactly("io.openliberty.jcache.CacheObject");
    }

    @SuppressWarnings("unchecked") // a class literal has no type arguments
    private static Class<ArrayList<?>> listType() {
        return (Class<ArrayList<?>>) (Class<?>) ArrayList.class;
    }

    private static <T> ValueFormat<T> format(Class<T> declared, String... allow) {
        return ValueFormats.byValue(
                TestSettings.trusting(TrustPolicy.DECLARED, allow), declared, PresetsTest.class.getClassLoader());
    }
}
