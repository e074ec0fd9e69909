package io.nearfar.cdi.method;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells by declared types whether properties can be there. */
public final class PropertyTypes {
    private final TypeVariables variables;

    /** Creates one that knows what type variables stand for. */
    public PropertyTypes(TypeVariables variables) {
        this.variables = variables;
    }

    /**
     * Goes along a path of properties, as far as the declared types tell.
     *
     * @throws IllegalArgumentException if one of them cannot be there; the message ends with the cure
     */
    public void check(Type root, List<String> path) {
        Type type = root;
        for (String name : path) {
            Type next = property(type, name);
            if (next == null) {
                return; // only the object itself can tell
            }
            type = next;
        }
    }

    /** Returns the type of a property, or null where the declared types do not tell. */
    private @Nullable Type property(Type owner, String name) {
        Class<?> type = variables.boxed(content(owner));
        if (type == Object.class) {
            return null;
        }
        Property property = Property.of(type, name);
        if (property == null) {
            throw new IllegalArgumentException("names the property " + name + ", and " + type.getName()
                    + " has none of that name: no public method " + name
                    + "() or get…, and no public field. Name one that it has");
        }
        return TypeVariables.isOpen(property.type()) ? null : property.type();
    }

    /** Returns the type of what is in a collection, an array or an optional. */
    private Type content(Type type) {
        Type resolved = variables.resolve(type);
        Class<?> raw = variables.raw(resolved);
        if (resolved instanceof GenericArrayType array) {
            return content(array.getGenericComponentType());
        } else if (raw.isArray()) {
            return content(raw.getComponentType());
        } else if (Collection.class.isAssignableFrom(raw)) {
            return content(variables.argument(resolved, Collection.class));
        }
        return raw == Optional.class ? content(variables.argument(resolved, 0)) : resolved;
    }
}
