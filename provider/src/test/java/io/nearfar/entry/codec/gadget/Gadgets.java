package io.nearfar.entry.codec.gadget;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Objects that do harm when they are read: each way of them sets the flag. */
public final class Gadgets {
    public static volatile boolean sprung;

    private Gadgets() {}

    /** Harm when it is read itself. */
    public static class OnRead implements Serializable {
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            sprung = true;
        }
    }

    /** Harm when a table that it is a key of is read. */
    public static class OnHash implements Serializable {
        @Override
        public int hashCode() {
            sprung = true;
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return other == this;
        }
    }

    /** Harm when what is sorted by it is read. */
    public static class OnCompare implements Comparator<String>, Serializable {
        @Override
        public int compare(String one, String other) {
            sprung = true;
            return one.compareTo(other);
        }
    }

    /** Harm when a proxy of it is read. */
    public static class OnCall implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            sprung = true;
            return method.getName().equals("hashCode") ? (Object) 1 : null;
        }
    }

    /** Harm in an enum's initializer. */
    public enum OnLoad {
        ONE;

        static {
            OnLoadFlag.set();
        }
    }

    /** Kept apart, so that loading {@link OnLoad} to put one can be undone. */
    static final class OnLoadFlag {
        private OnLoadFlag() {}

        static void set() {
            sprung = true;
        }
    }

    /** A trap of each kind; making them springs some, so the caller sets the flag back. */
    public static List<Object> all() {
        Map<Object, Object> table = new HashMap<>();
        table.put(new OnHash(), "x");
        Map<Object, Object> sorted = new TreeMap<>(Map.of("a", new OnRead()));
        PriorityQueue<String> queue = new PriorityQueue<>(new OnCompare());
        queue.add("b");
        queue.add("a");
        Object proxy =
                Proxy.newProxyInstance(Gadgets.class.getClassLoader(), new Class<?>[] {Comparable.class}, new OnCall());
        Map<Object, Object> proxied = new HashMap<>();
        proxied.put(proxy, "x");
        List<Object> all = new ArrayList<>(List.of(new OnRead(), table, sorted, queue, proxied, OnLoad.ONE));
        all.add(new OnRead[][] {{new OnRead()}});
        all.add(new ArrayList<>(List.of("first", new OnRead())));
        return all;
    }
}
