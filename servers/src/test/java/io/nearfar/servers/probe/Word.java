package io.nearfar.servers.probe;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A value of the application's own that can be changed, so that the cache has to copy it. */
public final class Word implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> meanings;

    /** Creates one with a meaning. */
    public Word(String meaning) {
        meanings = new ArrayList<>(List.of(meaning));
    }

    /** Returns its first meaning. */
    public String meaning() {
        return meanings.get(0);
    }

    /** Gives it another meaning, before all others. */
    public void mean(String meaning) {
        meanings.add(0, meaning);
    }
}
