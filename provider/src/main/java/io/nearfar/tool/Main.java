package io.nearfar.tool;

/**
 * Where {@code java -jar} begins. Refers to nothing that is not of the JDK, since the libraries that the provider needs
 * beside it are perhaps only inside its jar.
 */
public final class Main {
    private static final String QUIET = "slf4j.internal.verbosity";

    private Main() {}

    /** Runs the tool and ends the process with its exit code. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        if (System.getProperty(QUIET) == null) {
            System.setProperty(QUIET, "ERROR"); // no word on a missing log between the lines of an answer
        }
        System.exit(EnclosedLibraries.areBeside() ? Tool.run(arguments) : EnclosedLibraries.run(arguments));
    }
}
