package io.nearfar.entry.copy;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** Classes whose serialization differs in every way that a copy has to follow. */
@SuppressWarnings({"JavaUtilDate", "HidingField"}) // the types under test are what users have
public final class Specimens {
    private Specimens() {}

    /** Ten fields of all sorts, and no constructor without arguments. */
    public static class City implements Serializable {
        public final long id;
        public String name;
        public int population;
        public double latitude;
        public boolean capital;
        public char grade = 'a';
        public Object anything;
        public Object another;
        public List<Object> parts = new ArrayList<>();
        public transient Object cached = "not serialized";

        public City(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    /** A subclass with a field of the same name. */
    public static class Capital extends City {
        public String name = "of the capital";

        public Capital(long id) {
            super(id, "of the city");
        }
    }

    /** Not serializable: its constructor runs again, its field is not carried. */
    public static class Base {
        public String made = "by constructor";
    }

    /** Serializable, with a superclass that is not. */
    public static class Derived extends Base implements Serializable {
        public final String own;

        public Derived(String own) {
            this.own = own;
        }
    }

    /** Can be shared if what it holds can. */
    public record Pair(Object left, int middle, Object right) implements Serializable {}

    /** Cannot change. */
    public static final class Fixed implements Serializable {
        public final int number;
        public final String text;

        public Fixed(int number, String text) {
            this.number = number;
            this.text = text;
        }
    }

    /** One object in the process. */
    public static final class Single implements Serializable {
        public static final Single INSTANCE = new Single();

        private Object readResolve() throws ObjectStreamException {
            return INSTANCE;
        }
    }

    /** Written as something else. */
    public static final class Replaced implements Serializable {
        public final String text;

        public Replaced(String text) {
            this.text = text;
        }

        private Object writeReplace() {
            return new Pair(text, 1, null);
        }
    }

    /** Counts its way through serialization. */
    public static final class Hooked implements Serializable {
        public transient int times;
        public String text = "hooked";

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(times + 1);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            times = in.readInt();
        }
    }

    /** Writes itself. */
    public static final class External implements Externalizable {
        public int kept;
        public int lost;

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(kept);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            kept = in.readInt();
        }
    }

    /** Can be written, not read. */
    public static final class Unreadable implements Serializable {
        private void readObject(ObjectInputStream in) {
            throw new IllegalStateException("never again");
        }
    }

    /** Not serializable. */
    public static final class Foreign {}

    /** An enum of two classes. */
    public enum Kind {
        PLAIN,
        SPECIAL {
            @Override
            public String toString() {
                return "special";
            }
        }
    }

    /** Hands over an object of each sort, with {@code inner} inside where it can hold one. */
    public static List<Object> around(Object inner) {
        City city = new City(1, "Ulm");
        city.anything = inner;
        city.parts.add(inner);
        Capital capital = new Capital(2);
        capital.anything = inner;
        return List.of(
                city,
                capital,
                new Derived("own"),
                new Pair(inner, 5, "right"),
                new Fixed(1, "fixed"),
                Single.INSTANCE,
                new Replaced("replaced"),
                new Hooked(),
                Kind.SPECIAL,
                new Date(77),
                new int[] {1, 2},
                new Object[] {inner, inner},
                new City[] {city, city},
                Map.of("key", inner));
    }
}
