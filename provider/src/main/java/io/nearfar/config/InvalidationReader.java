package io.nearfar.config;

import io.nearfar.InvalidationDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Puts the invalidations together that settings declare. */
final class InvalidationReader {
    private InvalidationReader() {}

    /** Returns those of {@code sheet} in the order of their names; what is wrong with them goes to {@code mistakes}. */
    static List<InvalidationDeclaration> read(Sheet sheet, Mistakes mistakes) {
        List<InvalidationDeclaration> declarations = new ArrayList<>();
        sheet.invalidations().forEach((name, section) -> {
            InvalidationDeclaration declaration = declaration(name, section);
            for (InvalidationFault fault : InvalidationFault.in(declaration)) {
                Given given = section.given(fault.part());
                mistakes.add(given == null ? section.first() : given, fault.what());
            }
            declarations.add(declaration);
        });
        return List.copyOf(declarations);
    }

    private static InvalidationDeclaration declaration(String name, Section section) {
        return new InvalidationDeclaration(
                name,
                texts(section, InvalidationTable.PARAMETERS),
                texts(section, InvalidationTable.CACHES),
                texts(section, InvalidationTable.TAGS),
                texts(section, InvalidationTable.KEYS),
                texts(section, InvalidationTable.PREFIXES),
                texts(section, InvalidationTable.PATTERNS),
                section.valueOrDefault(InvalidationTable.CLEAR),
                texts(section, InvalidationTable.ENTITIES),
                section.valueOrDefault(InvalidationTable.SOFT));
    }

    private static List<String> texts(Section section, Setting<List<String>> setting) {
        return Objects.requireNonNullElse(section.value(setting), List.of());
    }
}
