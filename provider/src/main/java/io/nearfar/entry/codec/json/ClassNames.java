package io.nearfar.entry.codec.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper.DefaultTypeResolverBuilder;
import com.fasterxml.jackson.databind.ObjectMapper.DefaultTyping;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import java.util.Collection;

/**
 * Puts the name of the class before each value whose declared type may be that of several classes. Jackson's own check of
 * such names lets nothing pass; each name is asked for at the cache.
 */
final class ClassNames extends DefaultTypeResolverBuilder {
    private static final long serialVersionUID = 1L;

    ClassNames() {
        super(DefaultTyping.NON_FINAL, BasicPolymorphicTypeValidator.builder().build());
        init(Id.CUSTOM, null);
        inclusion(As.WRAPPER_ARRAY);
    }

    @Override
    protected TypeIdResolver idResolver(
            MapperConfig<?> config,
            JavaType declared,
            PolymorphicTypeValidator validator,
            Collection<NamedType> named,
            boolean writing,
            boolean reading) {
        return new ClassName(declared);
    }
}
