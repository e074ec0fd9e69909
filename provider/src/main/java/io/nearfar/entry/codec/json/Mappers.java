package io.nearfar.entry.codec.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.ConstructorDetector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what writes and reads the objects of a cache. Constructors and methods that take an argument are called only where
 * an annotation asks for it: else bytes could choose one of any trusted class, and its argument.
 */
final class Mappers {
    private static final Logger LOG = LoggerFactory.getLogger(Mappers.class);

    private Mappers() {}

    /** With the modules that the application has put beside Jackson, such as that for {@code java.time}. */
    static ObjectMapper of(ClassLoader loader) {
        return JsonMapper.builder()
                .typeFactory(types(loader))
                .addModules(modules(loader))
                .addModule(new Rules())
                .annotationIntrospector(new OwnClassNames())
                .polymorphicTypeValidator(
                        BasicPolymorphicTypeValidator.builder().build())
                .setDefaultTyping(new ClassNames())
                .constructorDetector(ConstructorDetector.EXPLICIT_ONLY)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .visibility(PropertyAccessor.GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.SETTER, Visibility.NONE)
                .visibility(PropertyAccessor.CREATOR, Visibility.NONE)
                .enable(MapperFeature.PROPAGATE_TRANSIENT_MARKER)
                .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** Without the memory that all type factories of a JVM share, which would keep classes of the application. */
    private static TypeFactory types(ClassLoader loader) {
        return TypeFactory.defaultInstance().withCache(new LRUMap<>(16, 200)).withClassLoader(loader);
    }

    /** One that cannot be used, because it belongs to another Jackson, must not keep the others from being used. */
    private static List<Module> modules(ClassLoader loader) {
        List<Module> modules = new ArrayList<>();
        Iterator<Module> found = ServiceLoader.load(Module.class, loader).iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    return modules;
                }
                modules.add(found.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                LOG.warn("NF0204 a module of Jackson cannot be used by codec json: {}", e.toString());
            }
        }
    }
}
