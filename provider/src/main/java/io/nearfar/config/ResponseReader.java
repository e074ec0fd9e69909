package io.nearfar.config;

import io.nearfar.PathResponse;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the settings of responses together that are kept by their paths. */
final class ResponseReader {
    private static final String WHOLE_QUERY = "*";
    private static final String NO_PARAMETER = "-";

    private final Mistakes mistakes;

    ResponseReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** Returns those of one name, or null if they have no paths, which goes to the mistakes as all that is wrong. */
    @Nullable
    PathResponse read(String name, Section section) {
        List<String> paths = section.value(ResponseTable.PATHS);
        if (paths == null) {
            mistakes.add(
                    section.first(),
                    "the responses have no paths. Set nearfar.response." + name + ".paths, such as /pages/*.");
            return null;
        }
        return new PathResponse(
                name,
                paths,
                Objects.requireNonNullElse(section.value(ResponseTable.CACHE), "responses-" + name),
                section.value(ResponseTable.TTL),
                section.value(ResponseTable.MAX_AGE),
                section.value(ResponseTable.GRACE),
                texts(section, ResponseTable.VARY),
                parameters(section),
                Objects.requireNonNullElse(section.value(ResponseTable.KEY_PREFIX), ""),
                texts(section, ResponseTable.TAGS),
                sharing(section),
                section.value(ResponseTable.FALLBACK));
    }

    private List<String> parameters(Section section) {
        List<String> names = section.valueOrDefault(ResponseTable.PARAMETERS);
        Given given = section.given(ResponseTable.PARAMETERS);
        boolean isWord = names.contains(WHOLE_QUERY) || names.contains(NO_PARAMETER);
        if (isWord && names.size() > 1 && given != null) {
            mistakes.add(
                    given,
                    "it stands beside other names. Write * alone for the whole query, - alone for none, or only"
                            + " names.");
        }
        return names.equals(List.of(NO_PARAMETER)) ? List.of() : names;
    }

    private PathResponse.Sharing sharing(Section section) {
        boolean isPrivate = section.valueOrDefault(ResponseTable.PRIVATE);
        boolean isShared = section.valueOrDefault(ResponseTable.EVEN_WITH_AUTHORIZATION);
        Given one = section.given(ResponseTable.PRIVATE);
        Given other = section.given(ResponseTable.EVEN_WITH_AUTHORIZATION);
        if (isPrivate && isShared && one != null && other != null) {
            mistakes.fight(
                    one, other, "each person has responses of their own, or all share them. Keep one of the two.");
        }
        return new PathResponse.Sharing(isPrivate, isShared, section.valueOrDefault(ResponseTable.EVEN_WITH_COOKIES));
    }

    private static List<String> texts(Section section, Setting<List<String>> setting) {
        return Objects.requireNonNullElse(section.value(setting), List.of());
    }
}
