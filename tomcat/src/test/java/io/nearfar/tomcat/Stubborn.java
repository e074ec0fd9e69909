package io.nearfar.tomcat;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;

/** An attribute that cannot be written, until it is let. */
final class Stubborn implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final AtomicBoolean REFUSES = new AtomicBoolean(true);

    static void refuse(boolean refuses) {
        REFUSES.set(refuses);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        if (REFUSES.get()) {
            throw new IllegalStateException("this is not to be written");
        }
        out.defaultWriteObject();
    }
}
