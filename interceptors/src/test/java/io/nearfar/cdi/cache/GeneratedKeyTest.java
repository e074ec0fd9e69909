package io.nearfar.cdi.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.DayOfWeek;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GeneratedKeyTest {
    @Test
    void equals_sameArguments_equalWithEqualHashes() {
        assertThat(GeneratedKey.of(42, "30d")).isEqualTo(GeneratedKey.of(42, "30d"));
        assertThat(GeneratedKey.of(42, "30d")).hasSameHashCodeAs(GeneratedKey.of(42, "30d"));
    }

    @Test
    void equals_otherTypeOrOrderOrCount_unequal() {
        assertThat(GeneratedKey.of(42)).isNotEqualTo(GeneratedKey.of(42L));
        assertThat(GeneratedKey.of("a", "b")).isNotEqualTo(GeneratedKey.of("b", "a"));
        assertThat(GeneratedKey.of("a")).isNotEqualTo(GeneratedKey.of("a", (Object) null));
    }

    @Test
    void equals_nulls_areArgumentsLikeOthers() {
        assertThat(GeneratedKey.of("a", null)).isEqualTo(GeneratedKey.of("a", null));
        assertThat(GeneratedKey.of("a", null)).isNotEqualTo(GeneratedKey.of("a", "null"));
    }

    @Test
    void hashCode_isDeepHashOfArguments() {
        Object[] arguments = {new int[] {1, 2}, new String[][] {{"a"}, {null}}, null};

        assertThat(GeneratedKey.of(arguments).hashCode()).isEqualTo(Arrays.deepHashCode(arguments));
    }

    @Test
    void equals_arrays_comparedByContentAtAnyDepth() {
        GeneratedKey one = GeneratedKey.of(new byte[] {1}, new Object[] {new int[] {2}});
        GeneratedKey same = GeneratedKey.of(new byte[] {1}, new Object[] {new int[] {2}});
        GeneratedKey other = GeneratedKey.of(new byte[] {1}, new Object[] {new int[] {3}});

        assertThat(one).isEqualTo(same).isNotEqualTo(other);
    }

    @Test
    void of_arrayChangedLater_keyStays() {
        int[] inner = {2};
        Object[] outer = {inner};
        GeneratedKey key = GeneratedKey.of((Object) outer);

        inner[0] = 9;
        outer[0] = "gone";

        assertThat(key).isEqualTo(GeneratedKey.of((Object) new Object[] {new int[] {2}}));
    }

    @Test
    void of_argumentsArrayReused_keyStays() {
        Object[] arguments = {"a"};
        GeneratedKey key = GeneratedKey.of(arguments);

        arguments[0] = "b";

        assertThat(key.keyParts()).asInstanceOf(LIST).containsExactly("a");
    }

    @Test
    void toString_partsJoinedByColons() {
        assertThat(GeneratedKey.of(42, "30d")).hasToString("42:30d");
        assertThat(GeneratedKey.of()).hasToString("");
        assertThat(GeneratedKey.of(null, new int[] {1, 2})).hasToString("null:[1, 2]");
    }

    @Test
    void serialization_enumArgument_hashComputedAnew() throws Exception {
        GeneratedKey key = GeneratedKey.of(DayOfWeek.MONDAY, 1);
        assertThat(key).hasSameHashCodeAs(GeneratedKey.of(DayOfWeek.MONDAY, 1));

        GeneratedKey copy = copy(key);

        assertThat(copy).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(bytes(copy)).isEqualTo(bytes(GeneratedKey.of(DayOfWeek.MONDAY, 1)));
    }

    private static GeneratedKey copy(GeneratedKey key) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes(key)))) {
            return (GeneratedKey) in.readObject();
        }
    }

    private static byte[] bytes(GeneratedKey key) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(key);
        }
        return bytes.toByteArray();
    }
}
