package io.nearfar.cdi.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.nearfar.cdi.annotation.CachedResponse;
import io.nearfar.cdi.method.Findings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import org.junit.jupiter.api.Test;

/** What a generic resource declares by type variables is what its subclass says that they are. */
class GenericResourceTest {
    @Produces("text/plain")
    abstract static class Pages<K> {
        @GET
        @Path("{id}")
        @CachedResponse(tags = "page:{id}", fallback = "instead")
        public String page(@PathParam("id") K id) {
            return "page " + id;
        }
    }

    @Path("numbered")
    static class Numbered extends Pages<Integer> {
        public String instead(Integer id) {
            return "none " + id;
        }
    }

    @Path("strange")
    static class Strange extends Pages<StringBuilder> {
        public String instead() {
            return "none";
        }
    }

    @Test
    void parameterThatIsANumber_isReadForTagsAndFallback() {
        assertThat(mistakes(Numbered.class)).isEmpty();
    }

    @Test
    void parameterThatNoTextCanBe_isAMistake() {
        assertThat(mistakes(Strange.class))
                .singleElement()
                .asString()
                .contains("NF0853")
                .contains("page:{id}");
    }

    private static Iterable<String> mistakes(Class<?> resource) {
        Findings findings = new Findings();
        try {
            new ResponsePlanReader(resource, Pages.class.getMethod("page", Object.class), findings).read();
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
        return findings.mistakes();
    }
}
