package io.nearfar.config;

import java.util.Locale;

/** Finds templates that a cache is to take and for which nothing is set. */
final class TemplateNames {
    private TemplateNames() {}

    /** Adds to {@code mistakes} what {@code section} says of a template that is none of {@code sheet}. */
    static void find(Section section, Sheet sheet, Mistakes mistakes) {
        Given given = section.given(CacheTable.TEMPLATE);
        if (given != null && isUnknown(given.found().text(), sheet)) {
            String name = given.found().text();
            mistakes.add(
                    given,
                    "nothing is set for that template. " + suggestion(name, sheet) + "Set nearfar.template." + name
                            + ".ttl, for one.");
        }
    }

    private static boolean isUnknown(String template, Sheet sheet) {
        return sheet.template(template) == null && !template.equalsIgnoreCase(CacheTable.DEFAULT_TEMPLATE);
    }

    private static String suggestion(String name, Sheet sheet) {
        String near = Nearest.among(sheet.templates(), EnvironmentForm.of(name));
        return near == null
                ? ""
                : "Did you mean " + near.toLowerCase(Locale.ROOT).replace('_', '-') + "? ";
    }
}
