package io.nearfar.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads passwords from files that hold nothing else. */
final class PasswordFile {
    private PasswordFile() {}

    /** Returns the password in the file that {@code given} names; if there is none, that goes to {@code mistakes}. */
    static @Nullable String read(Given given, Path path, Mistakes mistakes) {
        try {
            String text = Files.readString(path).replaceFirst("\\R+\\z", "");
            if (text.isEmpty()) {
                mistakes.add(given, "the file is empty. Write the password into it and nothing else.");
                return null;
            }
            return text;
        } catch (IOException unreadable) {
            mistakes.add(
                    given, "the file cannot be read (" + unreadable + "). Name a file that this process may read.");
            return null;
        }
    }
}
