package io.nearfar.servers.probe;

import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;

/** An entry processor of the application's own: gives a word the meaning that is its argument, and returns the one before. */
public final class Renaming implements EntryProcessor<WordKey, Word, Word> {
    @Override
    public Word process(MutableEntry<WordKey, Word> entry, Object... arguments) {
        Word before = entry.getValue();
        Word renamed = new Word(before.meaning());
        renamed.mean((String) arguments[0]);
        entry.setValue(renamed);
        return before;
    }
}
