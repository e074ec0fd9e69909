package io.nearfar.cdi.matrix.web;

import java.util.List;
import java.util.stream.Stream;

/** The cells that need requests and responses, whatever server has the resources. */
public final class WebMatrix {
    private WebMatrix() {}

    /** The classes that a container must know as beans. */
    public static List<Class<?>> beans() {
        return Stream.of(Pages.BEANS, ResponseCells.BEANS, LimitCells.BEANS)
                .flatMap(List::stream)
                .toList();
    }

    /** Those of them that are resources. */
    public static List<Class<?>> resources() {
        return beans().stream()
                .filter(type -> type.isAnnotationPresent(jakarta.ws.rs.Path.class))
                .toList();
    }

    /** All cells. */
    public static List<WebCell> cells() {
        return Stream.of(
                        ResponseCells.members(),
                        ResponseCells.persons(),
                        ResponseCells.places(),
                        LimitCells.members(),
                        LimitCells.callers(),
                        LimitCells.places())
                .flatMap(List::stream)
                .toList();
    }
}
