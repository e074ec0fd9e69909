package io.nearfar.cdi.model;

import io.nearfar.InvalidationDeclaration;

/** The words of every finding about entities. Ids NF0845 to NF0850. */
final class ModelTexts {
    private ModelTexts() {}

    static String oneOfTwo(Class<?> entity) {
        return "NF0845 @InvalidatesCache at " + entity.getName()
                + " must have either caches, and perhaps what ends in them, or an invalidation, and perhaps its arguments,"
                + " whose declaration says whether it is soft.";
    }

    static String badText(Class<?> entity, String text, String what) {
        return "NF0846 \"" + text + "\" of @InvalidatesCache at " + entity.getName() + " " + what + ".";
    }

    static String badDeclaration(Class<?> entity, String what) {
        return "NF0847 @InvalidatesCache at " + entity.getName() + " cannot be meant. " + what;
    }

    static String unknownInvalidation(Class<?> entity, String name) {
        return "NF0848 @InvalidatesCache at " + entity.getName() + " names the invalidation " + name
                + ", which is not declared. Set nearfar.invalidation." + name
                + ".caches and so on, make its InvalidationDeclaration a bean, or correct the name.";
    }

    static String badArguments(Class<?> entity, InvalidationDeclaration declaration, String what) {
        return "NF0849 The invalidation " + declaration.signature() + ", which changes of " + entity.getName()
                + " fire, " + what + ".";
    }

    static String noClass(InvalidationDeclaration declaration, String entity) {
        return "NF0849 The invalidation " + declaration.signature() + " is fired by changes of " + entity
                + ", and there is no such class. Correct nearfar.invalidation." + declaration.name() + ".entities.";
    }

    static String notHeard(Class<?> entity) {
        return "NF0850 Changes of " + entity.getName()
                + " are to end entries, and nobody hears them. Put @EntityListeners(NearfarEntityListener.class) at it, or"
                + " the listener into META-INF/orm.xml; this may be wrong if another mapping file has it.";
    }
}
