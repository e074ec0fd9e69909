package io.nearfar.nodes.features;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.Base64;

/**
 * What an errand came to.
 *
 * @param value its answer, or null
 * @param failure what it threw, with its stack, or null
 */
record Outcome(Object value, String failure) implements Serializable {
    static Outcome of(Errand<?> errand, Workplace place) {
        try {
            return new Outcome(errand.run(place), null);
        } catch (Throwable e) { // comes out at the test's end
            StringWriter stack = new StringWriter();
            e.printStackTrace(new PrintWriter(stack));
            return new Outcome(null, stack.toString());
        }
    }

    /** Returns an object as a text without blanks. */
    static String text(Object object) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(object);
            objects.flush();
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException("cannot travel: " + object, e);
        }
    }

    static Object read(String text) {
        try (ObjectInputStream objects = new ObjectInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            return objects.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("cannot be read where it has come to", e);
        }
    }
}
