package io.nearfar.cdi.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Java without a class around it, taken apart: what belongs into a class, and what into a method, each in its order. */
final class Chunks {
    private static final Pattern MEMBER = Pattern.compile(
            "(@|(public|private|protected|static|abstract|class|record|interface|enum|void)\\b).*", Pattern.DOTALL);

    private final String code;
    private final List<String> chunks = new ArrayList<>();

    private Chunks(String code) {
        this.code = code;
    }

    /** Returns what belongs into a class. */
    static String members(String code) {
        return all(code, true);
    }

    /** Returns what belongs into a method. */
    static String statements(String code) {
        return all(code, false);
    }

    private static String all(String code, boolean members) {
        List<String> wanted = new ArrayList<>();
        for (String chunk : new Chunks(code).split()) {
            if (members == MEMBER.matcher(chunk.strip()).matches()) {
                wanted.add(chunk);
            }
        }
        return String.join("", wanted);
    }

    /** A chunk ends with a semicolon, or a brace that closes, outside of all others; comments go. */
    private List<String> split() {
        int depth = 0;
        StringBuilder chunk = new StringBuilder();
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (code.startsWith("//", i)) {
                i = code.indexOf('\n', i);
                c = '\n';
            } else if (c == '"') {
                int end = endOfText(i);
                chunk.append(code, i, end);
                i = end;
                c = '"';
            }
            chunk.append(c);
            depth += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
            if (depth == 0 && (c == ';' || c == '}' && !goesOn(i + 1))) {
                chunks.add(chunk.toString());
                chunk.setLength(0);
            }
        }
        chunks.add(chunk.toString());
        return chunks;
    }

    private int endOfText(int start) {
        int i = start + 1;
        while (code.charAt(i) != '"') {
            i += code.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    /** Whether an expression goes on behind a brace. */
    private boolean goesOn(int index) {
        String rest = code.substring(index).stripLeading();
        return !rest.isEmpty() && ";.,)".indexOf(rest.charAt(0)) >= 0;
    }
}
