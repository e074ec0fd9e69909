package io.nearfar.servers.session;

import java.io.Serializable;
import java.util.ArrayList;

/** An attribute of the application's own. */
public final class Basket implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> items = new ArrayList<>();

    /** Puts something in. */
    public void add(String item) {
        items.add(item);
    }

    @Override
    public String toString() {
        return String.valueOf(items);
    }
}
