package io.nearfar.nodes.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A value of the application's own, which can be changed. */
public final class Town implements Serializable {
    private static final long serialVersionUID = 1L;

    public String name;
    public List<String> districts = new ArrayList<>();

    /** For JSON. */
    public Town() {}

    Town(String name, String... districts) {
        this.name = name;
        this.districts.addAll(List.of(districts));
    }

    @Override
    public String toString() {
        return name + districts;
    }
}
