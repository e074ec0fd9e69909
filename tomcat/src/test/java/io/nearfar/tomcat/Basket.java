package io.nearfar.tomcat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** An attribute that is changed where it is. */
final class Basket implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> items = new ArrayList<>();

    synchronized void add(String item) {
        items.add(item);
    }

    synchronized List<String> items() {
        return List.copyOf(items);
    }
}
