package io.nearfar.config;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a cache in a key, or a pattern for several names. Of two patterns that match, the more specific counts
 * more: a name before a pattern with wildcards, then the one with more other characters, then the one with more of them
 * before its first wildcard.
 */
final class CachePattern implements Comparable<CachePattern> {
    private static final Comparator<CachePattern> MOST_SPECIFIC_FIRST = Comparator.<CachePattern, Boolean>comparing(
                    pattern -> pattern.wild)
            .thenComparing(pattern -> -pattern.literals)
            .thenComparing(pattern -> -pattern.head);

    /** What stands for a wildcard in an environment name; a single underscore within stands for one odd character. */
    private static final Pattern ENVIRONMENT_WILDCARD = Pattern.compile("^_+|_{2,}|_+$");

    private static final Pattern WILDCARD = Pattern.compile("\\*+");

    private final String text;
    private final Pattern names;
    private final boolean wild;
    private final int literals;
    private final int head;

    private CachePattern(String text, String wildcards, boolean environment) {
        this.text = text;
        this.names = compile(wildcards, environment);
        this.wild = wildcards.contains("*");
        this.literals = WILDCARD.matcher(wildcards).replaceAll("").length();
        this.head = wild ? wildcards.indexOf('*') : literals;
    }

    /** Returns the pattern of a name as keys spell it, in which {@code *} stands for any characters. */
    static CachePattern ofKey(String name) {
        return new CachePattern(name, name, false);
    }

    /** Returns the pattern of a name as names of environment variables spell it. */
    static CachePattern ofEnvironment(String name) {
        return new CachePattern(name, ENVIRONMENT_WILDCARD.matcher(name).replaceAll("*"), true);
    }

    /** Tells whether the settings of this pattern hold for the cache of that name. */
    boolean matches(String cache) {
        return names.matcher(cache).matches();
    }

    /** Tells whether this is one name, and no pattern for several. */
    boolean isName() {
        return !wild;
    }

    /** Returns how it is spelled. */
    String text() {
        return text;
    }

    /** Orders the more specific first; 0 means that neither is, not that they are equal. */
    @Override
    public int compareTo(CachePattern other) {
        return MOST_SPECIFIC_FIRST.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CachePattern pattern
                && names.flags() == pattern.names.flags()
                && names.pattern().equals(pattern.names.pattern());
    }

    @Override
    public int hashCode() {
        return names.pattern().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static Pattern compile(String wildcards, boolean environment) {
        StringBuilder regex = new StringBuilder();
        Matcher wildcard = WILDCARD.matcher(wildcards);
        int end = 0;
        while (wildcard.find()) {
            regex.append(literal(wildcards.substring(end, wildcard.start()), environment))
                    .append(".*");
            end = wildcard.end();
        }
        regex.append(literal(wildcards.substring(end), environment));
        return Pattern.compile(regex.toString(), Pattern.DOTALL | (environment ? Pattern.CASE_INSENSITIVE : 0));
    }

    private static String literal(String text, boolean environment) {
        return environment ? text.replace("_", "[^A-Za-z0-9]") : Pattern.quote(text);
    }
}
