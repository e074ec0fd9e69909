package io.nearfar.release;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files by which hosts build the project call the same commands, and these name what the poms have. */
class BuildFilesTest {
    private static final Path TOP = Path.of("..");
    private static final List<String> HOSTS = List.of("GitHub", "GitLab", "Jenkins");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)(?:^|`|JAVA_HOME=\\S+ )\\s*(mvn (?:[^\\n`\\\\]|\\\\\\n)+)");
    private static final Pattern PROFILES = Pattern.compile("(?m)^\\s*(?:.*\\|\\| )?\\(?profiles\\+?=,?([\\w,-]+)");
    private static final Pattern JDK =
            Pattern.compile("java(?:-version)?: \\[?([\\d, ]+)]?|JAVA: \\[(.*)]|values ('.*')");

    @ParameterizedTest
    @ValueSource(strings = {"GitHub", "GitLab", "Jenkins"})
    void host_callsEachScript_andNothingElse(String host) throws IOException {
        List<String> scripts;
        try (Stream<Path> files = Files.list(TOP.resolve(".ci"))) {
            scripts = files.map(file -> ".ci/" + file.getFileName()).toList();
        }
        assertThat(commands(host).map(command -> command.split(" ", 2)[0]).distinct())
                .containsExactlyInAnyOrderElementsOf(scripts)
                .allMatch(script -> Files.isExecutable(TOP.resolve(script)));
    }

    /** What is written otherwise than our files have it would be called without being seen. */
    @Test
    void commands_areSeen_howeverTheyAreWritten() {
        assertThat(HostCommands.ofJenkins("""
                        steps { sh 'a 1' }
                        sh "b ${X}"
                        sh(script: 'c', returnStatus: true)
                        sh(returnStatus: true, script: "d")
                        sh label: 'of e', script: 'e'
                        sh(\"""
                          f
                          g
                        \""")
                        def text = shown('no')
                        """)).containsExactly("a 1", "b ${X}", "c", "d", "e", "f\n  g");
        assertThat(HostCommands.ofYaml("""
                        default:
                          before_script: [a]
                        job:
                          before_script: b
                          script:
                            - c
                            - [d, e]
                          after_script:
                            - f
                        steps:
                          - run: g
                          - run: ${{ matrix.command }}
                          - with: {java: 17}
                        """)).containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void hosts_callTheSameCommands() throws IOException {
        List<String> ofTheFirst = commands(HOSTS.get(0)).distinct().sorted().toList();
        for (String host : HOSTS) {
            assertThat(commands(host).distinct().sorted()).as(host).isEqualTo(ofTheFirst);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GitHub", "GitLab", "Jenkins"})
    void host_keepsTheReportsOfAllTests(String host) throws IOException {
        for (Path file : files(host)) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .contains("*/target/surefire-reports", "*/target/failsafe-reports");
        }
    }

    /** Each agent has a folder of its own, of which nobody sees the reports afterwards. */
    @Test
    void jenkins_collectsTheReports_ofEachAgent() throws IOException {
        Pattern reports = Pattern.compile(
                "junit .*\\*/target/surefire-reports/TEST-\\*\\.xml, \\*/target/failsafe-reports/TEST-");
        String file = source("Jenkins");
        assertThat(reports.matcher(file).results().count())
                .isEqualTo(Pattern.compile("agent any").matcher(file).results().count())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GitHub", "GitLab", "Jenkins"})
    void host_buildsOnAllThreeJdks(String host) throws IOException {
        String versions = JDK.matcher(source(host))
                .results()
                .map(found -> Stream.of(1, 2, 3)
                        .map(found::group)
                        .filter(group -> group != null)
                        .collect(joining()))
                .collect(joining(" "));
        assertThat(versions).contains("17", "21", "25");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".ci/run",
                ".ci/jdk",
                ".ci/daily",
                ".ci/coverage",
                ".ci/benchmark",
                ".ci/release",
                "CONTRIBUTING.md",
                "docs/release.md"
            })
    void mavenCommands_nameWhatThePomsHave(String file) throws IOException {
        Poms poms = Poms.ofTheProject();
        String text = Files.readString(TOP.resolve(file));
        List<MavenCommand> commands = COMMAND.matcher(text)
                .results()
                .map(found -> new MavenCommand(found.group(1)
                        .replace("\\\n", " ")
                        .replace("\"-P$profiles\"", "")
                        .replace("…", "")))
                .toList();
        assertThat(commands)
                .isNotEmpty()
                .allSatisfy(command ->
                        assertThat(command.unknownTo(poms)).as(command.text()).isEmpty());
        assertThat(PROFILES.matcher(text)
                        .results()
                        .flatMap(found -> Stream.of(found.group(1).split(","))))
                .allMatch(poms.profiles()::contains);
    }

    private static Stream<String> commands(String host) throws IOException {
        if (host.equals("Jenkins")) {
            return HostCommands.ofJenkins(source(host));
        }
        Stream.Builder<String> commands = Stream.builder();
        for (Path file : files(host)) {
            HostCommands.ofYaml(Files.readString(file)).forEach(commands);
        }
        return commands.build();
    }

    private static String source(String host) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files(host)) {
            text.append(Files.readString(file));
        }
        return text.toString();
    }

    private static List<Path> files(String host) {
        return switch (host) {
            case "GitHub" ->
                List.of(TOP.resolve(".github/workflows/push.yml"), TOP.resolve(".github/workflows/daily.yml"));
            case "GitLab" -> List.of(TOP.resolve(".gitlab-ci.yml"));
            default -> List.of(TOP.resolve("Jenkinsfile"));
        };
    }
}
