package io.nearfar.cdi.web.response;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The method that answers where neither the cache nor a resource's method does.
 *
 * @param method that method
 * @param arguments what the request says of its parameters
 * @param type the media type of what it returns
 */
record ResponseFallback(Method method, List<RequestArgument> arguments, String type) {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseFallback.class);

    /** Returns its answer to a request, or null if it returns null, or fails too. */
    @Nullable
    Answer answer(Object resource, ContainerRequestContext request, ResponseBody bodies) {
        try {
            Object[] given =
                    arguments.stream().map(argument -> argument.in(request)).toArray();
            Object entity = method.invoke(resource, given);
            byte[] body = entity == null
                    ? null
                    : bodies.written(entity, method.getGenericReturnType(), MediaType.valueOf(type));
            return body == null ? null : Answer.instead(type, body);
        } catch (Exception e) {
            LOG.warn("NF0878 The fallback {} has failed too; the client is told of the failure before it", method, e);
            return null;
        }
    }
}
