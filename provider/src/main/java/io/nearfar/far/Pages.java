package io.nearfar.far;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of a cache's entries, page by page, over every server that accepts writes. A name can come twice; a page can be
 * empty.
 */
final class Pages {
    private final Names names;
    private final KeyPages pages;

    /** Begins a walk; the server looks at about {@code size} of its keys for each page. */
    Pages(Calls calls, Names names, int size) {
        this.names = names;
        this.pages = new KeyPages(calls, names.pattern(""), size);
    }

    /** Returns the next page, or null at the end. */
    @Nullable
    List<Name> next() {
        List<String> found = pages.next();
        return found == null ? null : of(names, found);
    }

    /** Returns those of the names that are a cache's entries. */
    static List<Name> of(Names names, List<String> found) {
        List<Name> page = new ArrayList<>(found.size());
        for (String name : found) {
            String text = names.text(name);
            if (text != null) {
                page.add(new Name(name, text, names.partition(text)));
            }
        }
        return page;
    }

    /** An entry's name, and the text of its key in it. */
    record Name(String entry, String text, int partition) {}
}
