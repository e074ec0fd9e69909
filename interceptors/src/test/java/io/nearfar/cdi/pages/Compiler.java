package io.nearfar.cdi.pages;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The compiler, with the libraries of this module's tests and those that only pages speak of. */
final class Compiler {
    /** The build copies them here; none of them may be found by other tests. */
    private static final Path LIBRARIES = Path.of("target/page-libraries");

    private Compiler() {}

    /** Compiles sources, given by the names of their classes, into a folder; returns what is wrong with them. */
    static List<String> compile(Map<String, String> sources, Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-d",
                folder.toString(),
                "-cp",
                classPath(),
                "-proc:none",
                "-parameters",
                "-nowarn",
                "-encoding",
                "UTF-8");
        List<Source> units = new ArrayList<>();
        sources.forEach((name, code) -> units.add(new Source(name, code)));
        compiler.getTask(null, null, told, options, null, units).call();
        return told.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Compiler::text)
                .toList();
    }

    private static String classPath() throws IOException {
        try (var libraries = Files.list(LIBRARIES)) {
            return System.getProperty("java.class.path")
                    + libraries
                            .map(library -> System.getProperty("path.separator") + library)
                            .collect(Collectors.joining());
        }
    }

    private static String text(Diagnostic<? extends JavaFileObject> wrong) {
        return wrong.getSource() instanceof Source source
                ? source.name + ": " + wrong.getMessage(Locale.ROOT) + "\n    " + source.line(wrong.getLineNumber())
                : wrong.toString();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String name;
        private final String code;

        Source(String name, String code) {
            super(URI.create("page:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.name = name;
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }

        String line(long number) {
            return code.lines().skip(number - 1).findFirst().orElse("").strip();
        }
    }
}
