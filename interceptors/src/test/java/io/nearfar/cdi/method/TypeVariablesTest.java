package io.nearfar.cdi.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeVariablesTest {
    @SuppressWarnings("unused") // read by reflection
    abstract static class Store<K, V> {
        abstract V one(K key);

        abstract List<V> many(K key);

        abstract Map<K, ? extends V> map();

        abstract V[] array();

        abstract <T extends Comparable<T>> T open();
    }

    abstract static class Named<N> extends Store<Integer, N> {}

    abstract static class Cities extends Named<String> {}

    private final TypeVariables variables = new TypeVariables(Cities.class);

    @Test
    void raw_variableOfGrandparent_isWhatTheClassSays() {
        Method one = method("one");

        assertThat(variables.raw(one.getGenericReturnType())).isEqualTo(String.class);
        assertThat(variables.raw(one.getGenericParameterTypes()[0])).isEqualTo(Integer.class);
    }

    @Test
    void text_parameterized_namesArguments() {
        assertThat(variables.text(method("many").getGenericReturnType())).isEqualTo("java.util.List<java.lang.String>");
        assertThat(variables.text(method("map").getGenericReturnType()))
                .isEqualTo("java.util.Map<java.lang.Integer, ? extends java.lang.String>");
    }

    @Test
    void raw_arrayOfVariable_isArrayOfItsMeaning() {
        assertThat(variables.raw(method("array").getGenericReturnType())).isEqualTo(String[].class);
        assertThat(variables.text(method("array").getGenericReturnType())).isEqualTo("java.lang.String[]");
    }

    @Test
    void raw_variableWithoutMeaning_isItsBound() {
        assertThat(variables.raw(method("open").getGenericReturnType())).isEqualTo(Comparable.class);
        assertThat(variables.text(method("open").getGenericReturnType())).isEqualTo("? extends java.lang.Comparable");
    }

    private static Method method(String name) {
        for (Method method : Store.class.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                return method;
            }
        }
        throw new AssertionError("no method " + name);
    }
}
