package io.nearfar.entry.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nearfar.config.CacheSettings;
import io.nearfar.config.TrustPolicy;
import io.nearfar.entry.TestSettings;
import io.nearfar.entry.ValueFormat;
import io.nearfar.entry.ValueFormats;
import io.nearfar.entry.codec.gadget.Gadgets;
import io.nearfar.entry.codec.lent.Animal;
import io.nearfar.entry.codec.lent.Place;
import io.nearfar.entry.codec.shop.Order;
import io.nearfar.testing.CapturedLog;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

class TrustTest {
    private static final CacheSettings ALL = TestSettings.trusting(TrustPolicy.ALL);
    private static final CacheSettings LEARNED = TestSettings.trusting(TrustPolicy.LEARNED);
    private static final CacheSettings DECLARED = TestSettings.trusting(TrustPolicy.DECLARED);

    private final AtomicInteger rejected = new AtomicInteger();

    @Test
    void decode_gadgets_runsNothingOfThem() {
        List<byte[]> traps = Gadgets.all().stream().map(TrustTest::bytesOf).toList();
        List<ValueFormat<Object>> formats = List.of(
                format(LEARNED, Object.class),
                format(DECLARED, Object.class),
                format(LEARNED, Order.class),
                format(LEARNED, String.class),
                format(LEARNED, Map.class));
        Gadgets.sprung = false;
        for (ValueFormat<Object> format : formats) {
            traps.forEach(trap -> assertThat(format.decode(trap)).isNull());
        }
        assertThat(Gadgets.sprung).isFalse();
        assertThat(rejected).hasValue(formats.size() * traps.size());
    }

    @Test
    void decode_gadgetsWhereAllIsTrusted_runsThem() {
        for (Object gadget : Gadgets.all()) {
            if (gadget instanceof Gadgets.OnLoad) {
                continue; // is loaded once, and was by now
            }
            byte[] trap = bytesOf(gadget);
            Gadgets.sprung = false;
            format(ALL, Object.class).decode(trap);
            assertThat(Gadgets.sprung).as("sprung by %s", gadget.getClass()).isTrue();
        }
    }

