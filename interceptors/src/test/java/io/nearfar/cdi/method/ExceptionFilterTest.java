package io.nearfar.cdi.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExceptionFilterTest {
    private static final List<Class<? extends Throwable>> NONE = List.of();
    private static final List<Class<? extends Throwable>> IO = List.of(IOException.class);
    private static final List<Class<? extends Throwable>> NOT_FOUND = List.of(FileNotFoundException.class);
    private static final List<Class<? extends Throwable>> ERRORS = List.of(StackOverflowError.class);

    static Stream<Arguments> cases() {
        IOException io = new IOException("io");
        FileNotFoundException notFound = new FileNotFoundException("not found");
        IllegalStateException state = new IllegalStateException("state");
        StackOverflowError overflow = new StackOverflowError("overflow");
        return Stream.of(
                arguments(NONE, NONE, true, io, true),
                arguments(NONE, NONE, true, overflow, false),
                arguments(NONE, NONE, false, io, false),
                arguments(IO, NONE, true, io, true),
                arguments(IO, NONE, false, notFound, true),
                arguments(IO, NONE, true, state, false),
                arguments(NONE, IO, true, io, false),
                arguments(NONE, IO, false, notFound, false),
                arguments(NONE, IO, false, state, true),
                arguments(NONE, IO, false, overflow, false),
                arguments(IO, NOT_FOUND, false, io, true),
                arguments(IO, NOT_FOUND, false, notFound, false),
                arguments(IO, NOT_FOUND, false, state, false),
                arguments(ERRORS, NONE, false, overflow, true));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void passes_byListsAndException(
            List<Class<? extends Throwable>> included,
            List<Class<? extends Throwable>> excluded,
            boolean whenEmpty,
            Throwable thrown,
            boolean expected) {
        assertThat(new ExceptionFilter(included, excluded, whenEmpty).passes(thrown))
                .isEqualTo(expected);
    }
}
