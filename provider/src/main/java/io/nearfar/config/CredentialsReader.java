package io.nearfar.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts user and password together from the address, the settings and the password's file. */
final class CredentialsReader {
    private final Section manager;
    private final Given address;
    private final Mistakes mistakes;

    private CredentialsReader(Section manager, Given address, Mistakes mistakes) {
        this.manager = manager;
        this.address = address;
        this.mistakes = mistakes;
    }

    /** Returns who connects, given what the address says of it. */
    static Credentials read(Section manager, Given address, Credentials written, Mistakes mistakes) {
        return new CredentialsReader(manager, address, mistakes).read(written);
    }

    private Credentials read(Credentials written) {
        String user = either(written.user(), manager.value(ManagerTable.USER), manager.given(ManagerTable.USER));
        String password = either(written.password(), setPassword(), passwordGiven());
        if (user != null && password == null) {
            mistakes.add(
                    Objects.requireNonNullElse(manager.given(ManagerTable.USER), address),
                    "a user without a"
                            + " password. Write redis://user:password@host, or set nearfar.password or nearfar.password.file; a"
                            + " password without a user is written redis://:password@host.");
        }
        return new Credentials(user, password);
    }

    private @Nullable String either(@Nullable String written, @Nullable String set, @Nullable Given given) {
        if (written != null && given != null && !written.equals(set)) {
            mistakes.fight(address, given, "the address says another. Say it once.");
        }
        return written == null ? set : written;
    }

    private @Nullable Given passwordGiven() {
        Given password = manager.given(ManagerTable.PASSWORD);
        return password == null ? manager.given(ManagerTable.PASSWORD_FILE) : password;
    }

    private @Nullable String setPassword() {
        Given password = manager.given(ManagerTable.PASSWORD);
        Given file = manager.given(ManagerTable.PASSWORD_FILE);
        if (password != null && file != null) {
            mistakes.fight(password, file, "two passwords. Set one of them.");
        }
        Path path = manager.value(ManagerTable.PASSWORD_FILE);
        return file == null || path == null ? manager.value(ManagerTable.PASSWORD) : content(file, path);
    }

    private @Nullable String content(Given file, Path path) {
        try {
            String text = Files.readString(path).replaceFirst("\\R+\\z", "");
            if (text.isEmpty()) {
                mistakes.add(file, "the file is empty. Write the password into it and nothing else.");
            }
            return text;
        } catch (IOException unreadable) {
            mistakes.add(file, "the file cannot be read (" + unreadable + "). Name a file that this process may read.");
            return null;
        }
    }
}
