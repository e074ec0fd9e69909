package io.nearfar.redeploy.shop;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A value of the application's own that can be changed, so that the cache has to copy it. */
public final class Item implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> labels = new ArrayList<>();

    public Item(String label) {
        labels.add(label);
    }

    public void add(String label) {
        labels.add(label);
    }

    public List<String> labels() {
        return labels;
    }
}