    @Test
    void decode_untrustedType_doesNotEvenLoadIt() {
        List<String> asked = new ArrayList<>();
        ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public Class<?> loadClass(String name) throws ClassNotFoundException {
                asked.add(name);
                return super.loadClass(name);
            }
        };
        ValueFormat<Object> format = ValueFormats.byValue(LEARNED, CacheTypes.of(Object.class, loader), () -> {});
        assertThat(format.decode(bytesOf(new Animal()))).isNull();
        assertThat(asked).isEmpty();
    }

    @Test
    void decode_untrustedType_warnsOnceAndShowsTheLine() {
        ValueFormat<Object> format = format(LEARNED, Object.class);
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                format.decode(bytesOf(new Animal()));
                format.decode(bytesOf(new Place("x")));
            }
            assertThat(log.lines("NF0202"))
                    .hasSize(2)
                    .anySatisfy(line ->
                            assertThat(line).contains("nearfar.cache.cities.codec.allow=" + Animal.class.getName()));
        }
        assertThat(rejected).hasValue(6);
    }

    @Test
    void decode_garbage_warnsOnceForTheCache() {
        ValueFormat<Object> format = format(LEARNED, Object.class);
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                assertThat(format.decode(new byte[] {77, 1, (byte) i})).isNull();
            }
            assertThat(log.lines("NF0201")).hasSize(1);
        }
        assertThat(rejected).hasValue(3);
    }

    @Test
    void decode_otherThanTheDeclaredType_isAMiss() {
        byte[] number = format(LEARNED, Object.class).keep(5).bytes();
        assertThat(format(LEARNED, String.class).decode(number)).isNull();
    }

    @Test
    void keep_undeclaredCache_learnsTheTypesOfTheWholeGraph() {
        Order order = new Order();
        order.extra = new Animal[] {new Animal()};
        byte[] bytes = bytesOf(order);
        ValueFormat<Object> format = format(LEARNED, Object.class);
        assertThat(format.decode(bytes)).isNull();
        format.keep(order);
        assertThat(format.decode(bytes)).isNotNull();
        assertThat(format.decode(bytesOf(new Animal()))).isNotNull();
        assertThat(format(LEARNED, Object.class).decode(bytes))
                .as("in another cache")
                .isNull();
    }

    @Test
    void decode_ofAllowedTypes_teachesNothing() {
        Order order = new Order();
        order.extra = "x";
        ValueFormat<Object> format = format(
                TestSettings.trusting(TrustPolicy.LEARNED, Order.class.getName(), Place.class.getName()), Object.class);
        assertThat(format.decode(bytesOf(order))).isNotNull();
        assertThat(format.decode(bytesOf(new Order.Line("x")))).isNull();
    }

    @Test
    void keep_undeclaredCacheUnderPolicyDeclared_isRefused() {
        assertThatThrownBy(() -> format(DECLARED, Object.class).keep(new Animal()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("nearfar.cache.cities.codec.allow=" + Animal.class.getName());
        assertThatCode(() -> format(DECLARED, Object.class).keep(new ArrayList<>(List.of("x"))))
                .doesNotThrowAnyException();
    }

    @Test
    void keep_serializedLambda_isNeverLearned() {
        Supplier<String> lambda = (Supplier<String> & Serializable) () -> "x";
        assertThatThrownBy(() -> format(LEARNED, Object.class).keep(lambda))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("nearfar.cache.cities.codec.allow=java.lang.invoke.SerializedLambda");
    }

    @Test
    void keep_declaredType_takesItsPackageAndTheTypesOfItsFields() {
        ValueFormat<Object> format = format(LEARNED, Order.class);
        assertThat(format.decode(format.keep(new Order()).bytes())).isNotNull();
    }

    @Test
    void keep_otherTypeInDeclaredCache_namesItAndTheLine() {
        Order order = new Order();
        order.extra = new Animal();
        for (Object value : List.of(order, new Animal(), new ArrayList<>(List.of(new Animal())), new Animal[0])) {
            assertThatThrownBy(() -> format(LEARNED, Order.class).keep(value))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContainingAll(
                            "Cache cities",
                            Animal.class.getName(),
                            Order.class.getName(),
                            "nearfar.cache.cities.codec.allow=" + Animal.class.getName());
        }
    }

    @Test
    void keep_otherEnumInDeclaredCache_isRefused() {
        assertThatThrownBy(() -> format(LEARNED, Order.class).keep(Gadgets.OnLoad.ONE))
                .isInstanceOf(CacheException.class);
    }

    @Test
    void declaredTypeOfTheJdk_doesNotBringItsPackage() throws Exception {
        byte[] url = bytesOf(new URL("http://localhost/"));
        assertThat(format(LEARNED, URI.class).decode(url)).isNull();
        assertThat(format(LEARNED, Serializable.class).decode(url)).isNull();
        assertThat(format(LEARNED, URL.class).decode(url)).isNotNull();
    }

    @Test
    void allow_classAndPackage_areTrusted() {
        byte[] animal = bytesOf(new Animal());
        assertThat(format(allowing(Animal.class.getName()), Order.class).decode(animal))
                .as("declared type stands")
                .isNull();
        assertThat(format(allowing(Animal.class.getName()), Object.class).decode(animal))
                .isNotNull();
        assertThat(format(allowing("io.nearfar.entry.codec.lent.*"), Object.class)
                        .decode(animal))
                .isNotNull();
        assertThat(format(allowing("io.nearfar.entry.*"), Object.class).decode(animal))
                .isNotNull();
        assertThat(format(allowing("io.nearfar.entry.codec.len.*"), Object.class)
                        .decode(animal))
                .isNull();
        assertThat(format(allowing("io.nearfar.entry.codec.lent.Ani"), Object.class)
                        .decode(animal))
                .isNull();
    }

    @Test
    void furtherTypes_bringTheirTypeArgumentsAndFields() throws Exception {
        Type orders = TrustTest.class.getDeclaredMethod("ordersByAnimal").getGenericReturnType();
        ValueFormat<Object> format = ValueFormats.byValue(
                DECLARED,
                new CacheTypes(Object.class, List.of(orders), getClass().getClassLoader()),
                () -> {});
        Order order = new Order();
        order.extra = new Animal();
        assertThat(format.decode(format.keep(order).bytes())).isNotNull();
        order.extra = new Order.Line("its package is not trusted");
        assertThatThrownBy(() -> format.keep(order)).isInstanceOf(CacheException.class);
    }

    static Map<? extends Animal, Collection<Order>[]> ordersByAnimal() {
        return Map.of();
    }

    private ValueFormat<Object> format(CacheSettings settings, Class<?> declared) {
        return ValueFormats.byValue(
                settings, CacheTypes.of(declared, getClass().getClassLoader()), rejected::incrementAndGet);
    }

    private static CacheSettings allowing(String allow) {
        return TestSettings.trusting(TrustPolicy.LEARNED, allow);
    }

    private static byte[] bytesOf(Object value) {
        return new ObjectBytes(ALL, CacheTypes.of(Object.class, TrustTest.class.getClassLoader()), "a value", () -> {})
                .encode(value);
    }
}
