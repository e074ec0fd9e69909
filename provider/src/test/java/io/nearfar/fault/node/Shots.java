package io.nearfar.fault.node;

import io.nearfar.fault.history.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the requests that a node made.
 *
 * @param asked how many there were
 * @param uncounted of how many nobody knows: the server did not answer
 * @param leased how many were decided by credits that the node had in hand
 * @param admitted when those were made that were counted and admitted
 */
public record Shots(long asked, long uncounted, long leased, List<Span> admitted) {
    String text() {
        StringBuilder text = new StringBuilder()
                .append(asked)
                .append(' ')
                .append(uncounted)
                .append(' ')
                .append(leased);
        admitted.forEach(
                span -> text.append(' ').append(span.invoked()).append(':').append(span.returned()));
        return text.toString();
    }

    static Shots of(String text) {
        String[] parts = text.split(" ");
        List<Span> admitted = new ArrayList<>();
        for (int i = 3; i < parts.length; i++) {
            String[] ends = parts[i].split(":");
            admitted.add(new Span(Long.parseLong(ends[0]), Long.parseLong(ends[1])));
        }
        return new Shots(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), admitted);
    }

    static Shots together(List<Shots> all) {
        List<Span> admitted = new ArrayList<>();
        all.forEach(each -> admitted.addAll(each.admitted));
        return new Shots(
                all.stream().mapToLong(Shots::asked).sum(),
                all.stream().mapToLong(Shots::uncounted).sum(),
                all.stream().mapToLong(Shots::leased).sum(),
                admitted);
    }
}
