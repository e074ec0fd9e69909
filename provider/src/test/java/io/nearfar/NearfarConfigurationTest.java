package io.nearfar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.stream.Stream;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.EternalExpiryPolicy;
import org.junit.jupiter.api.Test;

class NearfarConfigurationTest {
    private static NearfarConfiguration<String, Integer> configuration() {
        return new NearfarConfiguration<String, Integer>()
                .setTypes(String.class, Integer.class)
                .setTimeToLive(Duration.ofMinutes(5))
                .setStatisticsEnabled(true)
                .setTimeToLiveJitter(10)
                .setExpiryPolicyFactory(EternalExpiryPolicy.factoryOf())
                .setNearMaximumEntries(7);
    }

    @Test
    void settings_areWhatWasSet_asSettingsAreWritten() {
        assertThat(configuration().settings())
                .containsExactly(entry("near.maximum-entries", "7"), entry("ttl", "PT5M"), entry("ttl.jitter", "10%"));
        assertThatThrownBy(() -> configuration().settings().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void lastCall_counts_andNullIsRefusedWhereItMeansNothing() {
        NearfarConfiguration<String, Integer> configuration =
                configuration().setTimeToLive(null).setTimeToLiveNegative(null);
        assertThat(configuration.settings()).containsEntry("ttl", "none").containsEntry("ttl.negative", "none");
        assertThatThrownBy(() -> configuration.setMaxStale(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("max-stale");
        assertThatThrownBy(() -> configuration.setCodec(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("codec");
    }

    @Test
    void copy_isEqual_andLivesByItself() {
        NearfarConfiguration<String, Integer> original = configuration();
        NearfarConfiguration<String, Integer> copy = new NearfarConfiguration<>(original);
        assertThat(copy).isEqualTo(original).hasSameHashCodeAs(original);
        copy.setVersion(3);
        assertThat(original.settings()).doesNotContainKey("version");
        assertThat(copy).isNotEqualTo(original);
        assertThat(configuration().setReadThrough(true)).isNotEqualTo(original);
    }

    @Test
    void configurationThatSetsNothingBeyond_isEqualToAPlainOne() {
        CompleteConfiguration<Object, Object> plain = new MutableConfiguration<>().setManagementEnabled(true);
        NearfarConfiguration<Object, Object> ours = new NearfarConfiguration<>(plain);
        assertThat(ours.equals(plain)).isTrue();
        assertThat(plain.equals(ours)).isTrue();
        assertThat(ours).hasSameHashCodeAs(plain);
        assertThat(ours.setVersion(1).equals(plain)).isFalse();
    }

    @Test
    void serialization_givesAnEqualOne() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(configuration());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(configuration());
        }
    }

    /** Whoever begins with a setter of JSR-107 can go on with one of ours. */
    @Test
    void settersOfTheStandard_giveOurConfiguration() {
        assertThat(Stream.of(MutableConfiguration.class.getDeclaredMethods())
                        .filter(method -> method.getReturnType() == MutableConfiguration.class)
                        .filter(method -> !method.isSynthetic()))
                .hasSizeGreaterThan(10)
                .allSatisfy(method -> assertThat(ours(method)).isEqualTo(NearfarConfiguration.class));
    }

    private static Class<?> ours(Method method) throws NoSuchMethodException {
        return NearfarConfiguration.class
                .getMethod(method.getName(), method.getParameterTypes())
                .getReturnType();
    }

    @Test
    void text_showsTypesAndSettings() {
        assertThat(configuration())
                .hasToString(
                        "NearfarConfiguration[java.lang.String to java.lang.Integer, {near.maximum-entries=7, ttl=PT5M,"
                                + " ttl.jitter=10%}]");
    }
}
