package io.nearfar.cdi;

import io.nearfar.Decision;
import io.nearfar.cdi.request.RequestFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request that a test makes up as it goes. */
@ApplicationScoped
public class Visitor implements RequestFacts {
    private final Map<String, String> known = new HashMap<>();
    private final Set<String> roles = new HashSet<>();
    private final List<Decision> decisions = new CopyOnWriteArrayList<>();
    private @Nullable Method charged;

    public void is(@Nullable String principal, String... ofRoles) {
        put("principal", principal);
        roles.clear();
        roles.addAll(List.of(ofRoles));
    }

    public void comesFrom(@Nullable String address) {
        put("address", address);
    }

    public void sends(String header, @Nullable String value) {
        put("header " + header, value);
    }

    public void asksWith(String parameter, @Nullable String value) {
        put("parameter " + parameter, value);
    }

    /** Makes the request one that a filter has charged for a call of that method. */
    public void isChargedFor(Method method) {
        charged = method;
    }

    /** Returns what was decided about calls within the request. */
    public List<Decision> decisions() {
        return decisions;
    }

    @Override
    public @Nullable String principal() {
        return known.get("principal");
    }

    @Override
    public boolean isInRole(String role) {
        return roles.contains(role);
    }

    @Override
    public @Nullable String address() {
        return known.get("address");
    }

    @Override
    public @Nullable String header(String name) {
        return known.get("header " + name);
    }

    @Override
    public @Nullable String parameter(String name) {
        return known.get("parameter " + name);
    }

    @Override
    public boolean takeCharged(Method method) {
        boolean isCharged = method.equals(charged);
        charged = null;
        return isCharged;
    }

    @Override
    public Consumer<Decision> listener() {
        return decisions::add;
    }

    private void put(String fact, @Nullable String value) {
        if (value == null) {
            known.remove(fact);
        } else {
            known.put(fact, value);
        }
    }
}
