package io.nearfar.config;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts user and password together from the address, the settings and the password's file. */
final class CredentialsReader {
    private static final String WITHOUT_PASSWORD = "a user without a password. Write redis://user:password@host, or set"
            + " nearfar.password or nearfar.password.file; a password without a user is written redis://:password@host.";

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
        String user = AddressPart.either(manager, address, written.user(), ManagerTable.USER, mistakes);
        String password = password(written.password());
        if (user != null && password == null) {
            mistakes.add(Objects.requireNonNullElse(manager.given(ManagerTable.USER), address), WITHOUT_PASSWORD);
        }
        return new Credentials(user, password);
    }

    private @Nullable String password(@Nullable String written) {
        Given file = manager.given(ManagerTable.PASSWORD_FILE);
        Path path = manager.value(ManagerTable.PASSWORD_FILE);
        return file == null || path == null
                ? AddressPart.either(manager, address, written, ManagerTable.PASSWORD, mistakes)
                : AddressPart.either(address, written, file, PasswordFile.read(file, path, mistakes), mistakes);
    }
}
