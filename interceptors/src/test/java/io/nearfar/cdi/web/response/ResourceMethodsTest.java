package io.nearfar.cdi.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.annotation.CachedResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class ResourceMethodsTest {
    /** What resources answer. */
    interface Asked<K> {
        @GET
        @Path("{id}")
        @CachedResponse
        String ask(@PathParam("id") K id);
    }

    /** Says what an id is. */
    abstract static class Numbered implements Asked<Integer> {}

    static class Answering extends Numbered {
        @Override
        public String ask(Integer id) {
            return "answer " + id;
        }

        String ask(String other) {
            return other;
        }
    }

    @Test
    void declaredInGenericInterface_isFoundByTheTypesThatTheClassSays() throws Exception {
        Method method = Answering.class.getMethod("ask", Integer.class);

        assertThat(ResourceMethods.cached(Answering.class, method))
                .isEqualTo(Asked.class.getMethod("ask", Object.class));
        assertThat(ResourceMethods.answersGet(Answering.class, method)).isTrue();
    }

    @Test
    void methodOfOtherTypes_isNotTheOneThatTheInterfaceDeclares() throws Exception {
        Method other = Answering.class.getDeclaredMethod("ask", String.class);

        assertThat(ResourceMethods.cached(Answering.class, other)).isNull();
        assertThat(ResourceMethods.answersGet(Answering.class, other)).isFalse();
    }
}
